"""Read model of visits without notice: planned and recorded ones."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Event
from kernel.projection import Op, Table
from services.attendance.visits import visit

VISITS = Table(
    "visits",
    {"visit": "text"},
    {
        **dict.fromkeys(("programme", "inspector", "village", "finding"), "text"),
        "manner": "json",
        **dict.fromkeys(("planned_on", "planned_for", "visited_on"), "date"),
    },
    (("village",),),
)
TABLES = (VISITS,)


def rows(event: Event | None) -> Iterable[Op]:
    """The rows an event writes."""
    match event:
        case visit.VisitPlanned():
            yield VISITS.of(event, manner=[], planned_on=event.occurred_on, planned_for=event.day)
        case visit.VisitRecorded():
            yield VISITS.of(event, manner=list(event.manner), visited_on=event.occurred_on)
