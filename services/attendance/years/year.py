"""The year of a posting held against the profile's share of its working days, in whole numbers.

Source: 晋组通字〔2015〕41号 五.1. Invariant: a programme that counts by the month has no year here, one that counts by
the year no month; each posting is judged by the rules of its own programme and place alone (X-054).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Key
from programmes.readers.attendance import YEAR_SHARE
from programmes.roles import COUNTIES
from services.attendance.register.state import Register, span
from services.attendance.years.refusals import WORKING_DAYS_WRONG, YEAR_NOT_OVER, YEAR_OUTSIDE_POSTING


class AnnualAttendanceAssessed(Event, title="年度考勤核定"):
    """A year held against the share: met where ``of`` * days >= ``parts`` * working_days.

    ``required`` is the least number of days that meets it; ``whole`` is False where only a part of the year was served,
    whose working days then count.
    """

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


class AssessYear(Command, title="年度考勤核定", roles=COUNTIES, concerns=("posting",)):
    """Assess a year that is over; ``working_days`` are those of the official calendar in the time served."""

    posting: Key
    year: int
    working_days: int


def assess_year(register: Register, command: AssessYear) -> Sequence[AnnualAttendanceAssessed]:
    """AnnualAttendanceAssessed (AT-001).

    Raises:
        Rejected: ``rule_unknown`` where the programme does not count by the year;
            ``year_outside_posting``, ``year_not_over``, ``working_days_wrong``.
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
    if not 0 < command.working_days <= served:
        raise WORKING_DAYS_WRONG(days=command.working_days, served=served)
    days = sum(register.days(key).bit_count() for key in register.months if _in(key, command.year))
    return (
        AnnualAttendanceAssessed.carrying(
            command,
            register,
            posting=register.posting,
            days=days,
            required=-(-parts * command.working_days // of),
            met=of * days >= parts * command.working_days,
            whole=served == (last - first).days + 1,
            assumed=share.assumed,
        ),
    )


def _span(year: int) -> tuple[date, date]:
    try:
        return span(f"{year:04}-01")[0], span(f"{year:04}-12")[1]
    except ValueError:
        raise YEAR_OUTSIDE_POSTING(year=year) from None


def _in(month: str, year: int) -> bool:
    return month.split("-", 1)[0] == f"{year:04}"
