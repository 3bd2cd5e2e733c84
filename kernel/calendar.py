"""Days, months and working days in Asia/Shanghai.

Pure functions on dates; nobody asks a clock here. Working days follow the announced holidays and make-up days where
they are known (package chinesecalendar, 2004 to the year its data ends); outside those years the weekday rule answers
and the answer says that it is assumed.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Count:
    """A number of days or a day found by counting; ``assumed`` where a year without an announcement took part."""

    value: int
    assumed: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A day found by counting working days; ``assumed`` as in ``Count``."""

    day: date
    assumed: bool


def shanghai_day(microseconds: int) -> date:
    """The date in Asia/Shanghai of a moment given in microseconds since 1970 (UTC)."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC).astimezone(SHANGHAI).date()


def is_working_day(day: date) -> tuple[bool, bool]:
    """(is a working day, is assumed). Make-up Saturdays and Sundays count, public holidays do not."""
    try:
        return chinese_calendar.is_workday(day), False
    except NotImplementedError:
        return day.weekday() < _SATURDAY, True


def days(first: date, last: date) -> Iterator[date]:
    """Every day from ``first`` to ``last``, both included."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def working_days(first: date, last: date) -> Count:
    """How many working days lie from ``first`` to ``last``, both included."""
    readings = [is_working_day(day) for day in days(first, last)]
    return Count(sum(working for working, _ in readings), any(assumed for _, assumed in readings))


def after_working_days(start: date, number: int) -> Due:
    """The ``number``-th working day after ``start``; the day of an announcement itself is not counted.

    Raises:
        ValueError: where ``number`` is not positive.
    """
    if number < 1:
        raise ValueError("counts from one working day up")
    day, assumed = start, False
    while number:
        day += timedelta(days=1)
        working, guess = is_working_day(day)
        assumed = assumed or guess
        number -= working
    return Due(day, assumed)


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * years)


def in_time(day: date, limit: date) -> bool:
    """前, 以前: on ``limit`` or before it, to the end of that day."""
    return day <= limit
