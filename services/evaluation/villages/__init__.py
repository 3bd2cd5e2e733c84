"""Weak villages that leave the list."""
