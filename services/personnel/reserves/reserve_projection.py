"""Read models of reserves: how far a village may look for them, who was recommended, and the joint meetings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.reserves.joint_meeting import JointMeetingHeld
from services.personnel.reserves.reserve import FallbackOpened, ReserveRecommended

FALLBACKS = Table(
    "fallbacks",
    {"programme": "text", "village": "text", "stage": "text", "scope": "text"},
    {"finding": "text", "opened_on": "date"},
)
RESERVES = Table(
    "reserve_recommendations",
    {"programme": "text", "village": "text", "person": "text"},
    {"home": "text", "channel": "text", "recommended_on": "date"},
    (("person",),),
)
MEETINGS = Table(
    "joint_meetings",
    {"programme": "text", "county": "text", "number": "int"},
    {"present": "json", "absent": "json", "further": "json", "held_on": "date"},
)
TABLES = (FALLBACKS, RESERVES, MEETINGS)


def _opened(e: FallbackOpened) -> Iterable[Op]:
    yield FALLBACKS.of(e, opened_on=e.occurred_on)


def _recommended(e: ReserveRecommended) -> Iterable[Op]:
    yield RESERVES.of(e, recommended_on=e.occurred_on)


def _met(e: JointMeetingHeld) -> Iterable[Op]:
    there = {"present": list(e.present), "absent": list(e.absent), "further": list(e.further)}
    yield MEETINGS.put(e.programme, e.county, e.number, **there, held_on=e.occurred_on)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    FallbackOpened: _opened,
    ReserveRecommended: _recommended,
    JointMeetingHeld: _met,
}
