"""A first secretary takes no post of the village's committees and no part in their election (PE-036)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.personnel import caring, cast
from tests.kit.personnel.caring import ELSEWHERE, JINZHOU, OTHER_TOWNSHIP, posting

VILLAGERS = [f"p-villager-{n}" for n in range(1, 6)]
CADRE = f"p-{posting(ELSEWHERE)}"
ABOUT: dict[str, Any] = {"programme": "LN2018", "village": ELSEWHERE}


@pytest.mark.req("PE-036")
def test_a_first_secretary_counts_in_no_headcount_and_stands_in_no_election(open_desk: Callable[..., Desk]) -> None:
    desk = caring.running(open_desk, JINZHOU)
    committees = {**ABOUT, "posts": 5}

    def headcount() -> list[tuple[int, int, int]]:
        rows = desk.query(cast.PROVINCE, "headcounts")
        return [(row["posts"], row["members"], row["dispatched"]) for row in rows]

    desk.command(OTHER_TOWNSHIP, "RecordCommittees", "2018-04-20", **committees, members=VILLAGERS)
    assert headcount() == [(5, 5, 0)]
    caring.place(desk, ELSEWHERE)
    assert headcount() == [(5, 5, 1)], "the posts are full, and the cadre takes none"
    inside = [*VILLAGERS[:4], CADRE]
    counted = desk.refused(OTHER_TOWNSHIP, "RecordCommittees", "2018-05-02", **committees, members=inside)
    assert (counted["code"], counted["field"], counted["clause"]) == ("cadre_not_of_the_village", "members.4", "五.1")
    many = desk.refused(OTHER_TOWNSHIP, "RecordCommittees", "2018-05-02", **ABOUT, posts=4, members=VILLAGERS)
    assert many["code"] == "headcount_exceeded"

    def roll(on: str, candidates: list[str], voters: list[str]) -> dict[str, Any]:
        return {**ABOUT, "held_on": on, "candidates": candidates, "voters": voters}

    for field, lists in (("candidates.1", ([VILLAGERS[0], CADRE], VILLAGERS)), ("voters.0", (VILLAGERS, [CADRE]))):
        barred = desk.refused(OTHER_TOWNSHIP, "FileElectionRoll", "2018-06-01", **roll("2018-06-10", *lists))
        assert (barred["code"], barred["field"]) == ("cadre_not_of_the_village", field)
    villagers = roll("2018-06-10", VILLAGERS[:2], VILLAGERS)
    assert desk.command(OTHER_TOWNSHIP, "FileElectionRoll", "2018-06-01", **villagers) == {"ElectionRollFiled": 1}
    # Before he came to the post, and in a village that is not his, nothing bars him here.
    desk.command(OTHER_TOWNSHIP, "FileElectionRoll", "2018-06-01", **roll("2018-05-01", [], [CADRE]))
    neighbour = {**roll("2018-06-10", [], [CADRE]), "village": f"{ELSEWHERE[:9]}202"}
    desk.command(OTHER_TOWNSHIP, "FileElectionRoll", "2018-06-01", **neighbour)
    foreign = desk.refused(organ("township", JINZHOU[:9]), "FileElectionRoll", "2018-06-01", **villagers)
    assert (foreign["code"], foreign["kind"]) == ("foreign_area", "forbidden")
    township = desk.refused(
        OTHER_TOWNSHIP, "RecordCommittees", "2018-06-01", **{**committees, "village": ELSEWHERE[:9]}, members=[]
    )
    assert township["code"] == "not_a_village"
    assert desk.replays()
