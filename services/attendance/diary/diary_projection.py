"""Read models of logs, diaries and occasions."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.attendance.diary import diary, incident, occasion

LOGS = Table(
    "work_logs",
    {"posting": "text", "day": "date"},
    {**dict.fromkeys(("target", "visits", "help", "tag"), "text"), "evidence": "json", "written_at": "date"},
)
ENTRIES = Table(
    "diary_entries",
    {"position": "int"},
    {**dict.fromkeys(("posting", "target", "unit", "kind", "text"), "text"), "day": "date", "written_on": "date"},
)
OCCASIONS = Table(
    "occasions",
    {"position": "int"},
    {
        **dict.fromkeys(("posting", "target", "kind", "occasion"), "text"),
        **dict.fromkeys(("attended", "excused"), "bool"),
        "day": "date",
        "recorded_on": "date",
    },
)
INCIDENTS = Table(
    "incidents",
    {"position": "int"},
    {
        **dict.fromkeys(("posting", "target", "time_of_event", "time_on_scene", "time_reported", "text"), "text"),
        **dict.fromkeys(("minutes_to_scene", "minutes_to_report"), "int"),
        "reported_on": "date",
    },
)
TABLES = (LOGS, ENTRIES, OCCASIONS, INCIDENTS)


def writes(recorded: Recorded) -> Iterable[Op]:
    """The rows an event writes."""
    event, place, on = recorded.event, recorded.position, recorded.occurred_on
    match event:
        case diary.WorkLogWritten():
            yield LOGS.of(event, tag=event.group, evidence=list(event.evidence))
        case diary.DiaryWritten() | diary.WorkLedgerEntry():
            kind = "diary" if isinstance(event, diary.DiaryWritten) else "ledger"
            yield ENTRIES.of(event, position=place, kind=kind, written_on=on)
        case incident.IncidentReported():
            yield INCIDENTS.of(event, position=place, reported_on=on)
        case occasion.MustAttendMet():
            yield OCCASIONS.of(event, position=place, attended=True, excused=False, recorded_on=on)
        case occasion.MustAttendMissed():
            yield OCCASIONS.of(event, position=place, attended=False, recorded_on=on)
