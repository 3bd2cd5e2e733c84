"""Results decide honours and promotions: a reference to one, and excellence only where conditions are equal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.testing import Given, When
from services.personnel.parts import POSTING
from services.personnel.postings.promoted import PostedCadrePromoted
from services.personnel.postings.promotion import PromotePostedCadre
from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes
from tests.kit.evaluation.results import noted
from tests.kit.evaluation.schemes import CADRE, COUNTY, OTHER_COUNTY, UNIT, scheme
from tests.kit.personnel import candidates, handover
from tests.kit.personnel import cast as jinzhou

EQUAL: dict[str, Any] = {"preferred": True, "equal": "任职年限和民主推荐票数相同"}


def graded(open_desk: Callable[..., Desk], grade: str) -> Desk:
    desk = schemes.shanxi(open_desk)
    year = {"posting": CADRE, "year": 2016}
    desk.command(COUNTY, "GiveCountyOpinion", "2016-12-25", **year, opinion="好")
    desk.command(UNIT, "SetAnnualGrade", "2016-12-30", **year, grade=grade)
    return desk


def serving() -> Given:
    """The posting as personnel knows it, before any result."""
    begun = candidates.posting(candidates.assigned(schemes.VILLAGE))
    for command in (candidates.appoint(), candidates.take_up()):
        begun.state = POSTING.fold(begun.state, POSTING.decide(begun.state, command))
    return begun


def promote(on: str = "2017-03-01", **data: Any) -> PromotePostedCadre:
    by = candidates.OFFICES[candidates.UNIT]
    return PromotePostedCadre(context=candidates.at(on, by), posting=CADRE, post="副处长", **data)


def promotion(decided: When) -> PostedCadrePromoted:
    """The one event that was decided."""
    event = next(iter(decided.types("PostedCadrePromoted").events or ()))
    assert isinstance(event, PostedCadrePromoted)
    return event


@pytest.mark.req("EV-005")
def test_a_promotion_refers_to_a_result_that_personnel_has_heard_of(open_desk: Callable[..., Desk]) -> None:
    desk, posting = graded(open_desk, "优秀"), serving()
    posting.when(promote()).rejected("result_missing", field="result", rule="results.basis")
    posting.when(promote(result=f"{CADRE}.2016.grade")).rejected("result_missing")
    grade = noted(posting, desk, "AnnualGradeSet", "2016-12-30", lambda on: candidates.at(on, COUNTY))["grade_id"]
    posting.when(promote()).rejected("result_missing", accepted=grade)
    posting.when(promote("2016-12-29", result=grade)).rejected("date_before_ground")
    event = promotion(posting.when(promote(result=grade)))
    assert (event.result, event.person, event.preferred) == (grade, "p-1", False)
    posting.state = POSTING.fold(posting.state, [event])
    posting.when(promote(result=grade)).rejected("promoted_already")


@pytest.mark.req("EV-005")
def test_excellence_counts_only_where_conditions_are_equal(open_desk: Callable[..., Desk]) -> None:
    excellent, plain = serving(), serving()
    best = noted(excellent, graded(open_desk, "优秀"), "AnnualGradeSet", "2016-12-30", at)["grade_id"]
    other = noted(plain, graded(open_desk, "称职"), "AnnualGradeSet", "2016-12-30", at)["grade_id"]
    excellent.when(promote(result=best, preferred=True)).rejected("not_equal", field="equal")
    plain.when(promote(result=other, **EQUAL)).rejected("not_excellent", accepted="考核结果为优秀的人员")
    # Without a preference a promotion rests on whatever the result was: excellence is no condition of it.
    plain.when(promote(result=other)).types("PostedCadrePromoted")
    excellent.when(promote(result=best, **EQUAL)).types("PostedCadrePromoted")


def at(on: str) -> Any:
    return candidates.at(on, COUNTY)


@pytest.mark.req("EV-040")
def test_the_reference_to_a_rating_is_mandatory(open_desk: Callable[..., Desk]) -> None:
    desk, county = schemes.jinzhou(open_desk), organ("county_org", "210727")
    parts = [
        schemes.part("述职", "report", 200), schemes.part("群众评", "appraisal", 300, masses=True),
        schemes.part("班子评", "appraisal", 200), schemes.part("实地查", "inspection", 300),
    ]  # fmt: skip
    about = {"programme": "LN2018", "county": "210727", "year": 2018, "marks": [], "parts": parts}
    desk.command(county, "SetScheme", "2018-06-01", **scheme(**about))
    year = {"posting": jinzhou.POSTING, "year": 2018}
    honour = {"posting": jinzhou.POSTING, "title": "优秀第一书记", "document": "义组发〔2019〕2号"}
    refused = desk.refused(county, "GiveHonour", "2019-01-20", **honour)
    assert (refused["code"], refused["clause"]) == ("result_missing", "二.5")
    for part in parts:
        row = {**year, "part": part["part"], "scores": {"指标1": 9200}, "document": "表"}
        desk.command(county, "RecordAssessment", "2018-12-20", **row)
    desk.command(county, "SetRating", "2018-12-28", **year)
    posting = handover.after(
        handover.placed(),
        handover.items("2018-05-02", jinzhou.UNIT_OFFICE, "party_relation", "escort"),
        handover.items("2018-05-02", jinzhou.COUNTY, "host_contact", "board_lodging"),
    )
    command: dict[str, Any] = {
        "context": jinzhou.ctx("2019-02-01", jinzhou.CHANNEL_OFFICE, area="210727"),
        "posting": jinzhou.POSTING,
    }
    posting.when(PromotePostedCadre(**command, post="副处长")).rejected("result_missing", rule="results.basis")
    rating = noted(posting, desk, "RatingSet", "2018-12-28", lambda on: jinzhou.ctx(on, jinzhou.SYSTEM, area="210727"))
    posting.when(PromotePostedCadre(**command, post="副处长")).rejected("result_missing", accepted=rating["rating"])
    promoted = posting.when(PromotePostedCadre(**command, post="副处长", result=rating["rating"]))
    assert promotion(promoted).result == f"{jinzhou.POSTING}.2018.1"
    assert desk.refused(county, "GiveHonour", "2019-01-20", **honour)["accepted"] == rating["rating"]
    early = desk.refused(county, "GiveHonour", "2018-12-27", **honour, result=rating["rating"])
    assert early["code"] == "date_before_ground"
    # The measures of Jinzhou know no preference for the excellent.
    preferred = desk.refused(county, "GiveHonour", "2019-01-20", **honour, result=rating["rating"], **EQUAL)
    assert preferred["code"] == "rule_unknown"
    given = desk.command(county, "GiveHonour", "2019-01-20", **honour, result=rating["rating"])
    assert given == {"HonourGiven": 1}
    assert desk.refused(county, "GiveHonour", "2019-01-21", **honour, result=rating["rating"])["code"] == "honour_given"
    (row,) = desk.query(county, "honours", posting=jinzhou.POSTING)
    assert (row["result"], row["title"], row["person"]) == (rating["rating"], "优秀第一书记", "p-1")
    assert desk.replays()


def test_an_honour_of_2015_may_rest_on_grade_rating_or_inspection(open_desk: Callable[..., Desk]) -> None:
    desk = graded(open_desk, "称职")
    honour = {"posting": CADRE, "title": "先进个人", "document": "晋组〔2017〕3号", "result": f"{CADRE}.2016.grade"}
    assert desk.refused(OTHER_COUNTY, "GiveHonour", "2017-02-01", **honour)["code"] == "out_of_reach"
    assert desk.refused(COUNTY, "GiveHonour", "2017-02-01", **honour, **EQUAL)["code"] == "not_excellent"
    desk.command(UNIT, "GiveHonour", "2017-02-01", **honour)
    assert [row["preferred"] for row in desk.query(COUNTY, "honours")] == [False]
    # One paper may hold several honours: each is one, and none is given twice.
    for title in ("优秀党务工作者", "优秀共产党员"):
        desk.command(UNIT, "GiveHonour", "2017-02-01", **{**honour, "title": title})
    assert desk.refused(UNIT, "GiveHonour", "2017-02-01", **honour)["code"] == "honour_given"
    assert [row["honour"] for row in desk.query(COUNTY, "honours")] == [f"{CADRE}.honour.{n}" for n in (1, 2, 3)]
