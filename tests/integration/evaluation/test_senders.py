"""The unit hears, visits and studies, and solves what it raised; who did not in the interval is listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from audit.history.cut import Cut
from audit.history.views import folded, writing
from audit.history.walk import Walk
from kernel.log.readmodel import changes
from kernel.messages import Actor
from programmes import loader
from programmes.readers import reports
from services.evaluation.wiring import SERVICE
from services.personnel.postings.extension import EndPostingTerm
from tests.kit.databases import run
from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes
from tests.kit.evaluation.schemes import CADRE, COUNTY, OTHER_COUNTY, TOWNSHIP, UNIT
from tests.kit.evaluation.works import POSTING, owed
from tests.kit.personnel import candidates
from tests.kit.spoiled import signed

AUDITOR = organ("auditor", "14")
OTHER_UNIT = organ("unit", units=[candidates.OTHER_UNIT])
SENDER: dict[str, Any] = {"programme": "SX2015", "unit": candidates.UNIT}
MEETING: dict[str, Any] = {**SENDER, "minutes": "党组会纪要〔2015〕12号", "content": "听取驻村情况，研究帮扶资金"}


def refused(desk: Desk, by: Actor, name: str, on: str, **data: Any) -> tuple[str, str | None]:
    """The code and clause of a refusal, after which nothing new is stored."""
    before = desk.counts()
    problem = desk.refused(by, name, on, **data)
    assert desk.counts() == before
    return problem["code"], problem["clause"]


@pytest.mark.req("EV-007")
def test_a_unit_that_heard_nobody_in_the_interval_is_listed(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    halves = ("2015-H2", "2015-12-31"), ("2016-H1", "2016-06-30")
    assert owed(desk, UNIT, "unit_hearing", "2015-07-17") == []
    assert owed(desk, UNIT, "unit_hearing", "2015-12-31") == [(*halves[0], 0)]
    assert owed(desk, UNIT, "unit_hearing", "2016-01-01") == [(*halves[0], 1), (*halves[1], 0)]
    (row, _) = desk.query(AUDITOR, "due", kind="unit_hearing", as_of="2016-01-01")
    told = row["subject"], row["unit"], row["clause"], row["assumed"], row["person"]
    assert told == (CADRE, candidates.UNIT, "五.4", True, "")
    assert owed(desk, OTHER_UNIT, "unit_hearing", "2016-01-01") == []
    heard = {"posting": CADRE, "minutes": "听取汇报记录〔2015〕3号"}
    assert refused(desk, OTHER_UNIT, "RecordUnitHearing", "2015-12-31", **heard)[0] == "out_of_reach"
    assert refused(desk, TOWNSHIP, "RecordUnitHearing", "2015-12-31", **heard)[0] == "role_not_allowed"
    assert refused(desk, UNIT, "RecordUnitHearing", "2015-07-17", **heard) == ("work_off_post", "五.4")
    # Told in the new year, it still was the last day of the interval.
    assert desk.command(UNIT, "RecordUnitHearing", "2015-12-31", **heard) == {"UnitHearingHeld": 1}
    assert owed(desk, UNIT, "unit_hearing", "2015-12-30") == [(*halves[0], 0)]
    assert owed(desk, UNIT, "unit_hearing", "2016-01-01") == [(*halves[1], 0)]
    desk.receipt(UNIT, "RecordUnitHearing", "2016-07-01", **heard)
    assert owed(desk, UNIT, "unit_hearing", "2016-07-01") == [(*halves[1], 1)]
    rows = desk.query(COUNTY, "unit_hearings", posting=CADRE, as_of="2016-06-30")
    assert [(row["number"], row["held_on"], row["unit"]) for row in rows] == [(1, "2015-12-31", candidates.UNIT)]
    assert len(desk.query(UNIT, "unit_hearings")) == 2
    assert desk.query(OTHER_UNIT, "unit_hearings") == desk.query(OTHER_COUNTY, "unit_hearings") == []
    assert desk.replays()


@pytest.mark.req("EV-007")
def test_a_unit_that_came_to_no_village_in_the_interval_is_listed(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    first, second = ("2015", "2015-12-31"), ("2016", "2016-12-31")
    assert owed(desk, UNIT, "unit_visit", "2016-01-01") == [(*first, 1), (*second, 0)]
    came = {"posting": CADRE, "report": "调研报告〔2016〕1号"}
    assert desk.command(UNIT, "RecordUnitVisit", "2016-03-08", **came) == {"UnitVisitPaid": 1}
    assert owed(desk, UNIT, "unit_visit", "2016-03-07") == [(*first, 67), (*second, 0)]
    assert owed(desk, UNIT, "unit_visit", "2016-03-08") == [(*first, 68)]
    assert [row["paid_on"] for row in desk.query(COUNTY, "unit_visits")] == ["2016-03-08"]
    assert desk.query(COUNTY, "unit_visits", as_of="2016-03-07") == []
    ends = "2017-07-14"
    order = EndPostingTerm(context=candidates.at(ends, candidates.SYSTEM), as_of=date.fromisoformat(ends))
    candidates.tell(desk, candidates.served(candidates.assigned(schemes.VILLAGE), "2015-07-18", order)[-1])
    assert refused(desk, UNIT, "RecordUnitVisit", "2017-07-15", **came) == ("work_off_post", "五.4")
    assert desk.command(UNIT, "RecordUnitVisit", ends, **came) == {"UnitVisitPaid": 1}
    assert owed(desk, UNIT, "unit_visit", "2018-01-01") == [(*first, 732)]
    assert desk.replays()


@pytest.mark.req("EV-042")
def test_a_committee_that_did_not_meet_in_the_interval_is_listed(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    halves = ("2015-H2", "2015-12-31"), ("2016-H1", "2016-06-30")
    assert owed(desk, UNIT, "unit_meeting", "2015-12-31") == [(*halves[0], 0)]
    assert owed(desk, UNIT, "unit_meeting", "2016-01-01") == [(*halves[0], 1), (*halves[1], 0)]
    (row, _) = desk.query(AUDITOR, "due", kind="unit_meeting", as_of="2016-01-01")
    assert (row["subject"], row["clause"], row["assumed"]) == (candidates.UNIT, "六.1", True)
    for by in (OTHER_UNIT, COUNTY):
        assert owed(desk, by, "unit_meeting", "2016-01-01") == []
    assert refused(desk, OTHER_UNIT, "RecordUnitMeeting", "2015-12-30", **MEETING)[0] == "out_of_reach"
    assert refused(desk, UNIT, "RecordUnitMeeting", "2015-07-17", **MEETING) == ("unit_sends_nobody", "六.1")
    other = {**MEETING, "unit": candidates.OTHER_UNIT}
    assert refused(desk, OTHER_UNIT, "RecordUnitMeeting", "2015-12-30", **other)[0] == "unit_sends_nobody"
    assert desk.command(UNIT, "RecordUnitMeeting", "2015-12-30", **MEETING) == {"UnitMeetingHeld": 1}
    assert owed(desk, UNIT, "unit_meeting", "2016-01-01") == [(*halves[1], 0)]
    assert owed(desk, UNIT, "unit_meeting", "2015-12-29") == [(*halves[0], 0)]
    assert desk.query(OTHER_UNIT, "unit_meetings") == []
    assert desk.replays()


@pytest.mark.req("EV-042")
def test_a_problem_stays_open_until_it_is_solved(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    about = {**SENDER, "text": "村里饮水工程缺口资金"}
    assert refused(desk, OTHER_UNIT, "RaiseUnitProblem", "2015-09-01", **about)[0] == "out_of_reach"
    for on in ("2015-09-01", "2015-10-08"):
        assert desk.command(UNIT, "RaiseUnitProblem", on, **about) == {"ProblemRaised": 1}
    first, second = (f"SX2015.{candidates.UNIT}.problem.{n}" for n in (1, 2))

    def still(on: str) -> list[str]:
        rows = desk.query(UNIT, "unit_problems_open", as_of=on)
        assert sorted(row["subject"] for row in desk.query(UNIT, "due", kind="unit_problem", as_of=on)) == [
            row["problem"] for row in rows
        ]
        return [row["problem"] for row in rows]

    assert (still("2015-08-31"), still("2015-09-01"), still("2026-01-01")) == ([], [first], [first, second])
    done = {**SENDER, "problem": first, "solution": "自筹和扶贫资金各半，已通水"}
    assert refused(desk, UNIT, "SolveUnitProblem", "2015-08-31", **done) == ("date_before_ground", "六.1")
    unknown = {**done, "problem": f"SX2015.{candidates.UNIT}.problem.3"}
    assert refused(desk, UNIT, "SolveUnitProblem", "2015-12-01", **unknown)[0] == "problem_unknown"
    assert refused(desk, OTHER_UNIT, "SolveUnitProblem", "2015-12-01", **done)[0] == "out_of_reach"
    desk.receipt(UNIT, "RecordUnitMeeting", "2015-12-01", **MEETING)
    desk.receipt(UNIT, "RecordUnitMeeting", "2015-11-30", **MEETING)
    assert desk.command(UNIT, "SolveUnitProblem", "2015-12-01", **done) == {"ProblemSolved": 1}
    assert refused(desk, UNIT, "SolveUnitProblem", "2015-12-02", **done)[0] == "problem_solved"
    assert (still("2015-11-30"), still("2015-12-01")) == ([first, second], [second])
    # What was open on the day of a meeting, however late it was told.
    meetings = desk.query(UNIT, "unit_meetings")
    assert [(row["held_on"], row["open"], row["solved"]) for row in meetings] == [
        ("2015-12-01", 1, 1),
        ("2015-11-30", 2, 0),
    ]
    assert desk.query(OTHER_UNIT, "unit_problems") == desk.query(OTHER_UNIT, "unit_problems_open") == []
    assert desk.replays()


@pytest.mark.req("EV-007")
@pytest.mark.req("EV-042")
def test_a_period_is_owed_by_the_unit_that_sent_in_it(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    schemes.change_sender(desk, "2016-01-04")
    first, second = ("2015-H2", "2015-12-31"), ("2016-H1", "2016-06-30")
    days = "2016-01-01", "2016-02-01"
    hearings = {by: [owed(desk, by, "unit_hearing", on) for on in days] for by in (UNIT, OTHER_UNIT)}
    assert hearings == {
        UNIT: [[(*first, 1), (*second, 0)], [(*first, 32)]],
        OTHER_UNIT: [[], [(*second, 0)]],
    }
    # Each of the two sent somebody on a day of the half-year, and each studies the work of it.
    meetings = {by: [owed(desk, by, "unit_meeting", on) for on in (*days, "2016-07-01")] for by in (UNIT, OTHER_UNIT)}
    assert meetings == {
        UNIT: [[(*first, 1), (*second, 0)], [(*first, 32), (*second, 0)], [(*first, 183), (*second, 1)]],
        OTHER_UNIT: [[], [(*second, 0)], [(*second, 1), ("2016-H2", "2016-12-31", 0)]],
    }
    heard = {"posting": CADRE, "minutes": "听取汇报记录"}
    for by, on in ((OTHER_UNIT, "2016-01-03"), (UNIT, "2016-01-04")):
        assert refused(desk, by, "RecordUnitHearing", on, **heard)[0] == "out_of_reach"
    late = {**MEETING, "unit": candidates.OTHER_UNIT}
    assert refused(desk, OTHER_UNIT, "RecordUnitMeeting", "2016-01-03", **late)[0] == "unit_sends_nobody"
    desk.receipt(UNIT, "RecordUnitHearing", "2016-01-03", **heard)
    desk.receipt(OTHER_UNIT, "RecordUnitMeeting", "2016-01-04", **late)
    assert [row["unit"] for row in desk.query(COUNTY, "unit_hearings")] == [candidates.UNIT]
    assert owed(desk, OTHER_UNIT, "unit_hearing", "2016-02-01") == []
    assert owed(desk, OTHER_UNIT, "unit_meeting", "2016-02-01") == []
    assert desk.replays()


def test_a_grade_is_owed_by_the_unit_that_may_give_it(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    schemes.change_sender(desk, "2016-01-04")
    assert [len(owed(desk, UNIT, "year_grade", on)) for on in ("2016-01-03", "2016-01-04")] == [2, 0]
    assert [len(owed(desk, OTHER_UNIT, "year_grade", on)) for on in ("2016-01-03", "2016-01-04")] == [0, 2]
    year = {"posting": CADRE, "year": 2015}
    desk.receipt(COUNTY, "GiveCountyOpinion", "2015-12-31", **year, opinion="好")
    assert refused(desk, UNIT, "SetAnnualGrade", "2016-01-04", **year, grade="称职")[0] == "out_of_reach"
    desk.receipt(UNIT, "SetAnnualGrade", "2015-12-31", **year, grade="称职")
    (row,) = desk.query(COUNTY, "annual_grades")
    assert (row["graded_by"] if "graded_by" in row else row["by"]) == candidates.UNIT


def test_a_unit_of_2018_owes_none_of_it(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.jinzhou(open_desk)
    kinds = {row["kind"] for row in desk.query(organ("auditor", "21"), "due", as_of="2019-12-31")}
    assert not kinds & {"unit_hearing", "unit_visit", "unit_meeting", "unit_problem"}
    (unit,) = (row["unit"] for row in desk.log.rows("select unit from appraisees"))
    own = organ("unit", units=[unit])
    heard = {"posting": POSTING, "minutes": "记录"}
    assert refused(desk, own, "RecordUnitHearing", "2018-12-01", **heard)[0] == "rule_unknown"
    assert (
        refused(desk, own, "RecordUnitMeeting", "2018-12-01", **{**MEETING, "programme": "LN2018", "unit": unit})[0]
        == "rule_unknown"
    )


@pytest.mark.req("EV-008")
def test_the_secretarys_figures_of_a_year_equal_a_replay_at_31_december(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    heard, came = {"posting": CADRE, "minutes": "听取汇报记录"}, {"posting": CADRE, "report": "调研报告"}
    desk.receipt(UNIT, "RecordUnitHearing", "2015-12-31", **heard)
    desk.receipt(UNIT, "RecordUnitHearing", "2016-01-01", **heard)
    desk.receipt(UNIT, "RecordUnitVisit", "2015-10-08", **came)
    desk.receipt(UNIT, "RecordUnitMeeting", "2015-09-01", **MEETING)
    for raised, solved in (("2015-09-01", "2015-12-31"), ("2015-11-01", "2016-01-01")):
        desk.receipt(UNIT, "RaiseUnitProblem", raised, **SENDER, text="饮水工程缺资金")
        (problem,) = (one["problem"] for one in desk.stored("ProblemRaised")[-1:])
        desk.receipt(UNIT, "SolveUnitProblem", solved, **SENDER, problem=problem, solution="单位拨款")
    figures = {"cadres": 1, "on_post": 1, "hearings": 1, "visits": 1}
    studied = {"meetings": 1, "problems_raised": 2, "problems_solved": 1, "problems_open": 1}
    none = dict.fromkeys(studied, 0)
    village = schemes.VILLAGE
    expected = [("city", village[:4], figures | none), ("county", village[:6], figures | none)]
    expected += [("unit", candidates.UNIT, figures | studied)]
    assert sheets(desk) == sheets(replayed(desk, open_desk, "2015-12-31")) == expected
    # Another unit sends from January on: last year's sheet stays the first one's.
    schemes.change_sender(desk, "2016-01-04")
    assert sheets(desk) == sheets(replayed(desk, open_desk, "2015-12-31")) == expected
    units = {organ: told["cadres"] for level, organ, told in sheets(desk, "2016") if level == "unit"}
    assert units == {candidates.OTHER_UNIT: 1, candidates.UNIT: 0}
    # A hearing of that year told late belongs to it and to the unit of its day, in the tables and in the replay alike.
    assert refused(desk, OTHER_UNIT, "RecordUnitHearing", "2015-12-30", **heard)[0] == "out_of_reach"
    desk.receipt(UNIT, "RecordUnitHearing", "2015-12-30", **heard)
    late = sheets(desk)
    assert late == sheets(replayed(desk, open_desk, "2015-12-31")) != expected
    assert [row["organ"] for row in desk.query(UNIT, "secretary_reviews", year="2015")] == [candidates.UNIT]
    assert {row["organ"] for row in desk.query(COUNTY, "secretary_reviews", year="2015")} == {village[:6]}
    assert desk.query(OTHER_COUNTY, "secretary_reviews", year="2015") == []
    assert desk.asked(AUDITOR, "secretary_reviews", year="二〇一五")["code"] == "field_type"
    assert desk.replays()


@pytest.mark.req("EV-008")
def test_what_ended_or_was_solved_later_stays_as_it_was_in_the_year(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    came = {"posting": CADRE, "report": "调研报告"}
    for on in ("2015-12-31", "2016-01-01", "2017-01-01"):
        desk.receipt(UNIT, "RecordUnitVisit", on, **came)
        desk.receipt(UNIT, "RecordUnitMeeting", on, **MEETING)
    desk.receipt(UNIT, "RaiseUnitProblem", "2015-11-01", **SENDER, text="饮水工程缺资金")
    ends = "2017-07-14"
    order = EndPostingTerm(context=candidates.at(ends, candidates.SYSTEM), as_of=date.fromisoformat(ends))
    candidates.tell(desk, candidates.served(candidates.assigned(schemes.VILLAGE), "2015-07-18", order)[-1])
    names = ("cadres", "on_post", "visits", "meetings", "problems_raised", "problems_open")

    def unit(of: Desk, year: str) -> list[tuple[int, ...]]:
        return [tuple(told[name] for name in names) for level, _, told in sheets(of, year) if level == "unit"]

    years = {"2014": [], "2015": [(1, 1, 1, 1, 1, 1)], "2016": [(1, 1, 1, 1, 0, 1)], "2017": [(1, 0, 1, 1, 0, 1)]}
    assert {year: unit(desk, year) for year in years} == years
    assert unit(desk, "2018") == [(0, 0, 0, 0, 0, 1)]
    for year in ("2015", "2016", "2017"):
        assert sheets(replayed(desk, open_desk, f"{year}-12-31"), year) == sheets(desk, year)


def test_no_secretary_of_2018_answers_in_this_review(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.jinzhou(open_desk)
    assert desk.log.rows("select unit from senders") != []
    assert desk.query(organ("auditor", "21"), "secretary_reviews", year="2018") == []


def test_a_profile_that_leaves_the_review_open_has_no_sheets(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    assert sheets(desk) != []
    own = loader.load("SX2015").published()
    path = reports.REVIEW.path
    unknown = {**own["rules"][path], "value": None, "origin": "unknown"}
    told = signed(own, version=2, rules={**own["rules"], path: unknown})
    desk.hear("allocation", "ProfilePublished", "2015-12-01", **told)
    assert sheets(desk) == []


def sheets(desk: Desk, year: str = "2015") -> list[tuple[str, str, dict[str, int]]]:
    """Level, organ and figures of every sheet of a year."""
    rows = desk.query(AUDITOR, "secretary_reviews", year=year)
    told = {"programme", "level", "organ", "unit", "area"}
    return [(row["level"], row["organ"], {key: row[key] for key in row if key not in told}) for row in rows]


def replayed(desk: Desk, open_desk: Callable[..., Desk], day: str) -> Desk:
    """Tables of another database, filled from the log as it stands on ``day`` by the day of the fact."""
    lines = [row["line"].encode() for row in desk.log.rows("select line from log.events order by position")]
    rows = folded(Walk(SERVICE, [lines], (Cut(date.fromisoformat(day)),)), writing(SERVICE, SERVICE.tables))
    other = open_desk(SERVICE, province="14")
    puts = [
        table.put(*(row[name] for name in table.key), **{name: row[name] for name in table.columns})
        for table in SERVICE.tables
        for row in rows.of(table)
    ]
    run(other.database.url, ";".join(changes(puts)))
    return other
