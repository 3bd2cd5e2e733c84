"""Swap: pairs of areas that exchange cadres, their legs, list and balance."""
