"""Quarters of a year, written 2018-Q3, halves, written 2018-H2, and years."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from re import fullmatch
from typing import Annotated, Final

from kernel.messages import Pattern

Quarter = Annotated[str, Pattern("[1-9][0-9]{3}-Q[1-4]", accepted="季度，如 2018-Q3")]
_LENGTH: Final = 3


def months_of(quarter: str) -> Iterator[tuple[date, date]]:
    """First and last day of each month of a quarter. Raises ValueError for what is none."""
    written, separator, number = quarter.partition("-Q")
    if not separator or number not in ("1", "2", "3", "4"):
        raise ValueError(f"{quarter!r} is no quarter")
    year = year_of(written)
    for month in range(_LENGTH * int(number) - 2, _LENGTH * int(number) + 1):
        yield date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_of(text: str) -> int:
    """The year written 2018. Raises ValueError for every other text, however long."""
    if not fullmatch("[1-9][0-9]{3}", text):
        raise ValueError(f"{text[:9]!r} is no year")
    return int(text)


def quarter_span(quarter: str) -> tuple[date, date]:
    """First and last day of a quarter. Raises ValueError for what is none."""
    (first, _), *_, (_, last) = months_of(quarter)
    return first, last


def quarter_of(day: date) -> str:
    """The quarter a day lies in."""
    return f"{day.year:04}-Q{(day.month - 1) // _LENGTH + 1}"


def first_of(period: str) -> date:
    """The first day of a quarter, a half-year or a year. Raises ValueError for what is none."""
    year, _, part = period.partition("-")
    begins = {"": 1, "H1": 1, "H2": 7, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}.get(part)
    if begins is None:
        raise ValueError(f"{period!r} is no period")
    return date(int(year), begins, 1)
