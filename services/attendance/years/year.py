"""The year of a posting held against what its profile asks for: a share of the working days, or a number of days.

Source: 晋组通字〔2015〕41号 五.1. Invariant: only sealed months count, and a year of which a served month has no seal
has no figure (AT-015); a programme that counts by the month has no year here; each posting is judged by the rules of
its own programme and place alone (X-054).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Literal

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Key, Order
from programmes.readers.attendance import DAYS_PER_YEAR, YEAR_SHARE
from programmes.roles import COUNTIES
from programmes.working_days import WorkingDays
from services.attendance.register.state import Register
from services.attendance.years.asked import (
    Asked,
    asked_days,
    asked_share,
    count,
    dates,
    sealed,
    served,
    unsealed,
    year_span,
)
from services.attendance.years.refusals import YEAR_NOT_OVER, YEAR_OVER, YEAR_UNSEALED


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


class YearDaysAssessed(Event, title="年度到岗天数核定"):
    """A year held against a number of days, whatever its working days; of a part of a year against its part of them."""

    rule: ClassVar[str | None] = DAYS_PER_YEAR.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    year: int
    days: int
    required: int
    met: bool
    whole: bool
    assumed: bool


class YearForecast(Event, title="年度考勤预测"):
    """How a year that is not over stands on ``occurred_on``, by its sealed months; a figure and no assessment.

    ``needed`` days are missing from ``required``, ``left`` are the days of the posting in the year that no seal holds:
    ``reached`` where none is missing, ``possible``, or ``out_of_reach``. ``unsealed`` are the months that are over
    without a seal: no data, not zero.
    """

    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    year: int
    counts: Literal["year_share", "days_per_year"]
    days: int
    required: int
    needed: int
    left: int
    outlook: Literal["reached", "possible", "out_of_reach"]
    unsealed: tuple[str, ...]
    assumed: bool


class AssessYear(Command, title="年度考勤核定", roles=COUNTIES, concerns=("posting",)):
    """Assess a year that is over."""

    posting: Key
    year: int


class ForecastYear(Command, title="年度考勤预测", roles=COUNTIES, concerns=("posting",)):
    """Say how a year that is not over stands."""

    posting: Key
    year: int


class AssessYearBy(Order):
    """``AssessYear`` with the calendar of working days as it is noted here."""

    posting: Key
    year: int
    calendar: WorkingDays


class ForecastYearBy(Order):
    """``ForecastYear`` with the same."""

    posting: Key
    year: int
    calendar: WorkingDays


def assess_year(register: Register, command: AssessYearBy) -> Sequence[AnnualAttendanceAssessed | YearDaysAssessed]:
    """AnnualAttendanceAssessed (AT-001), by the working days of the time served (AT-002), YearDaysAssessed, or both.

    Raises:
        Rejected: ``rule_unknown`` where the programme does not count by the year;
            ``year_outside_posting``, ``year_not_over``, ``year_unsealed``.
    """
    on = command.context.occurred_on
    by_share, by_days = _asked(register, command)
    _, last = year_span(command.year)
    if not _over(register, on, last):
        raise YEAR_NOT_OVER(year=command.year, last=last)
    if missing := unsealed(register, command.year, on):
        raise YEAR_UNSEALED(year=command.year, months=missing)
    certified = sealed(register, command.year)
    days, made = count(certified), list[AnnualAttendanceAssessed | YearDaysAssessed]()
    if by_share is not None:
        made.append(
            AnnualAttendanceAssessed.carrying(
                command,
                register,
                by_share,
                posting=register.posting,
                days=days,
                days_worked=sum(map(command.calendar.is_working_day, dates(certified))),
                met=days >= by_share.required,
            )
        )
    if by_days is not None:
        met = days >= by_days.required
        made.append(YearDaysAssessed.carrying(command, register, by_days, posting=register.posting, days=days, met=met))
    return made


def forecast_year(register: Register, command: ForecastYearBy) -> Sequence[YearForecast]:
    """YearForecast for each way in which the programme counts by the year (AT-001).

    Raises:
        Rejected: ``rule_unknown``, ``year_outside_posting``; ``year_over``, which is to be assessed.
    """
    on = command.context.occurred_on
    by_share, by_days = _asked(register, command)
    if _over(register, on, year_span(command.year)[1]):
        raise YEAR_OVER(year=command.year)
    days, left = count(sealed(register, command.year)), served(register, command.year, without_sealed=True)
    made = []
    ways: tuple[tuple[Literal["year_share", "days_per_year"], Asked | None], ...]
    ways = (("year_share", by_share), ("days_per_year", by_days))
    for counts, asked in ways:
        if asked is not None:
            needed = max(0, asked.required - days)
            made.append(
                YearForecast.carrying(
                    command,
                    register,
                    asked,
                    posting=register.posting,
                    counts=counts,
                    days=days,
                    needed=needed,
                    left=left,
                    outlook="reached" if not needed else "possible" if needed <= left else "out_of_reach",
                    unsealed=unsealed(register, command.year, on),
                )
            )
    return made


def _asked(register: Register, command: AssessYearBy | ForecastYearBy) -> tuple[Asked | None, Asked | None]:
    """What the programme asks of the year, by a share and by a number; raises as ``assess_year``."""
    rules = in_force(command.context.rules, register.programme)
    if rules.find(DAYS_PER_YEAR) is None:
        rules.rule(YEAR_SHARE)
    year = command.year
    return asked_share(register, year, rules, command.calendar), asked_days(register, year, rules)


def _over(register: Register, on: date, last: date) -> bool:
    return on > last or (register.closed_on is not None and on >= register.closed_on)
