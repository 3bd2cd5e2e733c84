"""Persons and the units that send them: registration, the form, duplicates."""
