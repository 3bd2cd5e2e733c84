"""Contracts of this service's messages, derived from its parts, and the lifts of older event versions."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.codec import Upcaster
from kernel.wiring import commands_of, events_of, types_of
from services.allocation.parts import PARTS, PLANS

COMMANDS = commands_of(PARTS, PLANS)
EVENTS = events_of(PARTS)
UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    ("NomineeListed", 1): lambda data: {**data, "level": ""},
    ("WorkTeamFormed", 1): lambda data: {
        **data,
        "members": [{**member, "unit": None} for member in data["members"]],
    },
    ("WorkTeamFormed", 2): lambda data: {**data, "finding": ""},
    ("PlacementProposed", 1): lambda data: {**data, "further": []},
}
"""At first the listing of a nominee did not tell the level of its unit, nor a work team the units of its members or as
what the village was found; a proposal told the three factors that have fields of their own."""
TYPES = types_of(PARTS, UPCASTERS)
