"""The groups of roles that allocation admits to its questions."""

from __future__ import annotations

from programmes.roles import AUDITOR, CHANNELS, CITIES, COUNTIES, PROVINCE, SYSTEM

OFFICES = PROVINCE | CHANNELS | CITIES | COUNTIES | SYSTEM | AUDITOR | frozenset({"unit", "township"})
EVERYONE = OFFICES | frozenset({"village", "cadre"})
