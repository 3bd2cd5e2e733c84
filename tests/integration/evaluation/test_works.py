"""Plans, reports and summaries of a cadre in Jinzhou: their parts, periods and recipients, and what of them is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.messages import Actor
from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes
from tests.kit.evaluation.works import ABOUT, CADRE, COLLEAGUE, COUNTY, NEIGHBOUR, POSTING, TOWNSHIP, owed, refused

PARTS = {
    "goal": "集体收入翻番",
    "measures": "成立合作社",
    "time_points": "每季度末自查",
    "responsibility": "第一书记牵头",
}
BOTH = ["unit", "next_higher_committee"]


@pytest.mark.req("EV-030")
def test_a_plan_without_time_points_is_refused(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.jinzhou(open_desk)
    for content in ({name: text for name, text in PARTS.items() if name != "time_points"}, {**PARTS, "budget": "无"}):
        assert refused(desk, CADRE, "FilePlan", "2018-06-01", kind="three_year", content=content) == (
            "plan_parts_missing", "二.1",
        )  # fmt: skip
    blank = {**PARTS, "time_points": " "}
    assert refused(desk, CADRE, "FilePlan", "2018-06-01", kind="three_year", content=blank)[0] == "field_value"
    told = desk.refused(CADRE, "FilePlan", "2018-06-01", **ABOUT, kind="three_year", content={})
    assert "时间节点" in told["sentence"]
    assert "time_points" in told["accepted"]


@pytest.mark.req("EV-030")
def test_one_plan_of_three_years_and_one_a_year_and_a_second_is_the_next_version(
    open_desk: Callable[..., Desk],
) -> None:
    desk = schemes.jinzhou(open_desk)
    plan = {**ABOUT, "content": PARTS}
    assert refused(desk, COLLEAGUE, "FilePlan", "2018-06-01", kind="three_year", content=PARTS)[0] == "no_reach"
    assert refused(desk, NEIGHBOUR, "FilePlan", "2018-06-01", kind="three_year", content=PARTS)[0] == "out_of_reach"
    for kind, year in (("yearly", None), ("three_year", "2018")):
        assert refused(desk, CADRE, "FilePlan", "2018-06-01", kind=kind, year=year, content=PARTS)[0] == "plan_year"
    early = {"kind": "yearly", "year": "2017", "content": PARTS}
    assert refused(desk, CADRE, "FilePlan", "2018-06-01", **early)[0] == "work_off_post"
    assert refused(desk, CADRE, "FilePlan", "2018-05-01", kind="three_year", content=PARTS)[0] == "work_too_early"
    assert owed(desk, CADRE, "three_year_plan", "2018-06-30") == [("", None, 0)]
    for by, on, said in (
        (CADRE, "2018-06-01", {"kind": "three_year"}),
        (CADRE, "2018-12-20", {"kind": "yearly", "year": "2019"}),
        (TOWNSHIP, "2019-01-04", {"kind": "yearly", "year": "2019"}),
    ):
        assert desk.command(by, "FilePlan", on, **plan, **said) == {"PlanFiled": 1}
    rows = desk.query(COUNTY, "work_plans", posting=POSTING)
    assert [(row["kind"], row["year"], row["version"], row["filed_on"]) for row in rows] == [
        ("three_year", "", 1, "2018-06-01"),
        ("yearly", "2019", 1, "2018-12-20"),
        ("yearly", "2019", 2, "2019-01-04"),
    ]
    assert rows[0]["content"] == PARTS
    assert owed(desk, CADRE, "three_year_plan", "2018-05-31") == [("", None, 0)]
    assert owed(desk, CADRE, "three_year_plan", "2018-06-01") == []
    assert owed(desk, TOWNSHIP, "yearly_plan", "2019-01-01") == [("2018", "2018-12-31", 1)]
    assert owed(desk, NEIGHBOUR, "yearly_plan", "2019-01-01") == []
    assert desk.replays()


@pytest.mark.req("EV-036")
def test_a_summary_with_one_recipient_is_incomplete(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.jinzhou(open_desk)
    about = {"half": "2018-H1", "text": "半年工作总结"}
    for recipients in ([], ["province"], [*BOTH, "province"]):
        told = refused(desk, CADRE, "FileHalfYearSummary", "2018-06-29", **about, recipients=recipients)
        assert told == ("summary_recipient_unknown", "二.4")
    first, second = ([one] for one in BOTH)
    desk.receipt(CADRE, "FileHalfYearSummary", "2018-06-29", **ABOUT, **about, recipients=first)
    (row,) = desk.query(COUNTY, "half_year_summaries", posting=POSTING)
    assert (row["recipients"], row["missing"], row["complete"]) == (first, second, False)
    assert owed(desk, CADRE, "half_year_summary", "2018-06-30") == [("2018-H1", "2018-06-30", 0)]
    desk.receipt(CADRE, "FileHalfYearSummary", "2018-07-03", **ABOUT, **about, recipients=second)
    rows = desk.query(COUNTY, "half_year_summaries", posting=POSTING)
    assert [(row["version"], row["missing"], row["complete"]) for row in rows] == [(1, second, False), (2, [], True)]
    assert owed(desk, CADRE, "half_year_summary", "2018-07-02") == [
        ("2018-H1", "2018-06-30", 2),
        ("2018-H2", "2018-12-31", 0),
    ]
    assert owed(desk, CADRE, "half_year_summary", "2018-07-03") == [("2018-H2", "2018-12-31", 0)]
    assert desk.replays()


@pytest.mark.req("EV-036")
def test_a_report_each_quarter(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.jinzhou(open_desk)
    for quarter, on, code in (
        ("2018-Q1", "2018-06-30", "work_off_post"),
        ("2018-Q3", "2018-06-30", "work_too_early"),
        ("2018-Q5", "2018-06-30", "field_value"),
    ):
        assert refused(desk, CADRE, "ReportProgress", on, quarter=quarter, text="进展")[0] == code
    assert refused(desk, COLLEAGUE, "ReportProgress", "2018-06-30", quarter="2018-Q2", text="进展")[0] == "no_reach"
    for on in ("2018-07-02", "2018-07-05"):
        assert desk.command(CADRE, "ReportProgress", on, **ABOUT, quarter="2018-Q2", text="进展") == {
            "ProgressReported": 1
        }
    rows = desk.query(COUNTY, "progress_reports", posting=POSTING)
    assert [(row["quarter"], row["version"], row["reported_on"]) for row in rows] == [
        ("2018-Q2", 1, "2018-07-02"),
        ("2018-Q2", 2, "2018-07-05"),
    ]
    assert owed(desk, CADRE, "progress_report", "2018-07-01") == [
        ("2018-Q2", "2018-06-30", 1),
        ("2018-Q3", "2018-09-30", 0),
    ]
    assert owed(desk, CADRE, "progress_report", "2018-07-02") == [("2018-Q3", "2018-09-30", 0)]
    assert owed(desk, COLLEAGUE, "progress_report", "2018-07-02") == []
    assert desk.replays()


@pytest.mark.req("PE-042")
@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("FilePlan", {"kind": "three_year", "content": PARTS}),
        ("ReportProgress", {"quarter": "2018-Q2", "text": "合作社已登记"}),
        ("FileHalfYearSummary", {"half": "2018-H1", "text": "总结", "recipients": ["county_org"]}),
        ("RegisterProject", {"year": "2018", "title": "香菇大棚", "content": "五座"}),
    ],
)
def test_where_a_notice_names_no_duties_nothing_stands_under_one(
    open_desk: Callable[..., Desk], name: str, about: dict[str, Any]
) -> None:
    desk = schemes.jinzhou(open_desk)
    refusal = refused(desk, CADRE, name, "2018-06-30", **about, tag="推动精准扶贫")
    assert refusal[0] == "duty_group_unknown"


def test_a_cadre_of_2015_is_asked_for_none_of_it(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    own = Actor("p-1", "选派干部", "p-1", "cadre")
    said = {"posting": schemes.CADRE, "quarter": "2016-Q1", "text": "进展"}
    assert desk.refused(own, "ReportProgress", "2016-03-30", **said)["code"] == "rule_unknown"
    kinds = {row["kind"] for row in desk.query(organ("auditor", "14"), "due", as_of="2016-12-31")}
    assert not kinds & {"three_year_plan", "yearly_plan", "progress_report", "half_year_summary", "year_project"}
