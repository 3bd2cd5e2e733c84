"""Registers: notices and their delivery, programmes in force, divisions, units, office holders."""
