"""The assessment of a secondment: by whom, of what, how, how long, and what the province does with it."""

from __future__ import annotations

import hashlib
from typing import Any, cast

import pytest
from msgspec.structs import replace

from kernel.messages import Actor
from kernel.testing import actor, context, given, rules_of
from programmes import loader
from services.evaluation.assessment.assessment import AssessSecondment, Method, SecondmentAssessed
from services.evaluation.assessment.review import ReviewReport, SecondmentReportReviewed
from services.evaluation.assessment.secondment import (
    NoteSecondment,
    Secondment,
    SecondmentNoted,
    next_leg,
    not_replaced,
)
from services.evaluation.parts import SECONDMENT
from tests.kit.evaluation.cases import day

LEG = "LN2002.5.out.county.1.1"
RULES = rules_of(loader.load("LN2002").published())
SENDING = actor("city_org", areas=("2113",), person="p-chaoyang")
HOST = actor("city_org", areas=("2102",), person="p-dalian")
PROVINCE = actor("province_org", areas=("21",), person="p-province")
THOUSAND = "字" * 1000

NOTED = SecondmentNoted(
    occurred_on=day("2002-07-15"),
    programme="LN2002",
    leg=LEG,
    pair=5,
    level="county",
    person="p-1",
    sending="211381",
    host="210213",
    replaces=None,
    due=day("2003-07-15"),
)
COMPLETE: dict[str, Any] = {
    "leg": LEG,
    "dimensions": dict.fromkeys("德能勤绩廉", "表现好"),
    "emphasis": "思想作风扎实",
    "methods": tuple(Method(name, day("2003-06-09")) for name in ("hearing", "documents", "field_visit")),
    "report": THOUSAND,
    "copies": 3,
}
ASSESSED = SecondmentAssessed(
    occurred_on=day("2003-06-10"),
    programme="LN2002",
    leg=LEG,
    pair=5,
    level="county",
    person="p-1",
    sending="211381",
    host="210213",
    dimensions=dict.fromkeys("德能勤绩廉", 3),
    emphasis_chars=6,
    methods=COMPLETE["methods"],
    report_chars=1000,
    report_sha256=hashlib.sha256(THOUSAND.encode()).hexdigest(),
    copies=3,
)
REVIEWED = SecondmentReportReviewed(
    occurred_on=day("2003-06-25"),
    programme="LN2002",
    leg=LEG,
    pair=5,
    level="county",
    person="p-1",
    sending="211381",
    host="210213",
    report_sha256=ASSESSED.report_sha256,
    opinion="同意",
)


def assessing(by: Actor = SENDING, on: str = "2003-06-10", **changes: Any) -> AssessSecondment:
    return AssessSecondment(context=context(on, by, rules=RULES), **{**COMPLETE, **changes})


def reviewing(by: Actor = PROVINCE, on: str = "2003-06-25") -> ReviewReport:
    return ReviewReport(context=context(on, by, rules=RULES), leg=LEG, opinion="同意")


def methods(**days: str) -> tuple[Method, ...]:
    return tuple(Method(name, day(on)) for name, on in days.items())


@pytest.mark.req("EV-010")
def test_the_sending_city_assesses_and_the_host_city_does_not() -> None:
    given(SECONDMENT, NOTED).when(assessing()).then(ASSESSED)
    refused = given(SECONDMENT, NOTED).when(assessing(HOST))
    refused.rejected("not_your_business", kind="forbidden", rule="swap.assessment.assessor")
    county = actor("county_org", areas=("211381",), person="p-county")
    given(SECONDMENT, NOTED).when(assessing(county)).rejected("not_your_business")


def test_one_assessment_a_leg() -> None:
    given(SECONDMENT, NOTED, ASSESSED).when(assessing()).rejected("assessed_already")
    given(SECONDMENT).when(assessing()).rejected("secondment_unknown", kind="unknown")


@pytest.mark.req("EV-011")
@pytest.mark.parametrize("left_out", list("德能勤绩廉"))
def test_four_of_five_dimensions_are_incomplete(left_out: str) -> None:
    four = {name: text for name, text in COMPLETE["dimensions"].items() if name != left_out}

    given(SECONDMENT, NOTED).when(assessing(dimensions=four)).rejected("assessment_incomplete", field="dimensions")
    blank = {**COMPLETE["dimensions"], left_out: " \u3000"}
    given(SECONDMENT, NOTED).when(assessing(dimensions=blank)).rejected("assessment_incomplete")
    other = {**four, "才": "有才"}
    given(SECONDMENT, NOTED).when(assessing(dimensions=other)).rejected("assessment_incomplete")


