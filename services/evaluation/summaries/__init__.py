"""Summaries at the end of a swap, of places and of persons, each to its recipients."""
