"""What the decision on a year needs to know besides its register."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from programmes.noted_calendar import CALENDAR
from services.attendance.years.year import AssessYear, AssessYearBy, ForecastYear, ForecastYearBy


def assess(command: AssessYear | ForecastYear, room: Room) -> Iterable[Step]:
    """The year is put to the register together with the calendar of working days; nobody types them."""
    order = AssessYearBy if isinstance(command, AssessYear) else ForecastYearBy
    yield Step(f"register/{command.posting}", order(**vars(command), calendar=room.load(CALENDAR.stream)))
