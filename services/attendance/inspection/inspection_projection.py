"""Read models of what superiors found: sham postings, cases of accountability and how they were decided."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.attendance.inspection import accountability, sham

SHAMS = Table(
    "sham_postings",
    {"position": "int"},
    {
        **dict.fromkeys(("posting", "target", "code", "source", "area", "finding"), "text"),
        "months": "json",
        "number": "int",
        "found_on": "date",
    },
)
CASES = Table(
    "accountability_cases",
    {"accountability": "text"},
    {
        **dict.fromkeys(("posting", "target", "signer", "ground", "kind", "measure", "organ", "document"), "text"),
        "months": "json",
        "assumed": "bool",
        "opened_on": "date",
        "decided_on": "date",
    },
)
TABLES = (SHAMS, CASES)


def writes(recorded: Recorded) -> Iterable[Op]:
    """The rows an event writes."""
    event, on = recorded.event, recorded.occurred_on
    match event:
        case sham.ShamPostingFound():
            yield SHAMS.of(event, months=list(event.months), position=recorded.position, found_on=on)
        case accountability.AccountabilityOpened():
            yield CASES.of(event, accountability=event.case, months=list(event.months), opened_on=on)
        case accountability.OrganisationalAdjustmentDecided():
            decided = {"measure": event.measure, "organ": event.organ, "document": event.document}
            yield CASES.put(event.case, **decided, decided_on=on)
