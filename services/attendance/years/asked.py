"""What a year of a posting is held against, and which of its days count.

Invariant: a day counts where the newest sealed version of its month says so, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kernel.rules import Rules
from programmes.readers.attendance import DAYS_PER_YEAR, PARTIAL_YEAR, YEAR_SHARE
from programmes.working_days import WorkingDays
from services.attendance.register.days import dates_of, months_between, span
from services.attendance.register.state import Register
from services.attendance.years.refusals import YEAR_OUTSIDE_POSTING


@dataclass(frozen=True, slots=True)
class Asked:
    """The least number of days, of so many ``working_days`` (0 where they do not matter)."""

    required: int
    working_days: int
    whole: bool
    assumed: bool


def asked_share(register: Register, year: int, rules: Rules, calendar: WorkingDays) -> Asked | None:
    """What a share of the working days asks for, in whole numbers; None where the programme has none (AT-001).

    Raises:
        Rejected: ``year_outside_posting``.
    """
    share = rules.find(YEAR_SHARE)
    first, last, whole = _served_span(register, year)
    if share is None:
        return None
    partly = rules.find(PARTIAL_YEAR)
    if partly is not None and partly.value == "whole_year":
        first, last = year_span(year)
    days = calendar.between(first, last)
    required = -(-share.value.parts * days.days // share.value.of)
    return Asked(required, days.days, whole, share.assumed or days.assumed or not whole)


def asked_days(register: Register, year: int, rules: Rules) -> Asked | None:
    """What a number of days a year asks for; None where the programme has none. Raises as ``asked_share``."""
    number = rules.find(DAYS_PER_YEAR)
    first, last, whole = _served_span(register, year)
    if number is None:
        return None
    partly = rules.find(PARTIAL_YEAR)
    if whole or (partly is not None and partly.value == "whole_year"):
        return Asked(number.value, 0, whole, number.assumed or not whole)
    begins, ends = year_span(year)
    length, covered = (ends - begins).days + 1, (last - first).days + 1
    return Asked(-(-number.value * covered // length), 0, whole, True)


def sealed(register: Register, year: int) -> dict[str, int]:
    """The days on post that the sealed months of the year say, as bits by month."""
    found: dict[str, int] = {}
    for key in register.keys(*year_span(year)):
        sheet = register.month(key).in_force
        if sheet is not None:
            found[key] = register.counted(key, sheet.days)
    return found


def count(sealed_days: Mapping[str, int]) -> int:
    """How many days they are."""
    return sum(bits.bit_count() for bits in sealed_days.values())


def dates(sealed_days: Mapping[str, int]) -> list[date]:
    """The same as dates."""
    return [day for key, bits in sealed_days.items() for day in dates_of(key, bits)]


def unsealed(register: Register, year: int, on: date) -> tuple[str, ...]:
    """The months of the year that were served, are over on a day, and have no seal."""
    first, last, _ = _served_span(register, year)
    return tuple(
        key for key in _months(first, last) if register.month(key).in_force is None and min(span(key)[1], last) <= on
    )


def served(register: Register, year: int, without_sealed: bool = False) -> int:
    """How many days of the year the posting lasts; ``without_sealed`` only those of months without a seal."""
    first, last, _ = _served_span(register, year)
    return sum(
        register.within(*span(key))
        for key in _months(first, last)
        if not (without_sealed and register.month(key).in_force is not None)
    )


@lru_cache
def year_span(year: int) -> tuple[date, date]:
    """First and last day. Raises Rejected: ``year_outside_posting`` for a year that cannot be written."""
    try:
        return span(f"{year:04}-01")[0], span(f"{year:04}-12")[1]
    except ValueError:
        raise YEAR_OUTSIDE_POSTING(year=year) from None


def _served_span(register: Register, year: int) -> tuple[date, date, bool]:
    begins, ends = year_span(year)
    first, last = max(begins, register.opened_on), min(ends, register.closed_on or ends)
    if last < first:
        raise YEAR_OUTSIDE_POSTING(year=year)
    return first, last, (first, last) == (begins, ends)


@lru_cache
def _months(first: date, last: date) -> tuple[str, ...]:
    """The months of a time served within one year: for most postings the same."""
    return tuple(months_between(first, last))
