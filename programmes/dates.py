"""Printed days read as dates: 前 is inclusive, 上旬 1 to 10, 中旬 11 to 20, 下旬 21 to the end.

Invariant: a day that does not exist becomes the last real day of its month and is marked as a defect of the print; it
never rolls over into the next month and is never dropped.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_MONTH = r"(?<![0-9])(1[0-2]|0?[1-9])\s*月\s*"
_DAY = re.compile(_MONTH + r"(3[01]|[12][0-9]|0?[1-9])\s*日")
_THIRD = re.compile(_MONTH + r"(上中下|上中|中下|上|中|下)旬")
_STARTS = {"上": 1, "中": 11, "下": 21}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a printed day means in one year. ``first`` is None where the text names only the last day."""

    printed: str
    first: date | None
    last: date
    defect: str | None = None

    def late(self, day: date) -> bool:
        """True where ``day`` comes after the last day, which itself is still in time."""
        return day > self.last


def read(printed: str, year: int) -> Reading | None:
    """The dates of ``printed`` in ``year``, or None where it names no day (a rhythm or a length of time).

    Source: 辽组通字〔2018〕23号 一, 青委组〔2017〕57号 covering notice.
    """
    day = _DAY.search(printed)
    if day:
        return _single(printed, year, int(day[1]), int(day[2]))
    third = _THIRD.search(printed)
    if third:
        month = int(third[1])
        ends = {"上": 10, "中": 20, "下": monthrange(year, month)[1]}
        return Reading(printed, date(year, month, _STARTS[third[2][0]]), date(year, month, ends[third[2][-1]]))
    return None


def _single(printed: str, year: int, month: int, day: int) -> Reading:
    length = monthrange(year, month)[1]
    if day <= length:
        return Reading(printed, None, date(year, month, day))
    return Reading(printed, None, date(year, month, length), f"day {day} of month {month} does not exist")
