"""Days: how one is written, where one some months later is worked out, and where an instant becomes one in China.

Pure, and nobody asks a clock here.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, UTC, date, datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8))
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def written_day(text: str) -> date:
    """The day written YYYY-MM-DD. Raises ValueError for every other form: ISO 8601 has several for one day."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(f"{text!r} is not written YYYY-MM-DD")
    return day


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, the last day of that month where it has no such day.

    What would lie behind the calendar is its last day: a printed date and a printed span, each right by itself, may
    lead there.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_of(instant: int) -> date:
    """The day in China on which an instant lies, given in microseconds since 1970 UTC."""
    return (_EPOCH + timedelta(microseconds=instant)).astimezone(CHINA).date()
