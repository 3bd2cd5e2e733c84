"""What the work of the cadres came to, counted from events."""
