"""What is due of a cadre's year and term, of whom, and by when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.personnel.postings.extension import EndPostingTerm
from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes
from tests.kit.evaluation.ballots import cast, commitments, serials
from tests.kit.evaluation.schemes import CADRE, COUNTY, OTHER_COUNTY, TOWNSHIP, UNIT, scheme
from tests.kit.personnel import candidates

OTHER_UNIT = organ("unit", units=[candidates.OTHER_UNIT])


def owed(desk: Desk, by: Any, kind: str, as_of: str) -> list[tuple[str, str | None, int | None]]:
    rows = desk.query(by, "due", kind=kind, as_of=as_of)
    assert {row["subject"] for row in rows} <= {CADRE}
    return [(row["period"], row["due_on"], row["overdue"]) for row in rows]


def test_a_year_owes_an_opinion_a_grade_and_a_result(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    first, second = ("2015", "2015-12-31"), ("2016", "2016-12-31")
    for by, kind in ((COUNTY, "year_rating"), (COUNTY, "year_opinion"), (UNIT, "year_grade")):
        assert owed(desk, by, kind, "2015-07-17") == []
        assert owed(desk, by, kind, "2015-12-31") == [(*first, 0)]
        assert owed(desk, by, kind, "2016-01-01") == [(*first, 1), (*second, 0)]
    assert owed(desk, COUNTY, "year_grade", "2016-01-01") == owed(desk, UNIT, "year_opinion", "2016-01-01") == []
    assert owed(desk, OTHER_UNIT, "year_grade", "2016-01-01") == []
    assert owed(desk, OTHER_COUNTY, "year_opinion", "2016-01-01") == []
    year = {"posting": CADRE, "year": 2015}
    desk.command(COUNTY, "GiveCountyOpinion", "2015-12-20", **year, opinion="好")
    desk.command(UNIT, "SetAnnualGrade", "2015-12-30", **year, grade="称职")
    assert owed(desk, COUNTY, "year_opinion", "2015-12-20") == []
    assert owed(desk, UNIT, "year_grade", "2015-12-29") == [(*first, 0)]
    assert owed(desk, UNIT, "year_grade", "2015-12-30") == []


@pytest.mark.parametrize("ends", ["", "2017-07-14"])
def test_on_its_last_day_what_is_due_may_be_done(open_desk: Callable[..., Desk], ends: str) -> None:
    """So it is for who serves on, and for who left in the middle of the year."""
    desk = schemes.shanxi(open_desk)
    if ends:
        order = EndPostingTerm(context=candidates.at(ends, candidates.SYSTEM), as_of=date.fromisoformat(ends))
        candidates.tell(desk, candidates.served(candidates.assigned(schemes.VILLAGE), "2015-07-18", order)[-1])
    desk.command(COUNTY, "SetScheme", "2017-01-05", **scheme(year=2017, parts=schemes.four()))
    last = "2017-12-31"
    for part, points in (("日常", (6000, 4000)), ("半年", (9000,)), ("年终", (9000,))):
        schemes.score(desk, part, *points, year=2017, on=last)
    ballot, slips = {"posting": CADRE, "year": 2017, "part": "评议"}, serials(3)
    desk.command(TOWNSHIP, "OpenBallot", last, **ballot)
    desk.command(TOWNSHIP, "IssueSlips", last, **ballot, commitments=commitments(slips))
    desk.command(TOWNSHIP, "CastBallots", last, **ballot, slips=cast(slips, "好", "好", "好"))
    desk.command(TOWNSHIP, "CountBallot", last, **ballot)
    year = {"posting": CADRE, "year": 2017}
    acts: tuple[tuple[str, Any, str, dict[str, str]], ...] = (
        ("year_rating", COUNTY, "SetRating", {}),
        ("year_opinion", COUNTY, "GiveCountyOpinion", {"opinion": "好"}),
        ("year_grade", UNIT, "SetAnnualGrade", {"grade": "称职"}),
    )
    for kind, by, act, more in acts:
        assert ("2017", last, 0) in owed(desk, by, kind, last)
        desk.receipt(by, act, last, **year, **more)
        assert "2017" not in [period for period, _, _ in owed(desk, by, kind, last)]


def test_a_result_is_owed_until_the_first_rating(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.jinzhou(open_desk)
    county = organ("county_org", "210727")
    parts = [
        schemes.part("述职", "report", 200), schemes.part("群众评", "appraisal", 300, masses=True),
        schemes.part("班子评", "appraisal", 200), schemes.part("实地查", "inspection", 300),
    ]  # fmt: skip
    about = {"programme": "LN2018", "county": "210727", "year": 2018, "marks": [], "parts": parts}
    desk.command(county, "SetScheme", "2018-06-01", **scheme(**about))
    (row,) = desk.query(county, "due", kind="year_rating", as_of="2018-12-31")
    assert (row["period"], row["due_on"], row["clause"]) == ("2018", "2018-12-31", "二.5")
    posting = row["subject"]
    for one in parts:
        entry = {"posting": posting, "year": 2018, "part": one["part"], "scores": {"指标1": 8000}, "document": "表"}
        desk.command(county, "RecordAssessment", "2018-12-20", **entry)
    desk.command(county, "SetRating", "2019-01-03", posting=posting, year=2018)
    (late,) = desk.query(county, "due", kind="year_rating", as_of="2019-01-03", state="met")
    assert (late["met_on"], late["delay"]) == ("2019-01-03", 3)
    # The measures of Jinzhou ask for no grade of the unit.
    assert desk.query(organ("auditor", "21"), "due", kind="year_grade", as_of="2019-01-03") == []


def test_the_inspection_is_owed_by_both_from_the_end_of_the_term(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    ends = "2017-07-14"
    order = EndPostingTerm(context=candidates.at(ends, candidates.SYSTEM), as_of=date.fromisoformat(ends))
    candidates.tell(desk, candidates.served(candidates.assigned(schemes.VILLAGE), "2015-07-18", order)[-1])
    for by in (COUNTY, UNIT):
        assert owed(desk, by, "term_inspection", "2017-07-13") == []
        assert owed(desk, by, "term_inspection", ends) == [("", None, 0)]
    record = {"posting": CADRE, "document": "考察材料〔2017〕1号"}
    desk.command(UNIT, "SignTermInspection", "2017-07-20", **record)
    assert len(owed(desk, UNIT, "term_inspection", "2017-07-20")) == 1
    desk.command(COUNTY, "SignTermInspection", "2017-07-21", **record)
    assert owed(desk, UNIT, "term_inspection", "2017-07-21") == []
    assert len(owed(desk, UNIT, "term_inspection", "2017-07-20")) == 1
