"""Recall clocks of first secretaries: what is due, triggers, cases."""
