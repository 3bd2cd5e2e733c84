"""A year of attendance held against its working days."""
