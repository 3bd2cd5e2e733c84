"""Working days, months and the day in Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.calendar import (
    Count,
    Due,
    add_months,
    add_years,
    after_working_days,
    days,
    in_time,
    is_working_day,
    shanghai_day,
    working_days,
)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2018, 4, 28), True),  # a Saturday that makes up for a holiday
        (date(2018, 6, 18), False),  # the dragon boat festival, a Monday
        (date(2018, 6, 9), False),  # a Saturday
        (date(2019, 5, 2), False),  # a holiday, a Thursday
        (date(2018, 6, 19), True),
    ],
)
def test_announced_days(day: date, working: bool) -> None:
    assert is_working_day(day) == (working, False)


@pytest.mark.parametrize("day", [date(2002, 10, 1), date(2040, 1, 2)])
def test_outside_the_announced_years_the_weekday_answers_and_says_so(day: date) -> None:
    assert is_working_day(day) == (True, True)


def test_months_counted() -> None:
    assert working_days(date(2018, 6, 1), date(2018, 6, 30)) == Count(20, False)
    assert working_days(date(2019, 2, 1), date(2019, 2, 28)) == Count(17, False)
    assert working_days(date(2002, 7, 1), date(2002, 7, 7)) == Count(5, True)
    assert working_days(date(2018, 6, 2), date(2018, 6, 1)) == Count(0, False)


def test_the_day_of_an_announcement_is_not_counted() -> None:
    assert after_working_days(date(2018, 6, 14), 1) == Due(date(2018, 6, 15), False)
    assert after_working_days(date(2018, 6, 15), 1) == Due(date(2018, 6, 19), False)
    assert after_working_days(date(2018, 6, 15), 3) == Due(date(2018, 6, 21), False)
    with pytest.raises(ValueError, match="one working day"):
        after_working_days(date(2018, 6, 15), 0)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2018, 5, 2), 12, date(2019, 5, 2)),
        (date(2018, 5, 2), 36, date(2021, 5, 2)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2018, 1, 31), 1, date(2018, 2, 28)),
        (date(2018, 12, 31), 2, date(2019, 2, 28)),
        (date(2018, 3, 31), -1, date(2018, 2, 28)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


def test_years_later() -> None:
    assert add_years(date(2016, 2, 29), 4) == date(2020, 2, 29)
    assert add_years(date(2016, 2, 29), 1) == date(2017, 2, 28)


def test_before_a_day_means_until_its_end() -> None:
    assert in_time(date(2018, 4, 30), date(2018, 4, 30))
    assert not in_time(date(2018, 5, 1), date(2018, 4, 30))


def test_the_day_turns_at_midnight_in_shanghai() -> None:
    def moment(hour: int, minute: int) -> int:
        return int(datetime(2018, 6, 30, hour, minute, tzinfo=UTC).timestamp() * 1_000_000)

    assert shanghai_day(moment(15, 59)) == date(2018, 6, 30)
    assert shanghai_day(moment(16, 0)) == date(2018, 7, 1)


@given(st.dates(date(2005, 1, 1), date(2024, 12, 1)), st.integers(0, 90))
def test_counting_agrees_with_every_single_day(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)

    assert len(list(days(first, last))) == length + 1
    assert working_days(first, last).value == sum(is_working_day(day)[0] for day in days(first, last))
