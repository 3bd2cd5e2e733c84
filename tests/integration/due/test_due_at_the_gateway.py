"""What is due over all services, as the gateway shows it: one order, one cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
import pytest

from gateway.due_door import DueDoor, laid
from gateway.exchange import Request
from kernel.errors import BadInput
from kernel.messages import Actor
from kernel.service import Service
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.attendance import paid
from tests.kit.desk import Desk, organ

TARGETS = ("210727101208", "210727102213")
SHOWN = ("month_compiled", "quarter_review", "recall_requirement")
"""The kinds that are looked at here, of all that these cadres' posts bring with them."""
AUDITOR = organ("auditor", "21")


@pytest.fixture(scope="module")
def desks(open_desk: Callable[[Service], Desk]) -> Mapping[str, Desk]:
    """Two cadres on post in Jinzhou; May is compiled in one village, nothing in the other."""
    found = {"allocation": open_desk(ALLOCATION), "personnel": open_desk(PERSONNEL)}
    for service in (ATTENDANCE, EVALUATION):
        desk = found[service.name] = open_desk(service)
        desk.hear_profiles("LN2018", "JZ")
        for target in TARGETS:
            paid.arrive(desk, target, "2018-05-01")
    paid.seal(found["attendance"], TARGETS[0], "2018-05", 3, "2018-06-14")
    return found


def page(desks: Mapping[str, Desk], by: Actor, **query: str) -> dict[str, Any]:
    """One page as the gateway gives it."""

    def services(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        return desks[service].opened.door.query(request)

    reply = DueDoor(services, lambda header: by).due(Request("GET", "/api/v1/due", query=query), "c-1")
    found: dict[str, Any] = orjson.loads(reply.body)
    return found


def told(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(row["due_on"], row["kind"], row["subject"]) for row in rows if row["kind"] in SHOWN]


def test_the_rows_of_all_services_stand_in_one_order_with_the_overdue_first(desks: Mapping[str, Desk]) -> None:
    one, other = map(paid.posting, TARGETS)
    found = page(desks, AUDITOR, as_of="2018-07-01")
    assert told(found["items"]) == [
        ("2018-06-10", "month_compiled", other),
        ("2018-06-30", "quarter_review", "210727"),
        ("2018-07-10", "month_compiled", one),
        ("2018-07-10", "month_compiled", other),
        ("2018-09-30", "quarter_review", "210727"),
        ("2019-04-30", "recall_requirement", one),
        ("2019-04-30", "recall_requirement", other),
        ("2020-04-30", "recall_requirement", one),
        ("2020-04-30", "recall_requirement", other),
        ("2021-04-30", "recall_requirement", one),
        ("2021-04-30", "recall_requirement", other),
    ]
    shown = [(row["service"], row["overdue"]) for row in found["items"] if row["kind"] in SHOWN]
    assert shown[:3] == [("attendance", 21), ("evaluation", 1), ("attendance", 0)]
    days = [row["ranked_on"] for row in found["items"]]
    assert days == sorted(days)
    assert (found["next"], found["as_of"]) == (None, "2018-07-01")


@pytest.mark.parametrize("limit", [1, 2, 3, 8])
def test_one_cursor_turns_the_pages_of_all(desks: Mapping[str, Desk], limit: int) -> None:
    asked = {"as_of": "2018-07-01", "state": "all"}
    rows: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        found = page(desks, AUDITOR, **asked, limit=str(limit), cursor=cursor)
        assert len(found["items"]) <= limit
        rows, cursor = rows + found["items"], found["next"]
    assert rows == page(desks, AUDITOR, **asked)["items"]
    assert len(told(rows)) == 12


def test_a_service_that_withheld_a_whole_page_holds_nobody_up() -> None:
    row = {"done": False, "kind": "k", "programme": "P", "subject": "s", "period": "", "part": ""}
    early, late = {**row, "ranked_on": "2018-01-05"}, {**row, "ranked_on": "2018-03-01"}
    looked = orjson.dumps(["False", "2018-02-01", "j", "P", "s", "", ""]).decode()
    answers: dict[str, Any] = {"one": {"items": [], "next": looked}, "other": {"items": [early, late], "next": None}}
    assert laid(answers, 10) == ([{"service": "other", **early}], looked)


def test_what_no_service_knows_is_refused_and_what_one_knows_is_answered(desks: Mapping[str, Desk]) -> None:
    refused = page(desks, AUDITOR, kind="month_kompiled")
    assert (refused["code"], refused["field"]) == ("field_value", "kind")
    for kind in ("month_compiled（", "quarter_review（"):
        assert kind in refused["accepted"]
    refused = page(desks, AUDITOR, programme="LN2019")
    assert (refused["code"], refused["field"]) == ("field_value", "programme")
    assert "LN2018" in refused["accepted"]
    found = page(desks, AUDITOR, kind="quarter_review", programme="LN2018", as_of="2018-07-01")
    assert {row["service"] for row in found["items"]} == {"evaluation"} == set(found["positions"])


@pytest.mark.parametrize(("area", "seen"), [("2107", True), ("210727", True), ("2101", False), ("14", False)])
def test_a_foreign_area_is_refused(desks: Mapping[str, Desk], area: str, seen: bool) -> None:
    found = page(desks, organ("county_org", "210727"), area=area, scope="area", as_of="2018-07-01")
    assert (bool(found["items"]) if seen else found["code"]) == (True if seen else "foreign_area")


def test_the_problem_of_a_service_is_the_answer(desks: Mapping[str, Desk]) -> None:
    assert page(desks, AUDITOR, as_of="2018-02-30")["code"] == "field_type"
    with pytest.raises(BadInput, match="翻页游标"):
        page(desks, AUDITOR, cursor="x")
    # What the gateway gave to one is of no use to another.
    more = page(desks, AUDITOR, as_of="2018-07-01", limit="1")["next"]
    with pytest.raises(BadInput, match="翻页游标"):
        page(desks, organ("auditor", "2107"), as_of="2018-07-01", limit="1", cursor=more)
