"""Projects on the notice board, what of them counts for a year, and how a park's revenue is shared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes
from tests.kit.evaluation.works import (
    ABOUT,
    CADRE,
    COLLEAGUE,
    COUNTY,
    NEIGHBOUR,
    POSTING,
    TOWNSHIP,
    VILLAGE,
    owed,
    refused,
)

BRANCH = organ("village", VILLAGE)
PROJECT = f"{POSTING}.project.1"
NAMED: dict[str, Any] = {"project": PROJECT}
SAID: dict[str, Any] = {"year": "2018", "title": "蔬菜大棚", "content": "新建大棚十栋"}
BOARD = {"place": "村部公示栏", "first": "2018-10-08", "last": "2018-10-14", "sha256": "a" * 64}


def begun(open_desk: Callable[..., Desk], **said: Any) -> Desk:
    """A desk with one registered project."""
    desk = schemes.jinzhou(open_desk)
    assert desk.command(CADRE, "RegisterProject", "2018-10-08", **ABOUT, **SAID, **said) == {"ProjectRegistered": 1}
    return desk


@pytest.mark.req("EV-031")
def test_a_project_without_publicity_does_not_count(open_desk: Callable[..., Desk]) -> None:
    desk = begun(open_desk)
    year = partial(owed, desk, CADRE, "year_project")
    assert year("2018-12-31") == [("2018", "2018-12-31", 0)]
    desk.receipt(BRANCH, "PubliciseProject", "2018-10-08", **ABOUT, **NAMED, **BOARD)
    assert year("2019-01-01") == [("2018", "2018-12-31", 1), ("2019", "2019-12-31", 0)]
    assert desk.command(BRANCH, "CloseProjectPublicity", "2018-12-31", **ABOUT, **NAMED) == {
        "ProjectPublicityClosed": 1
    }
    assert year("2018-12-30") == [("2018", "2018-12-31", 0)]
    assert year("2018-12-31") == []
    assert year("2019-01-01") == [("2019", "2019-12-31", 0)]
    assert owed(desk, NEIGHBOUR, "year_project", "2018-12-30") == []
    (row,) = desk.query(BRANCH, "work_projects", posting=POSTING)
    assert [row[name] for name in ("board", "place", "first", "last", "sha256", "closed_on")] == [
        "village_notice_board", *BOARD.values(), "2018-12-31",
    ]  # fmt: skip
    assert desk.replays()


def test_a_project_is_of_a_year_on_post_and_stands_once(open_desk: Callable[..., Desk]) -> None:
    desk = begun(open_desk)
    register = partial(refused, desk, CADRE, "RegisterProject")
    assert register("2018-11-01", **SAID)[0] == "project_title_twice"
    assert register("2018-11-01", **{**SAID, "year": "2017"})[0] == "work_off_post"
    assert register("2018-11-01", **{**SAID, "year": "2019"}) == ("work_too_early", "二.1")
    assert refused(desk, COLLEAGUE, "RegisterProject", "2018-11-01", **SAID)[0] == "no_reach"


@pytest.mark.req("X-040")
def test_an_objection_blocks_closing_until_it_is_answered(open_desk: Callable[..., Desk]) -> None:
    desk = begun(open_desk)

    def close(on: str) -> tuple[str, str | None]:
        return refused(desk, TOWNSHIP, "CloseProjectPublicity", on, **NAMED)

    objection = {**NAMED, "text": "占用耕地"}
    assert refused(desk, TOWNSHIP, "ReceiveProjectObjection", "2018-10-09", **objection)[0] == "project_not_posted"
    assert close("2018-10-14")[0] == "project_not_posted"
    desk.receipt(TOWNSHIP, "PubliciseProject", "2018-10-08", **ABOUT, **NAMED, **BOARD)
    assert close("2018-10-13") == ("project_still_posted", "二.1")
    for text in ("占用耕地", "没有开会讨论"):
        taken = desk.command(BRANCH, "ReceiveProjectObjection", "2018-10-10", **ABOUT, **NAMED, text=text)
        assert taken == {"ProjectObjectionReceived": 1}
    assert close("2018-10-14") == ("project_objected", "二.1")
    answer = {**NAMED, "text": "用的是荒地"}
    desk.receipt(TOWNSHIP, "AnswerProjectObjection", "2018-10-15", **ABOUT, **answer, number=1)
    assert close("2018-10-15")[0] == "project_objected"
    for number in (1, 3):
        assert refused(desk, TOWNSHIP, "AnswerProjectObjection", "2018-10-15", **answer, number=number)[0] == (
            "project_objection_unknown"
        )
    desk.receipt(TOWNSHIP, "AnswerProjectObjection", "2018-10-16", **ABOUT, **answer, number=2)
    desk.receipt(TOWNSHIP, "CloseProjectPublicity", "2018-10-16", **ABOUT, **NAMED)
    assert close("2018-10-17")[0] == "project_not_posted"
    rows = desk.query(COUNTY, "project_objections", posting=POSTING)
    assert [(row["number"], row["text"], row["answered_on"]) for row in rows] == [
        (1, "占用耕地", "2018-10-15"),
        (2, "没有开会讨论", "2018-10-16"),
    ]
    assert desk.stored("ProjectPublicityClosed")[0]["objections"] == 2
    assert desk.replays()


@pytest.mark.parametrize(
    ("on", "changes", "code"),
    [
        ("2018-10-07", {}, "date_before_ground"),
        ("2018-10-08", {"first": "2018-10-09"}, "project_days"),
        ("2018-10-08", {"first": "2018-10-07"}, "project_days"),
        ("2018-10-08", {"last": "2018-10-07"}, "project_days"),
        ("2018-10-08", {"sha256": "A" * 64}, "field_value"),
        ("2018-10-08", {"project": f"{POSTING}.project.2"}, "project_unknown"),
    ],
)
def test_what_hangs_on_the_board_is_as_it_is_said(
    open_desk: Callable[..., Desk], on: str, changes: dict[str, str], code: str
) -> None:
    desk = begun(open_desk)
    assert refused(desk, BRANCH, "PubliciseProject", on, **{**NAMED, **BOARD, **changes})[0] == code
    desk.receipt(BRANCH, "PubliciseProject", "2018-10-08", **ABOUT, **NAMED, **BOARD)
    assert refused(desk, BRANCH, "PubliciseProject", "2018-10-09", **NAMED, **BOARD)[0] == "project_posted"


@pytest.mark.req("EV-035")
def test_a_park_shares_half_and_half_and_the_village_gets_the_odd_fen(open_desk: Callable[..., Desk]) -> None:
    desk = begun(open_desk, park=True)
    share = partial(desk.command, COUNTY, "ShareRevenue", "2019-01-10", **ABOUT, **NAMED)
    for document, fen in (("收益分配〔2019〕1号", 10001), ("收益分配〔2019〕2号", 10000), ("收益分配〔2019〕3号", 1)):
        assert share(document=document, fen=fen) == {"RevenueShared": 1}
    rows = desk.query(COUNTY, "revenue_shares", posting=POSTING)
    assert [(row["fen"], row["village_fen"], row["park_fen"], row["assumed"]) for row in rows] == [
        (10001, 5001, 5000, True),
        (10000, 5000, 5000, False),
        (1, 1, 0, True),
    ]
    assert all(row["village_fen"] + row["park_fen"] == row["fen"] for row in rows)
    for on, document, fen, told in (
        ("2019-01-11", "收益分配〔2019〕1号", 500, ("revenue_shared", "二.3")),
        ("2019-01-11", "收益分配〔2019〕4号", 0, ("revenue_none", "二.3")),
        ("2018-10-07", "收益分配〔2019〕4号", 500, ("date_before_ground", "二.3")),
    ):
        assert refused(desk, COUNTY, "ShareRevenue", on, **NAMED, document=document, fen=fen) == told
    assert desk.replays()


def test_a_project_of_the_village_is_not_shared(open_desk: Callable[..., Desk]) -> None:
    desk = begun(open_desk)
    said = {"document": "收益分配〔2019〕1号", "fen": 10001}
    assert refused(desk, COUNTY, "ShareRevenue", "2019-01-10", **NAMED, **said)[0] == "project_not_in_park"
