"""Read models of checks, inspections, samples, assignments and notes of management."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.attendance.checks import check, leaders, management_note, sample

CHECKS = Table(
    "checks_done",
    {"programme": "text", "area": "text", "number": "int"},
    {
        **dict.fromkeys(("level", "means", "posting", "called_at", "finding"), "text"),
        "reached": "bool",
        "done_on": "date",
    },
)
INSPECTIONS = Table(
    "inspections",
    {"programme": "text", "area": "text", "number": "int"},
    {**dict.fromkeys(("inspector", "method", "body", "finding"), "text"), "done_on": "date"},
)
SAMPLES = Table(
    "samples",
    {"sample": "text"},
    {
        **dict.fromkeys(("programme", "area", "month", "seed"), "text"),
        "roster": "json",
        "drawn": "json",
        "done_on": "date",
    },
)
LEADERS = Table(
    "inspection_areas",
    {"programme": "text", "city": "text", "leader": "text", "assigned_on": "date"},
    {"counties": "json"},
)
NOTES = Table(
    "management_notes",
    {"position": "int"},
    {
        **dict.fromkeys(("posting", "target", "level", "presence", "performance", "integrity"), "text"),
        "done_on": "date",
    },
    (("target",),),
)
TABLES = (CHECKS, INSPECTIONS, SAMPLES, LEADERS, NOTES)


def writes(recorded: Recorded) -> Iterable[Op]:
    """The rows an event writes."""
    event, on = recorded.event, recorded.occurred_on
    match event:
        case check.CheckDone():
            call = event.call
            told = {"called_at": call.at if call else "", "reached": call.reached if call else False}
            yield CHECKS.of(event, **told, done_on=on)
        case check.InspectionRecorded():
            yield INSPECTIONS.of(event, done_on=on)
        case sample.SampleDrawn():
            yield SAMPLES.of(event, roster=list(event.roster), drawn=list(event.drawn), done_on=on)
        case leaders.InspectionAreaAssigned():
            yield LEADERS.of(event, counties=list(event.counties), assigned_on=on)
        case management_note.ManagementNote():
            yield NOTES.of(event, position=recorded.position, done_on=on)
