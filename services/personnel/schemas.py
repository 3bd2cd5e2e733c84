"""Contracts of this service's messages, derived from its parts, and the lifts of older event versions."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.codec import Upcaster
from kernel.wiring import commands_of, events_of, types_of
from services.personnel.parts import PARTS, PLANS

__all__ = ["COMMANDS", "EVENTS", "TYPES", "UPCASTERS"]

COMMANDS = commands_of(PARTS, PLANS)
EVENTS = events_of(PARTS)
_UNSAID = {"signer": "", "post": "", "stands_in_for": None}
UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    ("ReserveRecommended", 1): lambda data: {**data, "step": "recommended"},
    ("JointMeetingHeld", 1): lambda data: {**data, "further": []},
    ("JointMeetingHeld", 2): lambda data: {**data, "coordinated": []},
    ("PersonRegistered", 1): lambda data: {**data, "known": ""},
    ("PersonRegistered", 2): lambda data: {**data, "turn": 1},
    ("PersonalDataExported", 1): lambda data: {**data, "export": "", "versions": 0},
    ("PaperSealed", 1): lambda data: {**data, **_UNSAID},
    ("PaperSigned", 1): lambda data: {**data, "stands_in_for": None},
    ("OpinionSealed", 1): lambda data: {**data, **_UNSAID},
    ("FormStamped", 1): lambda data: {**data, **_UNSAID},
}
"""In their first form a meeting took in members alone, a number was registered once, and who took a hand-over sealed
it; a seal told its organ alone."""
TYPES = types_of(PARTS, UPCASTERS)
