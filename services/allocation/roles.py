"""Roles as tokens name them, and the groups of them that this service admits."""

from __future__ import annotations

PROVINCE = frozenset({"province_org"})
CHANNELS = frozenset({"channel", "enterprise"})
CITIES = frozenset({"city_org"})
COUNTIES = frozenset({"county_org"})
MANAGERS = CHANNELS | CITIES | COUNTIES
"""Who manages sending units: a city's or county's department is the channel of the units there."""
UNITS = frozenset({"unit"})
TOWNSHIPS = frozenset({"township"})
SYSTEM = frozenset({"system"})
AUDITOR = frozenset({"auditor"})
OFFICES = PROVINCE | CHANNELS | CITIES | COUNTIES | SYSTEM | AUDITOR | frozenset({"unit", "township"})
EVERYONE = OFFICES | frozenset({"village", "cadre"})
