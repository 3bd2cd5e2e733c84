"""What the decision on a sham posting needs to know of checks."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.attendance.inspection.sham import FindSham, RecordShamPosting
from services.attendance.register.state import scope


def finding_sham(command: RecordShamPosting, room: Room) -> Iterable[Step]:
    """The finding goes to the register with the day of the check or inspection it names."""
    programme, _ = scope(command.posting)
    checked = room.load(f"checks/{programme}.{command.area}")
    days = checked.checks if command.source == "check" else checked.inspections
    order = FindSham(
        context=command.context,
        posting=command.posting,
        code=command.code,
        months=command.months,
        source=command.source,
        area=command.area,
        number=command.number,
        finding=command.finding,
        seen_on=days[command.number - 1] if 0 < command.number <= len(days) else None,
    )
    yield Step(f"register/{command.posting}", order)
