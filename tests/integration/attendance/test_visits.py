"""Visits without notice, which the inspected see once they are recorded (AT-025), and the routine of work groups
(AT-028)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from gateway.feeds.store import FeedStore
from kernel.codec import recorded
from kernel.service import Received, Service
from kernel.testing import actor
from tests.kit.attendance import paid
from tests.kit.databases import fresh, rows_of
from tests.kit.desk import Desk, organ

VILLAGE, TOWNSHIP_CODE = "210727101208", "210727101"
CITY, COUNTY, TOWNSHIP = organ("city_org", "2107"), organ("county_org", "210727"), organ("township", TOWNSHIP_CODE)
PROVINCE, AUDITOR = organ("province_org", "21"), organ("auditor", "21")
NEIGHBOUR = organ("city_org", "2113")
UNSEEING = (organ("village", VILLAGE), organ("unit", units=("U1",)), actor("cadre", person=f"p-{VILLAGE}"))
VISIT: dict[str, Any] = {"programme": "LN2018", "inspector": "2107", "village": VILLAGE}
MANNER = ("不打招呼", "不设路线", "直接进村", "随机入户")
ROUTINE: dict[str, Any] = {"programme": "LN2018", "area": TOWNSHIP_CODE, "text": "（合成）"}


@pytest.fixture
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    return paid.open_office(open_desk)


def seen(desk: Desk, by: Any, query: str, **params: str) -> list[str]:
    return [row["visit"] for row in desk.query(by, query, 1000, **params)]


@pytest.mark.req("AT-025")
def test_a_planned_visit_is_known_to_the_inspected_from_its_record_on(desk: Desk) -> None:
    early = desk.refused(CITY, "RecordVisit", "2018-06-05", **VISIT, manner=["先打电话"], finding="（合成）")
    assert (early["code"], early["clause"], early["field"]) == ("manner_unknown", "一.3", "manner")
    assert early["accepted"] == "、".join(MANNER)
    assert desk.command(CITY, "PlanVisit", "2018-06-05", **VISIT, day="2018-06-12") == {"VisitPlanned": 1}
    (planned,) = seen(desk, CITY, "visits_planned")
    assert seen(desk, PROVINCE, "visits_planned") == seen(desk, AUDITOR, "visits_planned") == [planned]
    assert seen(desk, CITY, "visits_planned", as_of="2018-06-04") == []
    for by in (COUNTY, TOWNSHIP, *UNSEEING):
        assert desk.asked(by, "visits_planned")["code"] == "role_not_allowed"
    for by in (COUNTY, TOWNSHIP):
        assert seen(desk, by, "visits") == []
    assert seen(desk, NEIGHBOUR, "visits_planned") == []
    # What the plan is of stands in no area but the city's: neither page nor feed of the county has it.
    (line,) = desk.log.rows("select line from log.events where type = 'VisitPlanned'")
    assert orjson.loads(line["line"])["areas"] == ["2107"]
    done = {**VISIT, "visit": planned, "manner": [MANNER[0], MANNER[2]], "finding": "在岗（合成）"}
    elsewhere = desk.refused(CITY, "RecordVisit", "2018-06-12", **{**done, "village": "210727101209"})
    assert (elsewhere["code"], elsewhere["accepted"]) == ("visit_elsewhere", VILLAGE)
    assert desk.refused(CITY, "RecordVisit", "2018-06-04", **done)["code"] == "date_before_ground"
    assert desk.refused(COUNTY, "RecordVisit", "2018-06-12", **done)["code"] == "role_not_allowed"
    assert desk.refused(NEIGHBOUR, "RecordVisit", "2018-06-12", **done)["code"] == "foreign_area"
    assert desk.command(CITY, "RecordVisit", "2018-06-12", **done) == {"VisitRecorded": 1}
    for by in (COUNTY, TOWNSHIP, CITY, PROVINCE, AUDITOR):
        (row,) = desk.query(by, "visits")
        assert (row["visit"], row["manner"], row["visited_on"]) == (planned, [MANNER[0], MANNER[2]], "2018-06-12")
        assert seen(desk, by, "visits", as_of="2018-06-11") == []
        assert "planned_for" not in row
    assert desk.refused(CITY, "RecordVisit", "2018-06-13", **done)["code"] == "visit_recorded"
    assert desk.replays()


def test_a_visit_needs_no_plan_and_stays_in_its_city(desk: Desk) -> None:
    told = {**VISIT, "manner": list(MANNER), "finding": "（合成）"}
    assert desk.command(CITY, "RecordVisit", "2018-06-12", **told) == {"VisitRecorded": 1}
    assert seen(desk, CITY, "visits_planned") == []
    abroad = desk.refused(CITY, "PlanVisit", "2018-06-12", **{**VISIT, "village": "211321102201"}, day="2018-06-20")
    assert abroad["code"] == "visit_not_of_village"
    assert desk.refused(CITY, "RecordVisit", "2018-06-12", **told, visit="nobody")["code"] == "visit_unknown"
    whole = desk.refused(PROVINCE, "PlanVisit", "2018-06-12", **{**VISIT, "inspector": "21"}, day="2018-06-20")
    assert whole["code"] == "rule_unknown"


def test_a_visit_is_planned_for_no_day_gone_and_recorded_with_a_manner(desk: Desk) -> None:
    past = desk.refused(CITY, "PlanVisit", "2018-06-12", **VISIT, day="2018-06-11")
    assert (past["code"], past["field"], past["clause"], past["accepted"]) == (
        "visit_day_past", "day", "一.3", "2018-06-12 起",
    )  # fmt: skip
    assert desk.command(CITY, "PlanVisit", "2018-06-12", **VISIT, day="2018-06-12") == {"VisitPlanned": 1}
    bare = desk.refused(CITY, "RecordVisit", "2018-06-12", **VISIT, manner=[], finding="（合成）")
    assert (bare["code"], bare["field"], bare["clause"]) == ("manner_missing", "manner", "一.3")
    assert bare["accepted"] == "、".join(MANNER)


@pytest.mark.req("AT-025")
def test_a_plan_changes_no_answer_and_no_feed_of_those_inspected(desk: Desk, postgres_server: Any) -> None:
    paid.arrive(desk, VILLAGE, "2018-05-01")
    paid.seal(desk, VILLAGE, "2018-05", 3, "2018-06-04")

    def told() -> dict[str, Any]:
        """Every question that somebody inspected may ask, also of what is due, with its answer."""
        asked = {"due": {"scope": "area", "state": "all"}}
        return {
            f"{by.role} {name}": desk.query(by, name, 1000, **asked.get(name, {}))
            for by in (COUNTY, TOWNSHIP, *UNSEEING)
            for name, query in desk.opened.service.queries.items()
            if by.role in query.roles and not query.needs
        }

    before = told()
    assert before["county_org due"]
    desk.command(CITY, "PlanVisit", "2018-06-05", **VISIT, day="2018-06-12")
    (planned,) = seen(desk, CITY, "visits_planned")
    assert told() == before
    with fresh(postgres_server.url, "gateway") as made:
        store = FeedStore(made["gateway"].url, "21", ("2107", "2113"))
        store.react([Received("attendance", recorded(line)) for line in desk.log.lines(0, 10_000)])
        bodies = [body for (body,) in rows_of(made["gateway"].url, "select body from feed.items where city = '2107'")]
        store.close()
    assert any("AttendanceSealed" in body for body in bodies)
    assert not any(planned in body or "Visit" in body for body in bodies)
    done = {**VISIT, "visit": planned, "manner": [MANNER[0]], "finding": "在岗（合成）"}
    desk.command(CITY, "RecordVisit", "2018-06-12", **done)
    assert {name for name, rows in told().items() if rows != before[name]} == {"county_org visits", "township visits"}


@pytest.mark.req("AT-028")
def test_a_group_makes_at_most_one_bulletin_a_month_and_what_is_missing_is_listed(desk: Desk) -> None:
    def keep(kind: str, on: str) -> dict[str, int]:
        return desk.command(TOWNSHIP, "KeepGroupRoutine", on, **ROUTINE, kind=kind)

    def missing(kind: str, on: str) -> list[str]:
        return [row["period"] for row in desk.query(COUNTY, "group_routine_missing", as_of=on, kind=kind)]

    assert keep("工作简报", "2018-06-01") == {"GroupRoutineKept": 1}
    again = desk.refused(TOWNSHIP, "KeepGroupRoutine", "2018-06-30", **ROUTINE, kind="工作简报")
    assert (again["code"], again["clause"], again["field"]) == ("routine_done", "三.3", "kind")
    assert keep("工作简报", "2018-07-01") == {"GroupRoutineKept": 1}
    keep("交流研讨", "2018-06-03")  # a Sunday
    keep("交流研讨", "2018-06-04")
    assert (
        desk.refused(TOWNSHIP, "KeepGroupRoutine", "2018-06-10", **ROUTINE, kind="交流研讨")["code"] == "routine_done"
    )
    unknown = desk.refused(TOWNSHIP, "KeepGroupRoutine", "2018-06-10", **ROUTINE, kind="年会")
    assert (unknown["code"], unknown["accepted"]) == ("routine_unknown", "动态管理、交流研讨、工作简报")
    assert missing("工作简报", "2018-09-30") == ["2018-08-01"]
    assert missing("工作简报", "2018-10-01") == ["2018-08-01", "2018-09-01"]
    assert missing("交流研讨", "2018-06-18") == ["2018-06-11"]
    assert missing("动态管理", "2018-09-30") == []  # it never began to keep that
    village = desk.refused(TOWNSHIP, "KeepGroupRoutine", "2018-06-10", **{**ROUTINE, "area": VILLAGE}, kind="动态管理")
    assert village["code"] == "group_not_of_township"
    assert desk.counts()["GroupRoutineKept"] == 4
    assert desk.replays()
