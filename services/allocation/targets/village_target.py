"""That a village has reached its target: what alone releases a unit, remembered for whatever is entered later.

Invariant: the earliest day told stands. A fact that comes before or after it is held against that day, not against the
order in which the two were heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from kernel.messages import Area, Event, Order
from kernel.part import Part
from services.allocation.words import programme_and_area


class NoteTarget(Order):
    """Evaluation says that a village has reached its target or left the list; ``cause`` is the type of its event."""

    programme: str
    target: str
    cause: str


class VillageTargetNoted(Event, title="村达标记入"):
    """The village has reached its target, on ``occurred_on``."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    cause: str


def decide(reached_on: date | None, command: NoteTarget) -> Sequence[VillageTargetNoted]:
    """The day, once, or anew where an earlier one is told."""
    on = command.context.occurred_on
    if reached_on is not None and reached_on <= on:
        return []
    return [VillageTargetNoted.carrying(command)]


def evolve(reached_on: date | None, event: Any) -> date | None:
    """The day on which the village reached its target."""
    return event.occurred_on if isinstance(event, VillageTargetNoted) else reached_on


VILLAGE_TARGET: Part[date | None] = Part(
    "village-target/{programme}.{target}", None, decides=(decide,), evolve=evolve, scope=programme_and_area
)
