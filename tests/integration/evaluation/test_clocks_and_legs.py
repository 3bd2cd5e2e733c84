"""Evaluation on PostgreSQL: clocks, triggers, the case, secondments, and facts in either order of arrival."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kernel.service import Service
from kernel.testing import actor
from programmes import loader
from services.evaluation.wiring import SERVICE
from services.personnel.parts import LEG as LEG_PART
from tests.kit.desk import Desk
from tests.kit.evaluation import secondments
from tests.kit.personnel import legs
from tests.kit.personnel.cadre import Cadre

LATE, IN_TIME, TOWNSHIP, ELSEWHERE = "210727101208", "210727102213", "210727101", "211302101201"
HELD_JINZHOU, HELD_ELSEWHERE, HELD_GONE = "210727103201", "211302101202", "210727103202"
CASE = f"LN2018.{LATE}.1.T1"
PROVINCE = actor("province_org", areas=("21",), person="p-province")
SYSTEM = actor("system", areas=("21",), person="system")
COUNTY = actor("county_org", areas=("210727",), person="p-yixian")
SENDING = actor("city_org", areas=("2113",), person="p-chaoyang")
HOST = actor("city_org", areas=("2102",), person="p-dalian")
LEG = "LN2002.5.out.county.1"
EVIDENCE = {"document": "义农〔2021〕3号"}


def posting(target: str) -> str:
    return f"LN2018.{target}.1"


def reported(desk: Desk, number: int) -> None:
    """The leg is reported, by the first cadre or by a substitute, who serves the rest of the seat's term."""
    leg = legs.leg(legs.post(), number=number)
    begun = {} if number == 1 else {"term_from": date(2002, 7, 15)}
    report = legs.report("2002-07-15" if number == 1 else "2002-11-18", **begun)
    secondments.tell(desk, *LEG_PART.decide(leg.state, report))


@pytest.fixture(scope="module")
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018", on="2018-04-16")
    # Three postings come in before the supplement they were decided under; one of them has ended again by then.
    Cadre(desk, HELD_JINZHOU).arrive("2018-05-03")
    Cadre(desk, HELD_ELSEWHERE).arrive("2018-05-02")
    Cadre(desk, HELD_GONE).arrive("2018-05-02").withdraw("2018-06-01")
    for name in ("JZ", "LN2002"):
        desk.hear("allocation", "ProfilePublished", "2018-04-16", **loader.load(name).published())
    for target in (LATE, IN_TIME, TOWNSHIP):
        Cadre(desk, target).arrive("2018-05-02")
    Cadre(desk, ELSEWHERE).arrive("2018-05-02")
    return desk


@pytest.fixture(scope="module")
def recalled(desk: Desk) -> Desk:
    """The case of LATE from the trigger to the file."""
    desk.command(COUNTY, "AcceptIdea", "2019-05-01", posting=posting(IN_TIME), title="合作社")
    desk.command(COUNTY, "AcceptIdea", "2019-05-01", posting=posting(HELD_JINZHOU), title="合作社")
    assert desk.command(SYSTEM, "RaiseDueTriggers", "2019-05-01", as_of="2019-05-01") == {}
    assert desk.command(SYSTEM, "RaiseDueTriggers", "2019-05-02", as_of="2019-05-02") == {"RecallTriggerRaised": 1}
    assert desk.command(SYSTEM, "RaiseDueTriggers", "2019-05-03", as_of="2019-05-03") == {}
    case = {"posting": posting(LATE), "case": CASE}
    assert desk.refused(COUNTY, "FileRecallRecord", "2019-05-05", document="1号", **case)["code"] == "interview_missing"
    desk.command(COUNTY, "HoldInterview", "2019-05-06", note="1号", **case)
    assert desk.refused(COUNTY, "FileRecallRecord", "2019-05-07", document="1号", **case)["code"] == "recall_missing"
    Cadre(desk, LATE).serving("2018-05-02").recall("2019-05-13", CASE, "T1", "2019-05-06")
    desk.command(COUNTY, "FileRecallRecord", "2019-06-04", document="1号", **case)
    return desk


