"""What the decision on a year needs to know besides its register."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from programmes.noted_calendar import CALENDAR
from services.attendance.years.year import AssessYear, AssessYearBy


def assess(command: AssessYear, room: Room) -> Iterable[Step]:
    """The year is put to the register together with the calendar of working days; nobody types them."""
    by = AssessYearBy(
        context=command.context,
        posting=command.posting,
        year=command.year,
        calendar=room.load(CALENDAR.stream),
    )
    yield Step(f"register/{command.posting}", by)
