"""Demand: what a county has to cover, who it assigned where, and what is left to it."""
