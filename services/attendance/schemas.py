"""Contracts of this service's messages, derived from its parts, and the lifts of older event versions."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.codec import Upcaster
from kernel.wiring import commands_of, events_of, types_of
from services.attendance.parts import PARTS, PLANS

COMMANDS = commands_of(PARTS, PLANS)
EVENTS = events_of(PARTS)
UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    ("AnnualAttendanceAssessed", 1): lambda data: {**data, "days_worked": None},
    ("RegisterOpened", 1): lambda data: {**data, "unit": "", "tier": ""},
    ("PaymentRecorded", 1): lambda data: {**data, "allowance": ""},
}
"""In its first form a year told its days on post alone, and a register not which unit sent the cadre, of which tier."""
TYPES = types_of(PARTS, UPCASTERS)
