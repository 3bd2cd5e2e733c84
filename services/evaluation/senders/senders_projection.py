"""Read models of sending units: hearings, visits, meetings, problems."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Event
from kernel.projection import Op, Table
from services.evaluation.senders import hearing, meeting

_WHOSE = {"programme": "text", "unit": "text", "person": "text", "target": "text"}
_CARE = {"posting": "text", "number": "int"}
HEARINGS = Table("unit_hearings", _CARE, {**_WHOSE, "minutes": "text", "held_on": "date"}, (("target",),))
VISITS = Table("unit_visits", _CARE, {**_WHOSE, "report": "text", "paid_on": "date"}, (("target",),))
MEETINGS = Table(
    "unit_meetings",
    {"programme": "text", "unit": "text", "number": "int"},
    {"minutes": "text", "content": "text", "held_on": "date"},
)
PROBLEMS = Table(
    "unit_problems",
    {"problem": "text"},
    {
        "programme": "text",
        "unit": "text",
        "text": "text",
        "raised_on": "date",
        "solution": "text",
        "solved_on": "date",
    },
)
TABLES = (HEARINGS, VISITS, MEETINGS, PROBLEMS)


def rows(event: Event | None) -> Iterable[Op]:
    """The rows an event writes."""
    match event:
        case hearing.UnitHearingHeld():
            yield HEARINGS.of(event, held_on=event.occurred_on)
        case hearing.UnitVisitPaid():
            yield VISITS.of(event, paid_on=event.occurred_on)
        case meeting.UnitMeetingHeld():
            yield MEETINGS.of(event, held_on=event.occurred_on)
        case meeting.ProblemRaised():
            yield PROBLEMS.of(event, raised_on=event.occurred_on)
        case meeting.ProblemSolved():
            yield PROBLEMS.of(event, solved_on=event.occurred_on)
