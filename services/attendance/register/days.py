"""Months and their days: a month by its key, its days as the bits of one integer (bit 0 is the first)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated

from kernel.messages import Pattern

MonthKey = Annotated[str, Pattern("[1-9][0-9]{3}-(0[1-9]|1[0-2])", accepted="年月，如 2018-06")]


def month_of(day: date) -> str:
    """The key of the month a day lies in."""
    return f"{day.year:04}-{day.month:02}"


@lru_cache
def span(key: str) -> tuple[date, date]:
    """First and last day of a month."""
    year, month = (int(part) for part in key.split("-"))
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def days_between(first: date, last: date) -> Iterable[date]:
    """Every day from ``first`` to ``last``, both included; none where they are the wrong way round."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def dates_of(key: str, bits: int) -> list[date]:
    """The days of a month that its bits say."""
    first = span(key)[0]
    return [first.replace(day=number) for number in range(1, bits.bit_length() + 1) if bits >> (number - 1) & 1]


def month_bits(key: str, first: date, last: date) -> int:
    """The days from ``first`` to ``last`` that lie in a month, as its bits."""
    begins, ends = span(key)
    lowest, highest = max(begins, first), min(ends, last)
    return (1 << highest.day) - (1 << (lowest.day - 1)) if lowest <= highest else 0


def months_between(first: date, last: date) -> Iterable[str]:
    """The keys of the months from that of ``first`` to that of ``last``."""
    number = first.year * 12 + first.month - 1
    while number <= last.year * 12 + last.month - 1:
        yield f"{number // 12:04}-{number % 12 + 1:02}"
        number += 1


def bits_of(days: Iterable[date]) -> int:
    """The days of one month as bits."""
    bits = 0
    for day in days:
        bits |= 1 << (day.day - 1)
    return bits
