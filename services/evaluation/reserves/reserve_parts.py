"""The part of one reserve as it is reviewed."""

from __future__ import annotations

from kernel.part import Part, each
from services.evaluation.reserves import breach, reserve
from services.evaluation.reserves.refusals import REVIEW_RESERVE_UNKNOWN
from services.evaluation.reserves.reserve import Reviewed
from services.evaluation.scopes import scope_of_leg

RESERVE: Part[Reviewed | None] = Part(
    "reserve/{reserve}",
    None,
    scope=scope_of_leg,
    absent=REVIEW_RESERVE_UNKNOWN,
    decides=(reserve.note, reserve.assess, reserve.opine, breach.open_case, breach.pursue),
    evolve=each(reserve.noted, reserve.reviewed, reserve.opined, breach.opened),
)
"""One reserve: its reviews, and the cases about how it was dealt with."""
