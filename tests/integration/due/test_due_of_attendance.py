"""What attendance knows to be due: the sheets of May and June 2018 in Jinzhou, on any day of July."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.service import Service
from tests.kit.attendance import paid
from tests.kit.desk import Desk, organ

TARGET, BESIDE = "210727101208", "210727102213"
SECRETARY, VILLAGE, AUDITOR = organ("township", TARGET[:9]), organ("village", TARGET), organ("auditor", "21")
OTHER = organ("township", BESIDE[:9])
COUNTY = organ("county_org", "210727")
CLERK = organ("township", TARGET[:9])


@pytest.fixture(scope="module")
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    """Two villages of two townships: May is sealed late in one, June is compiled in both."""
    desk = paid.open_office(open_desk)
    for target in (TARGET, BESIDE):
        paid.arrive(desk, target, "2018-05-01")
    paid.seal(desk, TARGET, "2018-05", 3, "2018-06-14")
    for target in (TARGET, BESIDE):
        about = {"posting": paid.posting(target), "month": "2018-06"}
        desk.command(organ("village", target), "CompileMonth", "2018-07-02", **about)
    return desk


def sheets(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is owed of the sheets of months; checks of presence are owed beside it."""
    return [row for row in rows if row["kind"].startswith("month_")]


def due(desk: Desk, by: Any, on: str, **params: str) -> list[tuple[Any, ...]]:
    """What ``by`` is shown of sheets on a day: kind, subject, period, last day, day it was met, days overdue."""
    names = ("kind", "subject", "period", "due_on", "met_on", "overdue")
    return [tuple(item[name] for name in names) for item in sheets(desk.query(by, "due", 1000, as_of=on, **params))]


def test_a_secretary_sees_the_sheets_to_sign_and_nothing_of_another_township(desk: Desk) -> None:
    own = ("month_signed", paid.posting(TARGET), "2018-06", "2018-07-10", None, 0)
    assert due(desk, SECRETARY, "2018-07-05") == [own]
    assert due(desk, OTHER, "2018-07-05") == []  # nobody holds the post there: the sheet waits for a secretary
    assert {row[1] for row in due(desk, OTHER, "2018-07-05", scope="area")} == {paid.posting(BESIDE)}


def test_what_is_overdue_comes_first_with_its_clause_and_the_organ_above_sees_its_area(desk: Desk) -> None:
    rows = sheets(desk.query(COUNTY, "due", as_of="2018-07-11", scope="area"))
    assert [(row["kind"], row["subject"], row["period"], row["overdue"]) for row in rows] == [
        ("month_compiled", paid.posting(BESIDE), "2018-05", 31),
        ("month_signed", paid.posting(TARGET), "2018-06", 1),
        ("month_signed", paid.posting(BESIDE), "2018-06", 1),
    ]
    assert (rows[0]["clause"], rows[0]["assumed"]) == ("一.2", True)
    assert rows[0]["area"] == BESIDE
    assert (rows[1]["roles"], rows[1]["post"]) == (["township"], "party_secretary")
    assert rows[1]["area"] == TARGET[:9]
    assert sheets(desk.query(COUNTY, "due", as_of="2018-07-11")) == []  # the county itself owes none of these


@pytest.mark.req("X-055")
def test_an_obligation_met_late_shows_due_met_and_delay(desk: Desk) -> None:
    (late,) = desk.query(VILLAGE, "due", as_of="2018-06-14", state="met")
    assert (late["kind"], late["period"], late["due_on"], late["met_on"], late["delay"]) == (
        *("month_compiled", "2018-05", "2018-06-10"),
        *("2018-06-14", 4),
    )
    (before,) = desk.query(VILLAGE, "due", as_of="2018-06-13")
    assert (before["due_on"], before["met_on"], before["overdue"]) == ("2018-06-10", None, 3)


def test_nothing_is_owed_before_it_arises_and_the_future_is_not_asked(desk: Desk) -> None:
    assert due(desk, VILLAGE, "2018-05-31") == []
    assert due(desk, VILLAGE, "2018-06-01") == [
        ("month_compiled", paid.posting(TARGET), "2018-05", "2018-06-10", None, 0)
    ]
    problem = desk.asked(VILLAGE, "due", as_of="9999-12-31")
    assert (problem["code"], problem["field"]) == ("field_value", "as_of")


def test_turning_the_pages_gives_every_row_once_in_order(desk: Desk) -> None:
    whole = desk.query(AUDITOR, "due", as_of="2018-07-11", state="all")
    assert len(sheets(whole)) == 8
    assert desk.query(AUDITOR, "due", 2, as_of="2018-07-11", state="all") == whole


def test_the_read_models_are_what_the_log_gives_again(desk: Desk) -> None:
    assert desk.replays()
