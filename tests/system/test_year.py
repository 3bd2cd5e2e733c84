"""A year of one county with two programmes on a whole system: what was planted is found, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from demo.performances import city_year
from demo.play import play
from demo.year.extent import COUNTY_YEAR

LEFT_OUT = ("shortfall", "sham", "late", "corrected", "cut_short", "short_year")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The summary of a year of which one case of each of some kinds was drawn and not played."""
    data = tmp_path_factory.mktemp("year") / "system"
    return play(data, city_year(replace(COUNTY_YEAR, left_out=LEFT_OUT)), Console(quiet=True))


def test_what_was_planted_is_found_and_nothing_else(year: dict[str, Any]) -> None:
    assert year["found"] == year["planted"]
    counts = {kind: len(keys) for kind, keys in year["found"].items() if keys}
    assert counts == {
        "shortfall": 2,
        "short_year": 1,
        "sham": 1,
        "late": 2,
        "corrected": 2,
        "cut_short": 2,
        "illness": 1,
        "changeover": 1,
        "secretary": 1,
        "new_clock": 2,
    }


def test_what_was_left_out_is_not_found(year: dict[str, Any]) -> None:
    drawn = {kind: keys for kind, keys in year["left_out"].items() if keys}
    assert {kind: len(keys) for kind, keys in drawn.items()} == dict.fromkeys(LEFT_OUT, 1)
    for kind, keys in drawn.items():
        assert not set(keys) & set(year["found"][kind])


def test_every_sheet_was_signed_by_the_secretary_of_that_day_and_sealed(year: dict[str, Any]) -> None:
    assert year["signed_by_others"] == []
    assert year["sheets"]["versions"] == year["sheets"]["sealed"] == year["due"]["months_served"] + 12 * 12 + 2


def test_every_day_passed_and_every_obligation_is_met_or_listed(year: dict[str, Any]) -> None:
    assert year["days_passed"] == {"day": "2020-01-31", "days": 397}
    due = year["due"]
    assert (due["none_lost"], due["all"]) == (True, due["met"] + due["listed"])
    assert due["months_met"] == due["months_served"]
    for kind in ("month_compiled", "month_signed", "month_sealed", "year_opinion", "year_grade"):
        assert due["kinds"][kind]["overdue"] == 0
        assert due["kinds"][kind]["met"] > 0


def test_everybody_of_the_second_programme_is_graded_and_the_logs_replay(year: dict[str, Any]) -> None:
    assert sum(year["grades"].values()) == year["cadres"]["SX2015"] == 12
    assert year["grades"]["基本称职"] == 1
    assert sum(year["ratings"].values()) == 28
    assert year["replay_equal"] is True
