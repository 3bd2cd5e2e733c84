"""Read models of leave, absence and official duty.

Invariant: a leave asked for anew from the same first day writes its row anew; what was decided before stays in the log.
"""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.attendance.leave import approval, ending, leave
from services.attendance.register import absence, official_duty
from services.attendance.register.days import days_between

LEAVES = Table(
    "leaves",
    {"posting": "text", "leave": "text"},
    {
        "target": "text",
        "kind": "text",
        "half": "text",
        "first_day": "date",
        "last_day": "date",
        "granted_until": "date",
        "decision": "text",
        "requested_on": "date",
        "decided_on": "date",
        "approver": "text",
        "person": "text",
        "post": "text",
        "stand_in": "bool",
        "assumed": "bool",
        "reason": "text",
        "ended_on": "date",
        "file_with": "text",
        "filed_on": "date",
    },
)
ABSENCES = Table(
    "absences",
    {"posting": "text", "day": "date"},
    {"target": "text", "registrar": "text", "cause": "text", "leave": "text", "corrected_on": "date"},
)
OFFICIAL_DUTY = Table(
    "official_duty",
    {"posting": "text", "day": "date"},
    {"target": "text", "ordered_by": "text", "ordered": "text", "registrar": "text", "counts": "bool"},
)
TABLES = (LEAVES, ABSENCES, OFFICIAL_DUTY)
UNDECIDED = {
    **dict.fromkeys(("half", "approver", "person", "post", "reason", "file_with"), ""),
    **dict.fromkeys(("granted_until", "decided_on", "ended_on", "filed_on")),
    **dict.fromkeys(("stand_in", "assumed"), False),
}


def writes(recorded: Recorded) -> Iterable[Op]:
    """The rows of an event."""
    event, on = recorded.event, recorded.occurred_on
    match event:
        case leave.LeaveRequested():
            yield LEAVES.of(
                event,
                first_day=event.first,
                last_day=event.last,
                decision="requested",
                requested_on=on,
                **UNDECIDED,
            )
        case leave.HalfDayRequested() | approval.GrantedByHostLeader():
            yield LEAVES.of(event)
        case approval.LeaveApproved():
            yield LEAVES.of(event, decision="approved", decided_on=on, granted_until=event.last)
        case approval.LeaveRefused():
            yield LEAVES.of(event, decision="refused", decided_on=on)
        case approval.LeaveFilingDue():
            yield LEAVES.put(event.posting, event.leave, file_with=event.organ)
        case approval.LeaveFiled():
            yield LEAVES.put(event.posting, event.leave, filed_on=on)
        case ending.LeaveCancelled():
            yield LEAVES.put(event.posting, event.leave, decision="cancelled", ended_on=on)
        case ending.LeaveEndedEarly():
            yield LEAVES.put(event.posting, event.leave, last_day=event.last, ended_on=on)
        case absence.AbsenceRecorded():
            yield ABSENCES.of(event, cause="", leave="", corrected_on=None)
        case absence.AbsenceCorrected():
            yield ABSENCES.of(event, corrected_on=on)
        case official_duty.OfficialDutyRecorded():
            for day in days_between(event.first, event.last):
                yield OFFICIAL_DUTY.of(event, day=day, ordered=event.order)
        case official_duty.OfficialDutyCancelled():
            for day in days_between(event.first, event.last):
                yield OFFICIAL_DUTY.drop(event.posting, day)