@pytest.mark.req("EV-012")
def test_every_method_has_its_day_within_the_secondment() -> None:
    two = methods(hearing="2003-06-09", documents="2003-06-09")
    given(SECONDMENT, NOTED).when(assessing(methods=two)).rejected("method_missing", field="methods")
    twice = (*two, two[0])
    given(SECONDMENT, NOTED).when(assessing(methods=twice)).rejected("method_missing")
    edges = methods(hearing="2002-07-15", documents="2003-06-10", field_visit="2003-01-01")
    (event,) = cast(list[SecondmentAssessed], given(SECONDMENT, NOTED).when(assessing(methods=edges)).events)
    assert {entry.method: entry.on.isoformat() for entry in event.methods} == {
        "hearing": "2002-07-15",
        "documents": "2003-06-10",
        "field_visit": "2003-01-01",
    }
    before = methods(hearing="2002-07-14", documents="2003-06-10", field_visit="2003-01-01")
    given(SECONDMENT, NOTED).when(assessing(methods=before)).rejected("method_date", field="methods.0.on")
    after = methods(hearing="2003-06-09", documents="2003-06-11", field_visit="2003-01-01")
    given(SECONDMENT, NOTED).when(assessing(methods=after)).rejected("method_date", field="methods.1.on")


@pytest.mark.parametrize(("length", "code"), [(999, "report_too_short"), (1000, None), (1001, None)])
def test_a_report_of_999_is_refused_and_of_1000_accepted(length: int, code: str | None) -> None:
    decided = given(SECONDMENT, NOTED).when(assessing(report="字" * length))

    if code:
        decided.rejected(code, field="report", rule="swap.report.min_chars", accepted="不少于 1000 字")
    else:
        (event,) = cast(list[SecondmentAssessed], decided.types("SecondmentAssessed").events)
        assert event.report_chars == length


def test_blanks_do_not_lengthen_a_report() -> None:
    given(SECONDMENT, NOTED).when(assessing(report="字 \n\u3000" * 999)).rejected("report_too_short")


@pytest.mark.parametrize("copies", [2, 4])
def test_three_copies_and_no_other_number(copies: int) -> None:
    given(SECONDMENT, NOTED).when(assessing(copies=copies)).rejected("copies_incomplete", accepted="3")


def test_the_texts_stay_out_of_the_log() -> None:
    (event,) = cast(list[SecondmentAssessed], given(SECONDMENT, NOTED).when(assessing()).events)

    assert "表现好" not in repr(event)
    assert "字字" not in repr(event)


def test_the_province_reviews_once_what_was_assessed() -> None:
    given(SECONDMENT, NOTED, ASSESSED).when(reviewing()).then(REVIEWED)
    given(SECONDMENT, NOTED).when(reviewing()).rejected("not_assessed")
    given(SECONDMENT, NOTED, ASSESSED, REVIEWED).when(reviewing()).rejected("reviewed_already")
    given(SECONDMENT, NOTED, ASSESSED).when(reviewing(SENDING)).rejected("not_your_business", kind="forbidden")
    early = reviewing(on="2003-06-09")
    given(SECONDMENT, NOTED, ASSESSED).when(early).rejected("date_before_ground", rule="swap.report.reviewer")
    given(SECONDMENT, NOTED, ASSESSED).when(reviewing(on="2003-06-10")).types("SecondmentReportReviewed")


def test_a_secondment_is_noted_once() -> None:
    names = [name for name in SecondmentNoted.__struct_fields__ if name != "occurred_on"]
    known = {name: getattr(NOTED, name) for name in names}
    command = NoteSecondment(context=context("2002-07-15", PROVINCE, rules=RULES), **known)

    given(SECONDMENT).when(command).then(NOTED)
    given(SECONDMENT, NOTED).when(command).then()


def test_a_replaced_leg_is_named_with_its_substitute() -> None:
    substitute = replace(NOTED, leg=next_leg(LEG), replaces=LEG)

    assert substitute.leg == "LN2002.5.out.county.1.2"
    assert next_leg(substitute.leg, -1) == LEG
    not_replaced(None)
    with pytest.raises(Exception, match="接替") as refused:
        not_replaced(Secondment(substitute))
    assert (refused.value.code, refused.value.accepted) == ("leg_replaced", substitute.leg)
