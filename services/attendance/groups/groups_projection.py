"""Read model of what work groups record by rhythm."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Event
from kernel.projection import Op, Table
from services.attendance.groups import routine

ROUTINES = Table(
    "group_routines",
    {"programme": "text", "area": "text", "kind": "text", "period": "date"},
    {"rhythm": "text", "text": "text", "kept_on": "date"},
)
TABLES = (ROUTINES,)


def rows(event: Event | None) -> Iterable[Op]:
    """The row an event writes."""
    match event:
        case routine.GroupRoutineKept():
            yield ROUTINES.of(event, kept_on=event.occurred_on)
