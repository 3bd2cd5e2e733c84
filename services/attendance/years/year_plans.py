"""What the decision on a year needs to know besides its register."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from kernel.messages import Command, Key, Most
from kernel.service import Room, Step
from programmes.noted_calendar import CALENDAR
from programmes.roles import COUNTIES
from services.attendance.register.month_plans import taken
from services.attendance.years.year import (
    AssessYear,
    AssessYearBy,
    ForecastYear,
    ForecastYearBy,
)


class AssessYears(Command, title="批量年度考勤核定", roles=COUNTIES, concerns=("postings",)):
    """Assess a year that is over, of many in one act; ``accept`` "good" takes those that can be and returns the others,
    "all" all or none."""

    year: int
    postings: Annotated[tuple[Key, ...], Most(2_000)]
    accept: Literal["all", "good"] = "all"


def assess(command: AssessYear | ForecastYear, room: Room) -> Iterable[Step]:
    """The year is put to the register together with the calendar of working days; nobody types them."""
    order = AssessYearBy if isinstance(command, AssessYear) else ForecastYearBy
    yield Step(f"register/{command.posting}", order(**vars(command), calendar=room.load(CALENDAR.stream)))


def assess_many(command: AssessYears, room: Room) -> Iterable[Step]:
    """One act over many postings, each its own events. Raises Rejected: as ``month_plans.taken``."""
    calendar = room.load(CALENDAR.stream)
    postings = tuple(dict.fromkeys(command.postings))
    room.load_all(f"register/{posting}" for posting in postings)
    orders = (
        AssessYearBy(context=command.context, posting=posting, year=command.year, calendar=calendar)
        for posting in postings
    )
    return taken(enumerate(orders, 1), room, command.accept, field="postings")
