"""The composition of the lists as PostgreSQL sums it: by city, and for the round in all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kernel.service import Service
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import LN2002, PROVINCE, publish
from tests.kit.desk import Desk, organ
from tests.kit.personnel import candidates
from tests.kit.personnel.legs import submitted

LEGS = [f"LN2002.5.out.township.{seat}.1" for seat in range(1, 13)]


@pytest.fixture(scope="module")
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    desk = open_desk(SERVICE)
    publish(desk, PROVINCE, LN2002, "2002-06-17")
    lists = [
        ("2113", {"women": 0, "minorities": 3, "non_party": 0}),
        ("2102", {"women": 2, "minorities": 1}),
        ("2109", None),
    ]
    for city, counts in lists:
        candidates.tell(desk, *submitted(city, tuple(LEGS), counts))
    return desk


@pytest.mark.req("AL-059")
def test_three_shares_by_city_and_by_round_with_a_warning_at_nobody(desk: Desk) -> None:
    rows = desk.query(PROVINCE, "swap_composition", programme=LN2002)
    shown = {row["city"]: row for row in rows}
    assert [row["city"] for row in rows] == ["", "2102", "2109", "2113"]
    assert shown["2113"]["warnings"] == {"women": "none", "non_party": "none"}
    assert shown["2113"]["shares"]["minorities"] == {"count": 3, "of": 12, "missing": 0}
    assert (shown["2109"]["persons"], shown["2109"]["uncounted"], shown["2109"]["warnings"]) == (12, 12, {})
    whole = shown[""]
    assert (whole["persons"], whole["uncounted"], whole["lists"], whole["batch"]) == (36, 12, 3, 1)
    assert {name: share["count"] for name, share in whole["shares"].items()} == {
        "women": 2, "minorities": 4, "non_party": 0
    }  # fmt: skip
    assert whole["warnings"] == {"non_party": "none"}


def test_a_city_sees_its_own_list(desk: Desk) -> None:
    rows = desk.query(organ("city_org", "2113"), "swap_composition", programme=LN2002)
    assert [(row["city"], row["persons"]) for row in rows] == [("", 12), ("2113", 12)]
    assert desk.asked(PROVINCE, "swap_composition", programme="SX2015")["code"] == "rule_unknown"
    assert desk.replays()
