"""Difficulties of a cadre are raised, assigned and solved; what is open stands by county with its age (X-006)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes
from tests.kit.evaluation.works import CADRE, COLLEAGUE, COUNTY, NEIGHBOUR, POSTING, TOWNSHIP, VILLAGE, refused

OTHER_COUNTY = organ("county_org", "210726")
HERE: dict[str, Any] = {"programme": "LN2018", "county": VILLAGE[:6]}
FIRST, SECOND = (f"LN2018.{VILLAGE[:6]}.difficulty.{n}" for n in (1, 2))


def code(desk: Desk, by: Any, name: str, on: str, **data: Any) -> tuple[str, str | None]:
    before = desk.counts()
    problem = desk.refused(by, name, on, **data)
    assert desk.counts() == before
    return problem["code"], problem["clause"]


def still(desk: Desk, on: str, by: Any = COUNTY) -> list[tuple[str, str, str, int]]:
    rows = desk.query(by, "difficulties_open", as_of=on)
    return [(row["county"], row["difficulty"], row["organ"], row["age"]) for row in rows]


@pytest.mark.req("X-006")
def test_what_is_open_stands_by_county_with_its_age_in_days(open_desk: Callable[..., Desk]) -> None:
    desk, county = schemes.jinzhou(open_desk), VILLAGE[:6]
    life = {"kind": "生活", "text": "冬季取暖没有着落"}
    assert refused(desk, CADRE, "RaiseDifficulty", "2018-06-20", **{**life, "kind": "其他"}) == (
        "difficulty_kind", "一.1",
    )  # fmt: skip
    assert refused(desk, CADRE, "RaiseDifficulty", "2018-05-01", **life) == ("work_off_post", "一.1")
    assert refused(desk, COLLEAGUE, "RaiseDifficulty", "2018-06-20", **life)[0] == "no_reach"
    assert refused(desk, NEIGHBOUR, "RaiseDifficulty", "2018-06-20", **life)[0] == "out_of_reach"
    work = {"posting": POSTING, "kind": "工作", "text": "村部没有网络"}
    assert desk.command(TOWNSHIP, "RaiseDifficulty", "2018-06-25", **work) == {"DifficultyRaised": 1}
    # Told later, it was there earlier.
    desk.receipt(CADRE, "RaiseDifficulty", "2018-06-20", posting=POSTING, **life)
    assert still(desk, "2018-06-19") == []
    assert still(desk, "2018-06-20") == [(county, SECOND, "", 0)]
    assert still(desk, "2018-07-01") == [(county, FIRST, "", 6), (county, SECOND, "", 11)]
    assert still(desk, "2018-07-01", OTHER_COUNTY) == []
    done = {**HERE, "difficulty": SECOND, "solution": "村部接通供暖"}
    assert code(desk, COUNTY, "SolveDifficulty", "2018-07-10", **done) == ("difficulty_unassigned", "一.1")
    given = {**HERE, "difficulty": SECOND, "organ": "县住建局"}
    assert code(desk, COUNTY, "AssignDifficulty", "2018-06-19", **given)[0] == "date_before_ground"
    assert code(desk, OTHER_COUNTY, "AssignDifficulty", "2018-06-26", **given)[0] == "foreign_area"
    unknown = {**given, "difficulty": f"LN2018.{county}.difficulty.3"}
    assert code(desk, COUNTY, "AssignDifficulty", "2018-06-26", **unknown)[0] == "difficulty_unknown"
    assert desk.command(COUNTY, "AssignDifficulty", "2018-06-26", **given) == {"DifficultyAssigned": 1}
    # Another solves it from a later day on, never from an earlier one.
    assert code(desk, COUNTY, "AssignDifficulty", "2018-06-25", **given)[0] == "date_before_ground"
    assert still(desk, "2018-06-25") == [(county, FIRST, "", 0), (county, SECOND, "", 5)]
    assert still(desk, "2018-06-26") == [(county, FIRST, "", 1), (county, SECOND, "县住建局", 6)]
    assert code(desk, COUNTY, "SolveDifficulty", "2018-06-25", **done)[0] == "date_before_ground"
    assert desk.command(COUNTY, "SolveDifficulty", "2018-07-10", **done) == {"DifficultySolved": 1}
    assert code(desk, COUNTY, "SolveDifficulty", "2018-07-11", **done)[0] == "difficulty_solved"
    assert [row[1] for row in still(desk, "2018-07-09")] == [FIRST, SECOND]
    assert still(desk, "2018-07-10") == [(county, FIRST, "", 15)]
    (row,) = (row for row in desk.query(TOWNSHIP, "difficulties") if row["difficulty"] == SECOND)
    assert (row["organ"], row["solved_on"]) == ("县住建局", "2018-07-10")
    assert desk.replays()


@pytest.mark.req("X-006")
def test_who_solved_it_before_it_went_to_another_is_shown_as_of_then(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.jinzhou(open_desk)
    desk.receipt(CADRE, "RaiseDifficulty", "2018-06-20", posting=POSTING, kind="生活", text="冬季取暖没有着落")
    for organ_, on in (("县住建局", "2018-06-26"), ("县民政局", "2018-07-02")):
        desk.receipt(COUNTY, "AssignDifficulty", on, **HERE, difficulty=FIRST, organ=organ_)
    desk.receipt(COUNTY, "SolveDifficulty", "2018-07-10", **HERE, difficulty=FIRST, solution="村部接通供暖")
    days = "2018-06-25", "2018-06-26", "2018-07-01", "2018-07-02"
    assert [still(desk, on)[0][2] for on in days] == ["", "县住建局", "县住建局", "县民政局"]
    told = {on: row for on in (*days, "2018-07-10") for row in desk.query(COUNTY, "difficulties", as_of=on)}
    shown = [(row["organ"], row["assigned_on"], row["solution"], row["solved_on"]) for row in told.values()]
    assert shown == [
        ("", None, "", None),
        ("县住建局", "2018-06-26", "", None),
        ("县住建局", "2018-06-26", "", None),
        ("县民政局", "2018-07-02", "", None),
        ("县民政局", "2018-07-02", "村部接通供暖", "2018-07-10"),
    ]
    assert desk.query(COUNTY, "difficulties", as_of="2018-06-19") == []
    assert desk.query(COUNTY, "difficulties") == [told["2018-07-10"]]
    assert desk.replays()


@pytest.mark.req("X-006")
def test_symposia_are_rows_of_their_county(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.jinzhou(open_desk)
    held = {**HERE, "present": 12, "minutes": "座谈会纪要〔2018〕1号"}
    assert code(desk, OTHER_COUNTY, "HoldSymposium", "2018-06-20", **held)[0] == "foreign_area"
    assert code(desk, COUNTY, "HoldSymposium", "2018-06-20", **{**held, "present": 0})[0] == "symposium_empty"
    assert desk.command(COUNTY, "HoldSymposium", "2018-06-20", **held) == {"SymposiumHeld": 1}
    (row,) = desk.query(COUNTY, "symposia", programme="LN2018")
    assert (row["number"], row["present"], row["held_on"]) == (1, 12, "2018-06-20")
    assert desk.query(OTHER_COUNTY, "symposia") == desk.query(COUNTY, "symposia", as_of="2018-06-19") == []
    assert desk.replays()


def test_elsewhere_nobody_asks_for_it(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    said = {"posting": schemes.CADRE, "kind": "生活", "text": "取暖"}
    assert code(desk, schemes.COUNTY, "RaiseDifficulty", "2015-12-01", **said)[0] == "rule_unknown"
