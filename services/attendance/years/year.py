"""The year of a posting held against the profile's share of its working days, in whole numbers.

Source: 晋组通字〔2015〕41号 五.1. Invariant: a programme that counts by the month has no year here, one that counts by
the year no month; each posting is judged by the rules of its own programme and place alone (X-054).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Key, Order
from programmes.readers.attendance import YEAR_SHARE
from programmes.roles import COUNTIES
from programmes.working_days import WorkingDays
from services.attendance.register.state import Register, span
from services.attendance.years.refusals import YEAR_NOT_OVER, YEAR_OUTSIDE_POSTING


class AnnualAttendanceAssessed(Event, title="年度考勤核定"):
    """A year held against the share: met where ``of`` * days >= ``parts`` * working_days.

    ``days`` are those on post, whatever day of the week; ``days_worked`` only those of them that were working days,
    None in older logs (AT-002). ``required`` is the least number of days that meets the share; ``whole`` is False where
    only a part of the year was served, whose working days then count: the text is silent there, so that is assumed, as
    is a count of days of which no calendar notice is known.
    """

    schema: ClassVar[int] = 2
    rule: ClassVar[str | None] = YEAR_SHARE.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    year: int
    days: int
    working_days: int
    required: int
    met: bool
    whole: bool
    assumed: bool
    days_worked: int | None


class AssessYear(Command, title="年度考勤核定", roles=COUNTIES, concerns=("posting",)):
    """Assess a year that is over."""

    posting: Key
    year: int


class AssessYearBy(Order):
    """``AssessYear`` with the calendar of working days as it is noted here."""

    posting: Key
    year: int
    calendar: WorkingDays


def assess_year(register: Register, command: AssessYearBy) -> Sequence[AnnualAttendanceAssessed]:
    """AnnualAttendanceAssessed (AT-001), by the working days of the time served (AT-002).

    Raises:
        Rejected: ``rule_unknown`` where the programme does not count by the year;
            ``year_outside_posting``, ``year_not_over``.
    """
    context = command.context
    rules = in_force(context.rules, register.programme)
    share = rules.rule(YEAR_SHARE)
    parts, of = share.value.parts, share.value.of
    first, last = _span(command.year)
    served = register.within(first, last)
    if not served:
        raise YEAR_OUTSIDE_POSTING(year=command.year)
    if context.occurred_on <= last and (register.closed_on is None or context.occurred_on < register.closed_on):
        raise YEAR_NOT_OVER(year=command.year, last=last)
    whole = served == (last - first).days + 1
    of_calendar = command.calendar.between(max(first, register.opened_on), min(last, register.closed_on or last))
    days = [day for key in register.months if _in(key, command.year) for day in register.dates(key)]
    return (
        AnnualAttendanceAssessed.carrying(
            command,
            register,
            posting=register.posting,
            days=len(days),
            days_worked=sum(map(command.calendar.is_working_day, days)),
            working_days=of_calendar.days,
            required=-(-parts * of_calendar.days // of),
            met=of * len(days) >= parts * of_calendar.days,
            whole=whole,
            assumed=share.assumed or of_calendar.assumed or not whole,
        ),
    )


def _span(year: int) -> tuple[date, date]:
    try:
        return span(f"{year:04}-01")[0], span(f"{year:04}-12")[1]
    except ValueError:
        raise YEAR_OUTSIDE_POSTING(year=year) from None


def _in(month: str, year: int) -> bool:
    return month.split("-", 1)[0] == f"{year:04}"
