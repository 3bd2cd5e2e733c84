"""The calendar of working days: which days offices work, counted and stepped over.

Source of the data: chinesecalendar, which holds what the annual notices of the State Council's office ordered, and the
notices entered here (``CalendarNoticeRegistered``), which go before it. Where neither says anything of a day, Monday to
Friday count and the result is marked assumed.
Invariant: pure; a span has its two ends in it, and the day something is announced is not counted (catalogue, 0).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from chinese_calendar import holidays, is_workday

_KNOWN: Final = (min(holidays).year, max(holidays).year)
_FRIDAY: Final = 4
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearNotice:
    """What the notice of a year orders: days off, and days at a weekend that are worked for them.

    They lie in the year or in the December before it.
    """

    year: int
    notice: str
    holidays: frozenset[date]
    workdays: frozenset[date]


@dataclass(frozen=True, slots=True)
class Counted:
    """So many working days; ``assumed`` where of one day at least no notice is known."""

    days: int
    assumed: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """A day that was stepped to; ``assumed`` as of ``Counted``."""

    day: date
    assumed: bool


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar with the notices that were entered, one a year, the last one last."""

    notices: tuple[YearNotice, ...] = ()

    def with_notice(self, notice: YearNotice) -> WorkingDays:
        """The calendar with a year's notice, in place of an earlier one of that year."""
        return WorkingDays((*(one for one in self.notices if one.year != notice.year), notice))

    def known(self, day: date) -> bool:
        """True where a notice tells whether ``day`` is worked."""
        entered = any(day.year == one.year or day in one.holidays | one.workdays for one in self.notices)
        return entered or _KNOWN[0] <= day.year <= _KNOWN[1]

    def is_working_day(self, day: date) -> bool:
        """True where offices work on ``day``."""
        for one in reversed(self.notices):
            if day in one.workdays:
                return True
            if day in one.holidays:
                return False
        if any(day.year == one.year for one in self.notices) or not _KNOWN[0] <= day.year <= _KNOWN[1]:
            return day.weekday() <= _FRIDAY
        return _ordered(day)

    def between(self, first: date, last: date) -> Counted:
        """The working days from ``first`` to ``last``, both included."""
        span = [first + n * _DAY for n in range((last - first).days + 1)]
        return Counted(sum(map(self.is_working_day, span)), not all(map(self.known, span)))

    def year(self, year: int) -> Counted:
        """The working days of a calendar year (全年工作日总数)."""
        return self.between(date(year, 1, 1), date(year, 12, 31))

    def after(self, announced: date, number: int) -> Reached:
        """The ``number``-th working day after a day, itself not counted; ``number`` is at least 1.

        Raises:
            OverflowError: where no such day can be written any more.
        """
        assumed = False
        for day in _days_after(announced):
            assumed = assumed or not self.known(day)
            number -= self.is_working_day(day)
            if not number:
                return Reached(day, assumed)
        raise OverflowError(announced)

    def open_until(self, announced: date, number: int) -> Reached:
        """The first day on which may be decided what was announced for ``number`` full working days (PE-078)."""
        last = self.after(announced, number)
        return Reached(last.day + _DAY, last.assumed)


@lru_cache(maxsize=10_000)
def _ordered(day: date) -> bool:
    """What the notices order of a day, looked up once: a year of many postings asks for the same days."""
    return bool(is_workday(day))


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += _DAY
        yield day
