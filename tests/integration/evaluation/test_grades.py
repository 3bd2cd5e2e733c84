"""The year's grade is the unit's, after the county's opinion; the end of a term is inspected by both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kernel.messages import Event
from services.personnel.postings.extension import EndPostingTerm
from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes
from tests.kit.evaluation.schemes import CADRE, COUNTY, OTHER_COUNTY, UNIT
from tests.kit.personnel import candidates

YEAR: dict[str, Any] = {"posting": CADRE, "year": 2016}
DATA = candidates.assigned(schemes.VILLAGE)
ENDS = "2017-07-14"
OTHER_UNIT = organ("unit", units=[candidates.OTHER_UNIT])


def refused(desk: Desk, by: Any, name: str, on: str, **data: Any) -> tuple[str, str | None]:
    problem = desk.refused(by, name, on, **data)
    return problem["code"], problem["clause"]


@pytest.mark.req("EV-003")
def test_the_unit_grades_after_the_opinion_and_the_county_never(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    early = desk.refused(UNIT, "SetAnnualGrade", "2016-12-30", **YEAR, grade="优秀")
    assert (early["code"], early["clause"], early["accepted"]) == (
        "duty_out_of_order", "五.5", "先办理县委组织部提出意见",
    )  # fmt: skip
    opinion = {**YEAR, "opinion": "工作扎实，群众认可"}
    assert refused(desk, UNIT, "GiveCountyOpinion", "2016-12-25", **opinion) == ("not_your_business", "五.5")
    assert refused(desk, OTHER_COUNTY, "GiveCountyOpinion", "2016-12-25", **opinion)[0] == "out_of_reach"
    assert desk.command(COUNTY, "GiveCountyOpinion", "2016-12-25", **opinion) == {"CountyOpinionGiven": 1}
    assert refused(desk, COUNTY, "SetAnnualGrade", "2016-12-30", **YEAR, grade="优秀") == ("not_your_business", "五.5")
    assert refused(desk, OTHER_UNIT, "SetAnnualGrade", "2016-12-30", **YEAR, grade="优秀")[0] == "out_of_reach"
    assert refused(desk, UNIT, "SetAnnualGrade", "2016-12-24", **YEAR, grade="优秀")[0] == "date_before_ground"
    assert refused(desk, UNIT, "SetAnnualGrade", "2016-12-30", **YEAR, grade="卓越")[0] == "grade_unknown"
    assert refused(desk, UNIT, "SetAnnualGrade", "2017-01-05", posting=CADRE, year=2018, grade="优秀")[0] == (
        "duty_out_of_order"
    )
    assert desk.command(UNIT, "SetAnnualGrade", "2016-12-30", **YEAR, grade="优秀") == {"AnnualGradeSet": 1}
    assert refused(desk, UNIT, "SetAnnualGrade", "2016-12-31", **YEAR, grade="称职")[0] == "duty_done"
    (row,) = desk.query(UNIT, "annual_grades", year="2016")
    assert (row["grade"], row["graded_by"], row["opinion_on"], row["graded_on"]) == (
        "优秀", candidates.UNIT, "2016-12-25", "2016-12-30",
    )  # fmt: skip
    assert desk.query(OTHER_UNIT, "annual_grades") == []
    assert desk.replays()


def test_the_unit_that_took_over_grades(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    schemes.change_sender(desk, "2016-06-01")
    desk.command(COUNTY, "GiveCountyOpinion", "2016-12-25", **YEAR, opinion="好")
    assert refused(desk, UNIT, "SetAnnualGrade", "2016-12-30", **YEAR, grade="优秀")[0] == "out_of_reach"
    desk.command(OTHER_UNIT, "SetAnnualGrade", "2016-12-30", **YEAR, grade="优秀")


def over() -> Event:
    """The end of the term, as personnel comes to it."""
    order = EndPostingTerm(context=candidates.at(ENDS, candidates.SYSTEM), as_of=date.fromisoformat(ENDS))
    return candidates.served(DATA, "2015-07-18", order)[-1]


@pytest.mark.req("EV-004")
def test_one_signature_is_not_an_inspection(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    record = {"posting": CADRE, "document": "考察材料〔2017〕1号"}
    assert refused(desk, UNIT, "SignTermInspection", ENDS, **record) == ("term_not_over", "五.5")
    event = over()
    assert event.occurred_on.isoformat() == ENDS
    candidates.tell(desk, event)
    assert refused(desk, UNIT, "SignTermInspection", "2017-07-13", **record)[0] == "term_not_over"
    assert desk.command(UNIT, "SignTermInspection", ENDS, **record) == {"TermInspectionSigned": 1}
    (row,) = desk.query(COUNTY, "term_inspections")
    assert (row["signatures"], row["done_on"], row["inspection"]) == (1, None, "")
    assert refused(desk, UNIT, "SignTermInspection", "2017-07-20", **record)[0] == "duty_done"
    other = {**record, "document": "考察材料〔2017〕2号"}
    assert refused(desk, COUNTY, "SignTermInspection", "2017-07-20", **other)[0] == "inspection_differs"
    assert refused(desk, OTHER_COUNTY, "SignTermInspection", "2017-07-20", **record)[0] == "out_of_reach"
    signed = desk.command(COUNTY, "SignTermInspection", "2017-07-20", **record)
    assert signed == {"TermInspectionSigned": 1, "TermInspectionDone": 1}
    (row,) = desk.query(UNIT, "term_inspections")
    assert (row["signatures"], row["done_on"], row["inspection"]) == (2, "2017-07-20", f"{CADRE}.inspection")
    (done,) = desk.stored("TermInspectionDone")
    assert (done["unit"], done["county"]) == (candidates.UNIT, candidates.COUNTY)
    assert desk.replays()


def test_either_signs_first_and_the_record_is_done_on_the_later_day(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    candidates.tell(desk, over())
    record = {"posting": CADRE, "document": "考察材料〔2017〕1号"}
    desk.command(COUNTY, "SignTermInspection", "2017-08-01", **record)
    desk.command(UNIT, "SignTermInspection", "2017-07-20", **record)
    assert [row["done_on"] for row in desk.query(COUNTY, "term_inspections")] == ["2017-08-01"]


def test_who_left_before_the_end_is_not_inspected(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    candidates.tell(desk, candidates.withdrawn(schemes.VILLAGE, "province", "p-1"))
    record = {"posting": CADRE, "document": "考察材料〔2017〕1号"}
    assert refused(desk, UNIT, "SignTermInspection", ENDS, **record)[0] == "term_not_over"
