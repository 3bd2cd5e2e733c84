"""Contracts of this service's messages, derived from its parts, and the lifts of older event versions."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.codec import Upcaster
from kernel.wiring import commands_of, events_of, types_of
from services.personnel.parts import PARTS, PLANS

__all__ = ["COMMANDS", "EVENTS", "TYPES", "UPCASTERS"]

COMMANDS = commands_of(PARTS, PLANS)
EVENTS = events_of(PARTS)
UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    ("JointMeetingHeld", 1): lambda data: {**data, "further": []},
    ("PersonalDataExported", 1): lambda data: {**data, "export": "", "versions": 0},
}
"""A meeting of the first form took in members alone; a hand-over of the first form was sealed by who took it."""
TYPES = types_of(PARTS, UPCASTERS)
