"""The calendar of working days: by the notices that chinesecalendar holds, by those entered, by the week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.working_days import Counted, Reached, WorkingDays, YearNotice

PLAIN = WorkingDays()


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_three_full_working_days_over_the_holiday_of_2017() -> None:
    """30 September was worked, 1 to 8 October were off."""
    posted = day("2017-09-29")
    assert [PLAIN.after(posted, n).day.isoformat() for n in (1, 2, 3)] == ["2017-09-30", "2017-10-09", "2017-10-10"]
    assert PLAIN.open_until(posted, 3) == Reached(day("2017-10-11"), assumed=False)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2018-06-01", "2018-06-30", 20),
        ("2018-04-28", "2018-04-28", 1),  # a Saturday that was worked
        ("2019-05-02", "2019-05-02", 0),
        ("2018-06-02", "2018-06-03", 0),
        ("2018-06-03", "2018-06-02", 0),
    ],
)
def test_a_span_has_both_its_ends(first: str, last: str, days: int) -> None:
    assert PLAIN.between(day(first), day(last)) == Counted(days, assumed=False)


@pytest.mark.parametrize(("year", "days"), [(2004, 252), (2016, 250), (2017, 249), (2024, 251), (2026, 248)])
def test_the_working_days_of_a_year_with_a_notice(year: int, days: int) -> None:
    assert PLAIN.year(year) == Counted(days, assumed=False)


@pytest.mark.parametrize(("year", "days"), [(2002, 261), (2003, 261), (2027, 261)])
def test_a_year_without_a_notice_goes_by_the_week_and_is_assumed(year: int, days: int) -> None:
    assert PLAIN.year(year) == Counted(days, assumed=True)


def test_what_reaches_into_a_year_without_a_notice_is_assumed() -> None:
    assert PLAIN.after(day("2026-12-30"), 1) == Reached(day("2026-12-31"), assumed=False)
    assert PLAIN.open_until(day("2026-12-30"), 2) == Reached(day("2027-01-02"), assumed=True)
    assert PLAIN.between(day("2003-12-31"), day("2004-01-02")) == Counted(2, assumed=True)


def test_an_entered_notice_goes_before_the_data_and_the_last_of_a_year_before_the_first() -> None:
    off = frozenset({day("2027-01-01"), day("2027-10-01")})
    first = YearNotice(2027, "国办发明电〔2026〕1号", off, frozenset({day("2026-12-26"), day("2027-10-09")}))
    entered = PLAIN.with_notice(first)
    assert entered.year(2027) == Counted(260, assumed=False)
    # It moves a Saturday of the December before.
    assert (PLAIN.is_working_day(day("2026-12-26")), entered.is_working_day(day("2026-12-26"))) == (False, True)
    again = entered.with_notice(YearNotice(2027, "国办发明电〔2027〕2号", off, frozenset()))
    assert again.year(2027) == Counted(259, assumed=False)
    assert not again.is_working_day(day("2026-12-26"))
    assert len(again.notices) == 1


@given(st.dates(date(2001, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_stepping_and_counting_agree(announced: date, number: int) -> None:
    reached = PLAIN.after(announced, number)
    assert PLAIN.is_working_day(reached.day)
    counted = PLAIN.between(announced + timedelta(days=1), reached.day)
    assert counted == Counted(number, reached.assumed)


def test_there_is_no_day_behind_the_last() -> None:
    with pytest.raises(OverflowError):
        PLAIN.after(date.max, 1)
