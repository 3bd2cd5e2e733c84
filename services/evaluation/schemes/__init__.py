"""Schemes of assessment by county and year, and the posted cadres that are assessed by them."""
