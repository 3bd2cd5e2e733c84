"""Ranking: how near a place lies and how much speaks for a candidate; it orders and never refuses."""
