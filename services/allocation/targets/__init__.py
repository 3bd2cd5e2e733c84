"""Targets: the places that are to have a cadre each, and the units bound to them."""
