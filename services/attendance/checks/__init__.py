"""Checks of whether cadres are on post: by the township, the county, the city, and the inspection office."""
