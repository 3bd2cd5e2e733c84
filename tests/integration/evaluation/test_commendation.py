"""The commendation of 2003: assessed, selected, consulted about, proposed within the places, filed, granted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.evaluation.secondments import CHAOYANG, DALIAN, PROVINCE, assessment, chaoyang, opened, reported, tell

ROUND = {"programme": "LN2002"}
COLLECTIVE = dict.fromkeys(("leadership", "support", "cooperation"), "成绩突出")
PERSONAL = dict.fromkeys(("responsibility", "practice", "integrity"), "群众认可")
FORM = {"copies": 3, "recipient": "省委组织部干部一处"}
LEG = "LN2002.5.out.county.1.1"
SHENYANG, FUXIN = organ("city_org", "2101"), organ("city_org", "2109")
POOR = ("211381", "211382", "211321", "211322", "211324")
DEVELOPED = ("210213", "210212", "210214", "210281", "210283")


def select(desk: Desk, subject: str, by: Any = CHAOYANG, on: str = "2003-06-12", **more: Any) -> dict[str, int]:
    return desk.command(by, "SelectForCommendation", on, **selecting(subject, **more))


def selecting(subject: str, **more: Any) -> dict[str, Any]:
    kind = "person" if "." in subject else "county"
    criteria = PERSONAL if kind == "person" else COLLECTIVE
    return {**ROUND, "kind": kind, "subject": subject, "criteria": criteria, **more}


def consult(desk: Desk, subject: str, by: Any = DALIAN, on: str = "2003-06-14") -> None:
    desk.command(by, "GiveCommendationOpinion", on, **ROUND, subject=subject, opinion="同意推荐")


def propose(desk: Desk, subjects: Sequence[str], by: Any = CHAOYANG, on: str = "2003-06-16") -> dict[str, int]:
    return desk.command(by, "ProposeCommendations", on, **ROUND, subjects=list(subjects))


def refused(desk: Desk, by: Any, name: str, on: str, **data: Any) -> tuple[str, str | None]:
    problem = desk.refused(by, name, on, **{**ROUND, **data})
    return problem["code"], problem["clause"]


def assess(desk: Desk, *legs: str) -> None:
    for leg in legs:
        desk.command(CHAOYANG, "AssessSecondment", "2003-06-10", **assessment(leg))


def one_assessed(open_desk: Callable[..., Desk]) -> Desk:
    desk = opened(open_desk)
    tell(desk, reported(5, "out", "county", 1, "211381", "210213"))
    assess(desk, LEG)
    return desk


@pytest.mark.req("EV-016")
def test_the_eleventh_county_and_the_thirtieth_person_are_refused(open_desk: Callable[..., Desk]) -> None:
    desk = opened(open_desk)
    legs = tell(desk, *chaoyang())[:30]
    assess(desk, *legs)
    for leg in legs:
        select(desk, leg)
        consult(desk, leg)
    # Thirty at once are one too many, and none of them is on the list then.
    assert refused(desk, CHAOYANG, "ProposeCommendations", "2003-06-16", subjects=legs) == (
        "commendation_quota", "三（一）",
    )  # fmt: skip
    assert propose(desk, legs[:29]) == {"CommendationProposed": 29}
    assert refused(desk, CHAOYANG, "ProposeCommendations", "2003-06-16", subjects=legs[29:]) == (
        "commendation_quota", "三（一）",
    )  # fmt: skip
    for side, city, other in ((POOR, CHAOYANG, DALIAN), (DEVELOPED, DALIAN, CHAOYANG)):
        for county in side:
            select(desk, county, city)
            consult(desk, county, other)
        propose(desk, side, city)
    select(desk, "210921", FUXIN)
    consult(desk, "210921", SHENYANG)
    assert refused(desk, FUXIN, "ProposeCommendations", "2003-06-16", subjects=["210921"])[0] == "commendation_quota"
    listed = [row["kind"] for row in desk.query(PROVINCE, "commendations") if row["proposed_on"]]
    assert (listed.count("county"), listed.count("person")) == (10, 29)
    assert desk.replays()


@pytest.mark.req("EV-016")
def test_a_city_proposes_within_what_it_was_given(open_desk: Callable[..., Desk]) -> None:
    desk = opened(open_desk)
    quota = {"city": "2113", "counties": 1, "persons": 2}
    desk.command(PROVINCE, "AllotCommendations", "2003-05-13", **ROUND, **quota)
    for wrong in ("21", "2199", POOR[0]):
        nowhere = {**quota, "city": wrong}
        assert refused(desk, PROVINCE, "AllotCommendations", "2003-05-13", **nowhere)[0] == "not_a_city"
    more = {"city": "2102", "counties": 10, "persons": 0}
    assert refused(desk, PROVINCE, "AllotCommendations", "2003-05-13", **more)[0] == "commendation_quota"
    people = {"city": "2102", "counties": 9, "persons": 28}
    assert refused(desk, PROVINCE, "AllotCommendations", "2003-05-13", **people)[0] == "commendation_quota"
    assert refused(desk, CHAOYANG, "AllotCommendations", "2003-05-13", **quota)[0] == "role_not_allowed"
    for county in POOR[:2]:
        select(desk, county)
        consult(desk, county)
    propose(desk, POOR[:1])
    problem = desk.refused(CHAOYANG, "ProposeCommendations", "2003-06-16", **ROUND, subjects=[POOR[1]])
    assert (problem["code"], problem["accepted"]) == ("commendation_quota", "不超过 1 个")


@pytest.mark.req("EV-017")
def test_advanced_cities_are_chosen_by_the_province_alone(open_desk: Callable[..., Desk]) -> None:
    desk = opened(open_desk)
    city = {"subject": "2113", "criteria": COLLECTIVE}
    assert refused(desk, CHAOYANG, "ChooseAdvancedCity", "2003-06-16", **city) == ("not_your_business", "三（一）")
    asked = {**city, "kind": "city"}
    assert refused(desk, CHAOYANG, "SelectForCommendation", "2003-06-16", **asked)[0] == "step_not_for"
    # 锦州 sends counties of its own, but is none of the four cities that take part as a whole.
    none = {**city, "subject": "2107"}
    problem = desk.refused(PROVINCE, "ChooseAdvancedCity", "2003-06-16", **ROUND, **none)
    assert (problem["code"], problem["accepted"]) == ("not_commendable", "2109、2101、2113、2102")
    for chosen in ("2113", "2102"):
        desk.command(PROVINCE, "ChooseAdvancedCity", "2003-07-01", **ROUND, **{**city, "subject": chosen})
    third = {**city, "subject": "2101"}
    assert refused(desk, PROVINCE, "ChooseAdvancedCity", "2003-07-01", **third) == ("commendation_quota", "三（一）")
    desk.command(PROVINCE, "GrantCommendation", "2003-07-15", **ROUND, subject="2113")
    rows = desk.query(PROVINCE, "commendations", kind="city")
    assert [(row["subject"], row["granted_on"]) for row in rows] == [("2102", None), ("2113", "2003-07-15")]


@pytest.mark.req("EV-018")
@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_every_criterion_has_its_text(open_desk: Callable[..., Desk], left_out: int) -> None:
    desk = one_assessed(open_desk)
    for subject, criteria in ((LEG, PERSONAL), ("211381", COLLECTIVE)):
        name = [*criteria][left_out]
        two = {key: text for key, text in criteria.items() if key != name}
        asked = selecting(subject)
        for wrong in (two, {**criteria, name: "..."}, {**criteria, "another": "多一条"}):
            found = refused(desk, CHAOYANG, "SelectForCommendation", "2003-06-12", **{**asked, "criteria": wrong})
            assert found == ("criterion_empty", "三（二）")
        blank = {**asked, "criteria": {**criteria, name: " "}}
        assert refused(desk, CHAOYANG, "SelectForCommendation", "2003-06-12", **blank)[0] == "field_value"
        select(desk, subject)
    (event, *_) = desk.stored("CommendationSelected")
    assert event["criteria"] == dict.fromkeys(PERSONAL, 4)


@pytest.mark.req("EV-019")
def test_the_receiving_city_is_asked_before_the_list(open_desk: Callable[..., Desk]) -> None:
    desk = opened(open_desk)
    tell(desk, reported(5, "out", "county", 1, "211381", "210213"))
    # First the assessment, then the selection, then the consultation, then the list.
    early = refused(desk, CHAOYANG, "SelectForCommendation", "2003-06-12", **selecting(LEG))
    assert early == ("not_yet_assessed", "三（三）")
    assess(desk, LEG)
    before = refused(desk, CHAOYANG, "SelectForCommendation", "2003-06-09", **selecting(LEG))
    assert before[0] == "date_before_ground"
    unknown = refused(desk, CHAOYANG, "ProposeCommendations", "2003-06-16", subjects=[LEG])
    assert unknown[0] == "commendation_unknown"
    assert refused(desk, DALIAN, "SelectForCommendation", "2003-06-12", **selecting(LEG))[0] == "not_your_business"
    select(desk, LEG)
    problem = desk.refused(CHAOYANG, "ProposeCommendations", "2003-06-16", **ROUND, subjects=[LEG])
    assert (problem["code"], problem["accepted"], problem["clause"]) == (
        "duty_out_of_order", "先办理征求接收市委组织部意见", "三（三）",
    )  # fmt: skip
    own = {"subject": LEG, "opinion": "同意"}
    assert refused(desk, CHAOYANG, "GiveCommendationOpinion", "2003-06-14", **own)[0] == "not_your_business"
    consult(desk, LEG)
    assert refused(desk, CHAOYANG, "ProposeCommendations", "2003-06-13", subjects=[LEG])[0] == "date_before_ground"
    assert propose(desk, [LEG]) == {"CommendationProposed": 1}
    assert refused(desk, CHAOYANG, "ProposeCommendations", "2003-06-17", subjects=[LEG])[0] == "duty_done"


@pytest.mark.req("EV-020")
@pytest.mark.parametrize(("on", "late"), [("2003-06-20", False), ("2003-06-21", True)])
def test_a_form_of_the_twenty_first_is_late(open_desk: Callable[..., Desk], on: str, late: bool) -> None:
    desk = one_assessed(open_desk)
    select(desk, LEG)
    assert refused(desk, CHAOYANG, "FileCommendationForm", on, subject=LEG, **FORM)[0] == "duty_out_of_order"
    consult(desk, LEG)
    propose(desk, [LEG])

    def owed(day: str) -> list[int]:
        return [row["overdue"] for row in desk.query(CHAOYANG, "due", kind="commendation_form", as_of=day)]

    assert (owed("2003-06-15"), owed("2003-06-16"), owed("2003-06-20"), owed("2003-06-21")) == ([], [0], [0], [1])
    form = {"subject": LEG, **FORM}
    for copies in (2, 4):
        wrong = refused(desk, CHAOYANG, "FileCommendationForm", on, **{**form, "copies": copies})
        assert wrong == ("copies_incomplete", "三（三）")
    elsewhere = {**form, "recipient": "省委组织部办公室"}
    assert refused(desk, CHAOYANG, "FileCommendationForm", on, **elsewhere)[0] == "form_sent_elsewhere"
    desk.command(CHAOYANG, "FileCommendationForm", on, **ROUND, **form)
    (row,) = desk.query(PROVINCE, "commendations")
    assert (row["form_filed_on"], row["form_late"]) == (on, late)
    assert owed("2003-06-21") == []


@pytest.mark.req("EV-021")
def test_nobody_is_commended_without_a_completed_assessment(open_desk: Callable[..., Desk]) -> None:
    desk = one_assessed(open_desk)
    select(desk, LEG)
    consult(desk, LEG)
    propose(desk, [LEG])
    early = refused(desk, PROVINCE, "GrantCommendation", "2003-07-15", subject=LEG)
    assert early == ("duty_out_of_order", "三")
    desk.command(CHAOYANG, "FileCommendationForm", "2003-06-20", **ROUND, subject=LEG, **FORM)
    assert refused(desk, PROVINCE, "GrantCommendation", "2003-07-15", subject=LEG)[0] == "not_yet_assessed"
    desk.command(PROVINCE, "ReviewReport", "2003-06-25", leg=LEG, opinion="同意")
    for day in ("2003-07-10", "2003-07-21"):
        assert refused(desk, PROVINCE, "GrantCommendation", day, subject=LEG) == ("grant_outside", "三")
    assert refused(desk, CHAOYANG, "GrantCommendation", "2003-07-15", subject=LEG)[0] == "role_not_allowed"
    assert desk.command(PROVINCE, "GrantCommendation", "2003-07-11", **ROUND, subject=LEG) == {"CommendationGranted": 1}
    assert refused(desk, PROVINCE, "GrantCommendation", "2003-07-20", subject=LEG)[0] == "duty_done"
    # A county has no assessment of its own, and may be commended on another day, with a reason.
    select(desk, "211381")
    consult(desk, "211381")
    propose(desk, ["211381"])
    desk.command(CHAOYANG, "FileCommendationForm", "2003-06-20", **ROUND, subject="211381", **FORM)
    late = {"subject": "211381", "reason": "与七一表彰合并进行"}
    desk.command(PROVINCE, "GrantCommendation", "2003-08-01", **ROUND, **late)
    rows = desk.query(PROVINCE, "commendations")
    assert [(row["subject"], row["granted_on"]) for row in rows] == [("211381", "2003-08-01"), (LEG, "2003-07-11")]
    assert desk.replays()
