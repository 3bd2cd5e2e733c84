"""Terms in months."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kernel.calendar import add_months, day_of


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2018, 5, 2), 12, date(2019, 5, 2)),
        (date(2018, 5, 2), 36, date(2021, 5, 2)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 2, 29), 48, date(2020, 2, 29)),
        (date(2018, 1, 31), 1, date(2018, 2, 28)),
        (date(2018, 12, 31), 2, date(2019, 2, 28)),
        (date(2018, 3, 31), -1, date(2018, 2, 28)),
        (date(9998, 12, 31), 12, date(9999, 12, 31)),
        (date(9999, 11, 30), 2, date(9999, 12, 31)),
        (date(9999, 12, 31), 600, date(9999, 12, 31)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 30, 15, 59, 59, 999_999, UTC), date(2026, 11, 30)),
        (datetime(2026, 11, 30, 16, 0, 0, 0, UTC), date(2026, 12, 1)),
        (datetime(1970, 1, 1, 0, 0, 0, 0, UTC), date(1970, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_china(instant: datetime, day: date) -> None:
    assert day_of(round(instant.timestamp() * 1_000_000)) == day
