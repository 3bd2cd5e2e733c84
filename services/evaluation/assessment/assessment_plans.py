"""What the assessment of a secondment needs to know of others."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from kernel.text import digits
from services.evaluation.assessment import assessment
from services.evaluation.assessment.secondment import next_leg, not_replaced


def assess(command: assessment.AssessSecondment, room: Room) -> Iterable[Step]:
    """A leg whose seat a substitute has taken is not assessed."""
    match command.leg.rsplit(".", 1):
        case [_, number] if digits(number):
            not_replaced(room.load(f"secondment/{next_leg(command.leg)}"))
    yield Step(f"secondment/{command.leg}", command)
