"""What the registrar of one posting does: first it is asked whether it is the one in the post (AT-014)."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.attendance.diary.occasion import RecordOccasion
from services.attendance.register.absence import RecordAbsence
from services.attendance.register.officer_plans import must_hold_post
from services.attendance.register.official_duty import CancelOfficialDuty, RecordOfficialDuty
from services.attendance.register.register import RegisterDays
from services.attendance.sheets.correction import CorrectMonth
from services.attendance.sheets.sheet import CompileMonth

Kept = (
    RegisterDays
    | RecordAbsence
    | RecordOfficialDuty
    | CancelOfficialDuty
    | RecordOccasion
    | CompileMonth
    | CorrectMonth
)


def keep(command: Kept, room: Room) -> Iterable[Step]:
    """The command, to its register. Raises Rejected: as ``must_hold_post``."""
    must_hold_post(command.posting, command.context, room)
    yield Step(f"register/{command.posting}", command)
