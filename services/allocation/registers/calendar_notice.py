"""The annual notice on holidays: which days of a year are off, and which days at a weekend are worked for them.

Source: 全国年节及纪念日放假办法, and the notice of each year, cited by its number. Invariant: one notice a year is in
force, the one entered last; a day is named once, and a day worked in exchange is one at a weekend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Command, Event, Few, Key
from kernel.part import Part, each
from programmes.roles import PROVINCE
from programmes.working_days import WorkingDays, YearNotice
from services.allocation.registers.refusals import (
    CALENDAR_DAY_TWICE,
    CALENDAR_DAY_WRONG,
    CALENDAR_NOTICE_EMPTY,
    CALENDAR_NOTICE_KNOWN,
)

_DECEMBER, _SATURDAY = "12", "6"


class RegisterCalendarNotice(Command, title="登记放假安排通知", roles=PROVINCE, concerns=("scope",)):
    """Enter the notice of a year: ``holidays`` are days off, weekends among them or not, ``workdays`` are worked."""

    scope: Area
    year: int
    notice: Key
    holidays: Few[date]
    workdays: Few[date] = ()


class CalendarNoticeRegistered(Event, title="放假安排登记"):
    """The working days of a year are those its notice orders."""

    areas: ClassVar[tuple[str, ...]] = ("scope",)

    scope: Area
    year: int
    notice: str
    holidays: tuple[date, ...]
    workdays: tuple[date, ...]


def register(state: WorkingDays, command: RegisterCalendarNotice) -> Sequence[CalendarNoticeRegistered]:
    """The notice, in place of an earlier one of the year.

    Raises:
        Rejected: ``calendar_notice_empty``, ``calendar_day_wrong``, ``calendar_day_twice``, ``calendar_notice_known``.
    """
    if not command.holidays:
        raise CALENDAR_NOTICE_EMPTY()
    for field in ("holidays", "workdays"):
        for day in getattr(command, field):
            if not _belongs(day, command.year) or (field == "workdays" and f"{day:%u}" < _SATURDAY):
                raise CALENDAR_DAY_WRONG(day=day, year=command.year, field=field)
    day, times = Counter((*command.holidays, *command.workdays)).most_common(1)[0]
    if times > 1:
        raise CALENDAR_DAY_TWICE(day=day)
    if _notice(command) in state.notices:
        raise CALENDAR_NOTICE_KNOWN(year=command.year, notice=command.notice)
    return [CalendarNoticeRegistered.carrying(command)]


def _belongs(day: date, year: int) -> bool:
    """In the year, or in the December before it, whose last days its notice may move."""
    return day.year == year or (day.year == year - 1 and f"{day:%m}" == _DECEMBER)


def _notice(said: RegisterCalendarNotice | CalendarNoticeRegistered) -> YearNotice:
    return YearNotice(said.year, said.notice, frozenset(said.holidays), frozenset(said.workdays))


def registered(state: WorkingDays, event: CalendarNoticeRegistered) -> WorkingDays:
    """The calendar with the notice."""
    return state.with_notice(_notice(event))


CALENDAR: Part[WorkingDays] = Part("calendar/working-days", WorkingDays(), decides=(register,), evolve=each(registered))
"""The working days with every notice that was entered."""
