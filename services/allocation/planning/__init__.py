"""Planning as facts: the terms a plan stands under, the plan as recorded, what may be asked of it."""
