"""Leave asked for and decided."""
