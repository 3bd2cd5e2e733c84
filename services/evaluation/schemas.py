"""Contracts of this service's messages, derived from its parts, and the lifts of older event versions."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.codec import Upcaster
from kernel.wiring import commands_of, events_of, types_of
from services.evaluation.parts import PARTS, PLANS

COMMANDS = commands_of(PARTS, PLANS)
EVENTS = events_of(PARTS)
_UNTAGGED = (
    *("AssistancePlanFiled", "AssistanceProgressLogged", "HalfYearSummaryFiled", "PlanFiled"),
    *("ProgressReported", "ProjectRegistered"),
)
UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    ("PostingHeld", 1): lambda data: {**data, "unit": None},
    ("VillageDelisted", 1): lambda data: {**data, "document": ""},
    **{(name, 1): lambda data: {**data, "tag": None} for name in _UNTAGGED},
}
"""What was not said at first: who had sent the cadre of a posting that waited for its rules, on what a village was
delisted, under which duty a plan or a report stands."""
TYPES = types_of(PARTS, UPCASTERS)
