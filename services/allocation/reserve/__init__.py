"""Reserves: how many reserve cadres each village has, and what is missing."""
