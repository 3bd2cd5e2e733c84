"""Read models of summaries: what was asked of which place, and what was filed with whom."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Event
from kernel.projection import Op, Table
from services.evaluation.summaries import summary

CALLS = Table("summary_calls", {"programme": "text", "recipient": "text"}, {"called_on": "date", "due": "date"})
PLACES = Table(
    "summary_places",
    {"programme": "text", "subject": "text"},
    {"area": "text", "sending": "text", "host": "text"},
)
FILED = Table(
    "summaries",
    {"programme": "text", "subject": "text", "recipient": "text"},
    {
        "person": "text",
        "sending": "text",
        "host": "text",
        "internal": "bool",
        "late": "bool",
        "filed_on": "date",
    },
)

TABLES = (CALLS, PLACES, FILED)


def rows(event: Event | None) -> Iterable[Op]:
    """The rows an event writes."""
    match event:
        case summary.SummariesCalled():
            for recipient in event.recipients:
                yield CALLS.put(event.programme, recipient, called_on=event.occurred_on, due=event.due)
            for place in event.places:
                sides = {"sending": place.sending, "host": place.host}
                yield PLACES.put(event.programme, place.subject, area=place.area, **sides)
        case summary.SecondmentSummaryFiled():
            yield FILED.of(event, person=event.person or "", filed_on=event.occurred_on)