def targets(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(row["target"] for row in rows)


def test_clocks_run_where_the_rules_have_triggers_whichever_came_first(desk: Desk) -> None:
    assert targets(desk.query(PROVINCE, "clocks")) == sorted([LATE, IN_TIME, HELD_JINZHOU])
    (held,) = desk.query(PROVINCE, "triggers", posting=posting(HELD_JINZHOU), trigger="T1")
    assert (held["started_on"], held["due"]) == ("2018-05-03", "2019-05-03")
    assert desk.counts()["PostingHeld"] == desk.counts()["PostingReleased"] == 2


def test_the_case_from_trigger_to_file(recalled: Desk) -> None:
    (case,) = recalled.query(PROVINCE, "cases")
    days = {name: case[name] for name in ("due", "raised_on", "interviewed_on", "recalled_on", "recorded_on")}

    assert (case["case"], case["trigger"], case["cleared_on"]) == (CASE, "T1", None)
    assert days == {
        "due": "2019-05-02",
        "raised_on": "2019-05-02",
        "interviewed_on": "2019-05-06",
        "recalled_on": "2019-05-13",
        "recorded_on": "2019-06-04",
    }
    assert recalled.query(PROVINCE, "recalls", as_of="2019-05-12") == []
    assert targets(recalled.query(PROVINCE, "recalls")) == [LATE]
    assert targets(recalled.query(PROVINCE, "clocks", as_of="2019-05-13")) == sorted([IN_TIME, HELD_JINZHOU])
    assert targets(recalled.query(PROVINCE, "ideas", what="development_idea")) == sorted([IN_TIME, HELD_JINZHOU])
    assert recalled.query(SENDING, "cases") == []


def test_triggers_are_not_raised_for_a_day_to_come(desk: Desk) -> None:
    problem = desk.refused(SYSTEM, "RaiseDueTriggers", "2019-05-02", as_of="2019-05-03")

    assert (problem["code"], problem["field"]) == ("as_of_in_future", "as_of")


def test_a_delisted_village_is_spared_and_a_late_delisting_clears(recalled: Desk) -> None:
    recalled.command(COUNTY, "AcceptIncomeChannel", "2020-04-01", posting=posting(IN_TIME), title="光伏")
    recalled.command(COUNTY, "AcceptIncomeChannel", "2020-04-01", posting=posting(HELD_JINZHOU), title="光伏")
    delisting = {"programme": "LN2018", "target": IN_TIME, **EVIDENCE}
    assert recalled.command(COUNTY, "RecordDelisting", "2021-05-01", **delisting) == {"VillageDelisted": 1}
    assert recalled.command(SYSTEM, "RaiseDueTriggers", "2021-05-03", as_of="2021-05-03") == {"RecallTriggerRaised": 1}
    (case,) = recalled.query(PROVINCE, "cases", trigger="T3")
    assert case["target"] == HELD_JINZHOU
    late = recalled.command(
        COUNTY, "RecordDelisting", "2021-05-02", programme="LN2018", target=HELD_JINZHOU, **EVIDENCE
    )
    assert late == {"VillageDelisted": 1, "RecallTriggerCleared": 1}
    for target, code, clause in ((IN_TIME, "case_unknown", "二.2"), (HELD_JINZHOU, "case_cleared", "二.2")):
        asked = {"posting": posting(target), "case": f"{posting(target)}.T3", "note": "1号"}
        spared = recalled.refused(COUNTY, "HoldInterview", "2021-05-06", **asked)
        assert (spared["code"], spared["clause"]) == (code, clause)
    foreign = recalled.refused(
        COUNTY, "RecordDelisting", "2021-05-02", programme="LN2018", target=ELSEWHERE, **EVIDENCE
    )
    assert foreign["code"] == "foreign_area"


def test_secondments_are_assessed_by_the_sending_city_and_reviewed_by_the_province(desk: Desk) -> None:
    reported(desk, 1)
    day = "2003-06-09"
    assessment: dict[str, Any] = {
        "dimensions": dict.fromkeys("德能勤绩廉", "好"),
        "emphasis": "思想作风扎实",
        "methods": [{"method": name, "on": day} for name in ("hearing", "documents", "field_visit")],
        "report": "字" * 1000,
        "copies": 3,
    }
    first = {"leg": f"{LEG}.1", **assessment}
    refused = desk.refused(HOST, "AssessSecondment", "2003-06-10", **first)
    assert (refused["code"], refused["kind"], refused["clause"]) == ("not_your_business", "forbidden", "二")
    numbers = desk.refused(SENDING, "AssessSecondment", "2003-06-10", **{**first, "dimensions": {"德": 5}})
    assert (numbers["kind"], numbers["field"]) == ("bad_input", "dimensions.德.value")

    assert [row["leg"] for row in desk.query(PROVINCE, "assessments_due", as_of="2003-07-15")] == [f"{LEG}.1"]
    assert desk.query(PROVINCE, "assessments_due", as_of="2003-07-14") == []
    reported(desk, 2)
    assert [row["leg"] for row in desk.query(PROVINCE, "assessments_due", as_of="2003-07-15")] == [f"{LEG}.2"]
    replaced = desk.refused(SENDING, "AssessSecondment", "2003-06-10", **first)
    assert (replaced["code"], replaced["accepted"]) == ("leg_replaced", f"{LEG}.2")
    desk.command(SENDING, "AssessSecondment", "2003-06-10", leg=f"{LEG}.2", **assessment)
    desk.command(PROVINCE, "ReviewReport", "2003-06-25", leg=f"{LEG}.2", opinion="同意")
    assert desk.query(PROVINCE, "assessments_due", as_of="2003-07-15") == []
    (row,) = desk.query(HOST, "secondments", leg=f"{LEG}.2")
    assert (row["report_chars"], row["copies"], row["reviewed_on"]) == (1000, 3, "2003-06-25")
    unknown = desk.refused(SENDING, "AssessSecondment", "2003-06-10", leg="nonsense", **assessment)
    assert unknown["code"] == "secondment_unknown"


def test_replay_gives_the_same_read_models(recalled: Desk) -> None:
    assert recalled.replays()
