"""Reserves are reviewed by quarter and half-year; cases name those who acted (EV-050 to EV-054). Synthetic names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
import pytest

from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.desk import Desk, organ
from tests.kit.personnel.pool import BRANCH, COMMITTEE, COUNTY, HOME, NEXT, OFFICE, QS2017, TOWNSHIP, Pool
from tests.kit.province import Province

AUDITOR = organ("auditor", "51")
REVIEW = {"quarter": "2018-Q1", "potential": "可任村文书", "shortcomings": "群众工作经验不足"}


class Reviewed:
    """Personnel and evaluation of the province 51 with one active reserve since 18 October 2017."""

    def __init__(self, open_desk: Callable[..., Desk]) -> None:
        self.both = Province(partial(open_desk, province="51"), PERSONNEL, EVALUATION)
        self.personnel, self.evaluation = self.both["personnel"], self.both["evaluation"]
        self.evaluation.hear_profiles(QS2017, on="2017-09-22")
        self.pool = Pool(lambda service, province: self.personnel)
        self.pool.announce()
        self.reserve = self.pool.active(1)
        self.both.pass_on()

    def refused(self, by: Any, name: str, on: str, **said: Any) -> tuple[str, str | None]:
        """The code and clause of a refusal, after which nothing new is stored."""
        before = self.evaluation.counts()
        problem = self.evaluation.refused(by, name, on, **said)
        assert self.evaluation.counts() == before
        return problem["code"], problem["clause"]


@pytest.fixture
def reviewed(open_desk: Callable[..., Desk]) -> Reviewed:
    return Reviewed(open_desk)


@pytest.mark.req("EV-050")
def test_a_reserve_has_one_review_a_quarter_and_a_second_one_corrects_it(reviewed: Reviewed) -> None:
    desk, about = reviewed.evaluation, {"reserve": reviewed.reserve}
    neighbour = organ("township", "511425108")
    assert reviewed.refused(neighbour, "ReviewReserve", "2018-03-20", **about, **REVIEW)[0] == "out_of_reach"
    assert reviewed.refused(COMMITTEE, "ReviewReserve", "2017-12-31", **about, **REVIEW) == (
        "quarter_not_begun",
        "二（三）.2",
    )
    early = {**REVIEW, "quarter": "2017-Q3"}
    assert reviewed.refused(COMMITTEE, "ReviewReserve", "2018-01-02", **about, **early)[0] == "reserve_not_in_quarter"
    assert reviewed.refused(COMMITTEE, "ReviewReserve", "2018-03-20", **about, **{**REVIEW, "shortcomings": " "})[
        0
    ] == ("field_value")
    for on, potential in (("2018-03-20", "可任村文书"), ("2018-04-02", "可任村主任")):
        taken = desk.command(COMMITTEE, "ReviewReserve", on, **about, **{**REVIEW, "potential": potential})
        assert taken == {"ReserveReviewed": 1}
    # What corrects a review is not older than what it corrects; on the same day it may be.
    before = reviewed.refused(COMMITTEE, "ReviewReserve", "2018-04-01", **about, **REVIEW)
    assert before == ("date_before_ground", "二（三）.2")
    rows = desk.query(OFFICE, "reserve_reviews", programme=QS2017, level="township")
    assert [(row["quarter"], row["version"], row["potential"], row["given_on"]) for row in rows] == [
        ("2018-Q1", 1, "可任村文书", "2018-03-20"),
        ("2018-Q1", 2, "可任村主任", "2018-04-02"),
    ]
    assert len(desk.query(OFFICE, "reserve_reviews", programme=QS2017, as_of="2018-04-01")) == 1
    assert desk.replays()


@pytest.mark.req("EV-051")
def test_village_and_township_stand_on_the_fact_sheet_by_quarter_in_any_order(reviewed: Reviewed) -> None:
    desk, about = reviewed.evaluation, {"reserve": reviewed.reserve}
    other = organ("village", NEXT)
    said = {"quarter": "2018-Q2", "opinion": "群众认可"}
    assert reviewed.refused(other, "GiveVillageOpinion", "2018-06-20", **about, **said)[0] == "out_of_reach"
    desk.receipt(BRANCH, "GiveVillageOpinion", "2018-06-20", **about, **said)
    desk.receipt(COMMITTEE, "ReviewReserve", "2018-03-20", **about, **REVIEW)
    early = reviewed.refused(BRANCH, "GiveVillageOpinion", "2018-06-19", **about, **said)
    assert early == ("date_before_ground", "附件2")
    desk.receipt(BRANCH, "GiveVillageOpinion", "2018-06-28", **about, **{**said, "opinion": "群众公认"})
    reviewed.both.pass_on()
    person = reviewed.reserve.partition(".")[2]
    (sheet,) = reviewed.personnel.query(OFFICE, "reserve_sheet", programme=QS2017, person=person, year="2018")
    quarters = [(one["village_opinion"], one["township_opinion"]) for one in sheet["quarters"]]
    review = "发展潜力：可任村文书；主要不足：群众工作经验不足"
    assert quarters == [("", review), ("群众公认", ""), ("", ""), ("", "")]
    assert reviewed.personnel.replays()


@pytest.mark.req("EV-052")
def test_the_county_analyses_inspects_and_appraises_and_a_township_missed_is_listed(reviewed: Reviewed) -> None:
    desk = reviewed.evaluation
    about = {"programme": QS2017, "period": "2018-H1", "finding": "队伍结构合理"}
    refused = partial(reviewed.refused, OFFICE)
    assert refused("AnalyseReserves", "2018-06-20", **about, area=TOWNSHIP)[0] == "not_a_county"
    assert refused("InspectTownship", "2018-06-20", **about, area=COUNTY)[0] == "not_a_township"
    nowhere = f"{COUNTY}999"
    assert refused("InspectTownship", "2018-06-20", **about, area=nowhere)[0] == "not_a_township"
    assert refused("AppraiseTownship", "2018-12-30", **{**about, "period": "2018"}, area=nowhere)[0] == "not_a_township"
    assert refused("InspectTownship", "2017-12-31", **about, area=TOWNSHIP) == ("round_before_period", "三（二）")
    assert refused("InspectTownship", "2018-06-20", **{**about, "period": "2018-Q1"}, area=TOWNSHIP)[0] == "field_value"
    assert desk.command(OFFICE, "AnalyseReserves", "2018-06-20", **about, area=COUNTY) == {"HalfYearAnalysis": 1}

    def missed(on: str, kind: str) -> list[tuple[str, str]]:
        rows = desk.query(OFFICE, "due", as_of=on, kind=kind, programme=QS2017)
        return [(row["subject"], row["period"]) for row in rows if row["overdue"]]

    assert missed("2018-06-30", "township_inspection") == [(TOWNSHIP, "2017-H2")]
    assert missed("2018-07-01", "township_inspection") == [(TOWNSHIP, "2017-H2"), (TOWNSHIP, "2018-H1")]
    assert missed("2018-07-01", "reserve_analysis") == [(COUNTY, "2017-H2")]
    assert desk.command(OFFICE, "InspectTownship", "2018-06-30", **about, area=TOWNSHIP) == {"TownshipInspected": 1}
    assert missed("2018-07-01", "township_inspection") == [(TOWNSHIP, "2017-H2")]
    year = {"programme": QS2017, "area": TOWNSHIP, "period": "2018", "finding": "优"}
    assert desk.command(OFFICE, "AppraiseTownship", "2018-12-28", **year) == {"YearEndAppraised": 1}
    assert missed("2019-01-01", "township_appraisal") == [(TOWNSHIP, "2017")]
    assert desk.replays()


@pytest.mark.req("EV-053")
def test_the_secretaries_figures_are_counted_from_the_events_of_the_year(reviewed: Reviewed) -> None:
    desk, about = reviewed.evaluation, {"reserve": reviewed.reserve}
    desk.receipt(COMMITTEE, "ReviewReserve", "2018-03-20", **about, **REVIEW)
    desk.receipt(COMMITTEE, "ReviewReserve", "2018-03-21", **about, **REVIEW)
    desk.receipt(BRANCH, "GiveVillageOpinion", "2018-06-20", **about, quarter="2018-Q2", opinion="群众认可")
    round_ = {"programme": QS2017, "period": "2018-H2", "finding": "补录", "area": TOWNSHIP}
    desk.receipt(OFFICE, "InspectTownship", "2019-01-03", **round_)

    def sheet(year: str) -> dict[str, dict[str, Any]]:
        rows = desk.query(AUDITOR, "reserve_secretary_sheet", year=year, programme=QS2017)
        return {row["area"]: row for row in rows}

    figures = ("active", "entered", "removed", "used", "reviews", "opinions", "inspections", "cases")
    assert [sheet("2018")[TOWNSHIP][name] for name in figures] == [1, 0, 0, 0, 1, 1, 0, 0]
    assert [sheet("2018")[HOME][name] for name in figures] == [1, 0, 0, 0, 1, 1, 0, 0]
    assert [sheet("2017")[TOWNSHIP][name] for name in figures] == [1, 1, 0, 0, 0, 0, 0, 0]
    assert [sheet("2019")[TOWNSHIP][name] for name in figures] == [1, 0, 0, 0, 0, 0, 1, 0]
    assert sheet("2016")[TOWNSHIP]["active"] == 0
    for wrong in ("20l8", "0", "10000", "9" * 5000):
        assert desk.asked(AUDITOR, "reserve_secretary_sheet", year=wrong)["code"] == "year_wrong"


@pytest.mark.req("EV-054")
def test_a_case_names_those_who_acted_in_the_events_it_is_about(reviewed: Reviewed) -> None:
    desk, about = reviewed.evaluation, {"reserve": reviewed.reserve}
    acts = {row["what"]: row for row in desk.query(OFFICE, "reserve_acts", programme=QS2017)}
    lines = reviewed.personnel.log.rows("select type, line from log.events order by position")
    recorded = {row["type"]: orjson.loads(row["line"])["actor"] for row in lines}
    named = [acts["ReserveDetermined"]["act"], acts["ReserveMassEvaluated"]["act"]]
    finding = {"acts": named, "finding": "评选票数与登记不符"}
    assert (
        reviewed.refused(OFFICE, "OpenBreachCase", "2018-05-02", **about, acts=[], finding="无")[0]
        == "reserve_act_unknown"
    )
    wrong = {"acts": [*named, "personnel:0"], "finding": "无"}
    assert reviewed.refused(OFFICE, "OpenBreachCase", "2018-05-02", **about, **wrong) == (
        "reserve_act_unknown",
        "三（二）",
    )
    assert desk.command(OFFICE, "OpenBreachCase", "2018-05-02", **about, **finding) == {"BreachCaseOpened": 1}
    (case,) = desk.query(OFFICE, "breach_cases", programme=QS2017)
    assert [(one["act"], one["account"], one["office"], one["organ"]) for one in case["responsible"]] == [
        (what, *(recorded[what][name] for name in ("person", "post", "organ")))
        for what in ("ReserveDetermined", "ReserveMassEvaluated")
    ]
    measure = {"breach": case["breach"], "measure": "诫勉谈话", "document": "青纪〔2018〕1号"}
    assert reviewed.refused(OFFICE, "PursueResponsibility", "2018-05-09", **about, **measure, account="别人")[0] == (
        "not_responsible"
    )
    account = case["responsible"][0]["account"]
    desk.receipt(OFFICE, "PursueResponsibility", "2018-05-09", **about, **measure, account=account)
    assert [row["account"] for row in desk.query(OFFICE, "responsibility_pursued", breach=case["breach"])] == [account]
    assert desk.replays()


def test_a_case_is_not_older_than_what_it_is_about_nor_a_measure_than_the_case(reviewed: Reviewed) -> None:
    desk, about = reviewed.evaluation, {"reserve": reviewed.reserve}
    for on in ("2018-03-20", "2018-03-28"):
        desk.receipt(COMMITTEE, "ReviewReserve", on, **about, **REVIEW)
    acts = [row["act"] for row in desk.query(OFFICE, "reserve_acts") if row["what"] == "ReserveReviewed"]
    finding = {"acts": acts, "finding": "评议失实"}
    early = ("date_before_ground", "三（二）")
    assert reviewed.refused(OFFICE, "OpenBreachCase", "2018-03-27", **about, **finding) == early
    desk.receipt(OFFICE, "OpenBreachCase", "2018-03-28", **about, **finding)
    (case,) = desk.query(OFFICE, "breach_cases")
    (responsible,) = case["responsible"]  # who acted twice is named once
    measure = {"account": responsible["account"], "measure": "诫勉谈话", "document": "青纪〔2018〕1号"}
    assert reviewed.refused(
        OFFICE, "PursueResponsibility", "2018-03-27", **about, breach=case["breach"], **measure
    ) == (early)
    desk.receipt(OFFICE, "PursueResponsibility", "2018-03-28", **about, breach=case["breach"], **measure)
    assert desk.replays()
