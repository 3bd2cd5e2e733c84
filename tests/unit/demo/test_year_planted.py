"""The draw of the year's cases: the same for the same seed, nobody twice, and what is left out is still drawn."""

from __future__ import annotations

from collections import Counter
from datetime import date

from demo.year.extent import MANY
from demo.year.planted import default_days, drawn, month
from programmes.working_days import WorkingDays

FIRST = [f"LN2018.2107271012{n:02}.1" for n in range(60)]
SECOND = [f"SX2015.2107271013{n:02}.1" for n in range(20)]
TOWNSHIPS = ["210727101", "210727102", "210727103"]


def test_a_seed_gives_the_same_cases_whatever_the_order_of_the_postings() -> None:
    cases = drawn("a", FIRST, SECOND, TOWNSHIPS, MANY)
    assert cases == drawn("a", FIRST[::-1], SECOND[::-1], TOWNSHIPS[::-1], MANY)
    assert cases != drawn("b", FIRST, SECOND, TOWNSHIPS, MANY)
    assert Counter(case.kind for case in cases) == MANY
    assert len({case.key for case in cases}) == len(cases)
    assert {case.month for case in cases} <= set(range(2, 11))


def test_of_a_kind_that_is_left_out_the_last_case_is_drawn_and_not_played() -> None:
    every = drawn("a", FIRST, SECOND, TOWNSHIPS, MANY)
    some = drawn("a", FIRST, SECOND, TOWNSHIPS, MANY, ["sham", "late"])
    assert [case.key for case in some] == [case.key for case in every]
    idle = [case for case in some if not case.played]
    assert [case.kind for case in idle] == ["sham", "late"]
    assert [case.key for case in idle] == [
        [case for case in every if case.kind == kind][-1].key for kind in ("sham", "late")
    ]


def test_days_off_fill_up_what_working_days_lack() -> None:
    days = month(2)  # 17 working days, two Saturdays among them
    assert (len(days), days[0], days[-1]) == (28, date(2019, 2, 1), date(2019, 2, 28))
    calendar = WorkingDays()
    assert calendar.between(days[0], days[-1]).days == 17
    chosen = default_days(days, 20)
    assert len(chosen) == 20
    assert [day for day in chosen if not calendar.is_working_day(day)] == [
        date(2019, 2, 17),
        date(2019, 2, 23),
        date(2019, 2, 24),
    ]
    assert len(default_days(days[:3], 20)) == 3
