"""Papers: seals on versions, opinions in order, copies by holder."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kernel.testing import Given, actor, given
from programmes.procedure import Subject
from services.personnel.papers.copies import FileCopy
from services.personnel.papers.marks import RecordPaper, RevisePaper, SealAs, SignAs
from services.personnel.papers.opinion import Opine, Stamp
from services.personnel.papers.paper import (
    CopyFiled,
    FormStamped,
    OpinionSealed,
    PaperRecorded,
    PaperSealed,
    PaperSigned,
)
from services.personnel.parts import PAPER
from tests.kit.offices import seated, signing
from tests.kit.personnel.cast import CHANNEL, CHANNEL_OFFICE, COUNTY, PROVINCE, TARGET, UNIT, UNIT_OFFICE, ctx

CITY = actor("city_org", areas=("2113",))
HOST = actor("city_org", areas=("2102",))
FORM: dict[str, Any] = {"programme": "LN2018", "document": "n-1"}
SUMMARY: dict[str, Any] = {"programme": "LN2002", "document": "总结-1"}
PARTIES = Subject({"unit": UNIT, "channel": CHANNEL, "province": "21"}, {"level": "province"})
LOCAL = Subject({"unit": "U09", "channel": "210727", "province": "21", "city": "2107"}, {"level": "county"})
SHA = ("a" * 64, "b" * 64)
HEADED: dict[str, Any] = {"signer": "p-test", "post": "province_org_head", "stands_in_for": None}
STAGES = {"reporting": UNIT_OFFICE, "reviewing": CHANNEL_OFFICE, "approving": PROVINCE}


def opine(stage: str, on: str, by: Any = None, subject: Subject = PARTIES, **more: Any) -> Opine:
    about: dict[str, Any] = {"person": "p-1", "version": 1, "revision": 0, "subject": subject, **FORM, **more}
    about.setdefault("signing", seated(by or STAGES[stage]))
    return Opine(context=ctx(on, by or STAGES[stage]), stage=stage, **about)  # type: ignore[arg-type]


def stamp(on: str = "2018-05-04", by: Any = PROVINCE, **more: Any) -> Stamp:
    about: dict[str, Any] = {"person": "p-1", "version": 2, "revision": 0, "subject": PARTIES, "copies": 5}
    placed = {"placed": date(2018, 5, 2), "target": TARGET, "unit": UNIT, "signing": seated(by)}
    return Stamp(context=ctx(on, by), **{**FORM, **about, **placed, **more})


def after(*commands: Any) -> Given:
    made = given(PAPER)
    for command in commands:
        made.state = PAPER.fold(made.state, PAPER.decide(made.state, command))
    return made


REPORTED, REVIEWED = opine("reporting", "2018-04-18"), opine("reviewing", "2018-04-23")
APPROVED = opine("approving", "2018-05-03")


@pytest.mark.req("PE-009")
def test_three_opinions_in_order_each_with_its_seal_and_day() -> None:
    sealed = OpinionSealed(
        occurred_on=date(2018, 5, 3), **FORM, person="p-1", stage="approving", step="approving", version=1, revision=0,
        organ="province_org organ", **HEADED,
    )  # fmt: skip
    after(REPORTED, REVIEWED).when(APPROVED).then(sealed)
    early = opine("approving", "2018-04-22")
    after(REPORTED, REVIEWED).when(early).rejected("date_before_ground", field="occurred_on", clause="附件2")
    after(REPORTED, REVIEWED).when(opine("approving", "2018-04-23")).types("OpinionSealed")
    after(REPORTED).when(APPROVED).rejected("duty_out_of_order", field="stage", accepted="先办理审核单位意见")
    after().when(REVIEWED).rejected("duty_out_of_order", accepted="先办理呈报单位意见")
    after(REPORTED).when(REPORTED).rejected("duty_done", field="stage")
    for stage, stranger in (("reporting", CHANNEL_OFFICE), ("reviewing", UNIT_OFFICE), ("approving", CHANNEL_OFFICE)):
        after().when(opine(stage, "2018-04-23", stranger)).rejected("not_your_business", kind="forbidden")


@pytest.mark.req("X-057")
def test_an_opinion_and_a_stamp_are_of_who_holds_the_post_on_their_day() -> None:
    ready = after(REPORTED, REVIEWED)
    other, later = signing("province_org_head", "21", "p-other"), signing("province_org_head", "21", since="2018-05-04")
    ready.when(opine("approving", "2018-05-03", signing=other)).rejected(
        "not_in_office", field="stage", kind="forbidden", rule="papers.signers", accepted="p-other"
    )
    ready.when(opine("approving", "2018-05-03", signing=later)).rejected("office_unrecorded", field="stage")
    ready.when(opine("approving", "2018-05-04", signing=later)).types("OpinionSealed")
    approved = after(REPORTED, REVIEWED, opine("approving", "2018-04-30"))
    approved.when(stamp("2018-05-03", signing=later)).rejected("office_unrecorded", field="nomination")
    approved.when(stamp("2018-05-04", signing=later)).types("FormStamped")
    # A unit and a channel are no division: the post is the one of their role, whatever the token says.
    (event,) = given(PAPER).when(opine("reporting", "2018-04-18", signing=None)).events or []
    assert (event.signer, event.post, event.stands_in_for) == ("p-test", "党委（党组）", None)


def test_the_city_approves_the_forms_of_the_units_of_its_counties() -> None:
    unit, county = actor("unit", units=("U09",)), actor("county_org", areas=("210727",))
    local = after(opine("reporting", "2018-04-18", unit, LOCAL), opine("reviewing", "2018-04-23", county, LOCAL))
    local.when(opine("approving", "2018-05-03", PROVINCE, LOCAL)).rejected("not_your_business")
    decided = local.when(opine("approving", "2018-05-03", actor("city_org", areas=("2107",)), LOCAL)).events
    assert [event.step for event in decided or []] == ["approving_city"]


@pytest.mark.req("X-014")
def test_a_form_that_was_corrected_is_sealed_anew_from_the_first_opinion() -> None:
    sealed = after(REPORTED, REVIEWED)
    sealed.when(opine("approving", "2018-05-03", revision=1, version=2)).rejected("duty_out_of_order")
    anew = opine("reporting", "2018-05-03", revision=1, version=2)
    sealed.when(anew).types("OpinionSealed")
    after(REPORTED, REVIEWED, anew).when(opine("reviewing", "2018-05-03", revision=1, version=2)).types("OpinionSealed")


@pytest.mark.req("PE-007")
def test_five_copies_are_stamped_once_the_list_is_confirmed_and_no_day_before() -> None:
    ready = after(REPORTED, REVIEWED, opine("approving", "2018-04-30"))
    ready.when(stamp(placed=None)).rejected(
        "list_not_confirmed", field="nomination", rule="procedure.registration_form"
    )
    ready.when(stamp("2018-05-01")).rejected("date_before_ground")
    stamped = FormStamped(
        occurred_on=date(2018, 5, 2), **FORM, person="p-1", target=TARGET, unit=UNIT, step="stamping", version=2,
        revision=0, expected=5, organ="province_org organ", **HEADED,
    )  # fmt: skip
    ready.when(stamp("2018-05-02")).then(stamped)
    for copies in (4, 6):
        ready.when(stamp(copies=copies)).rejected("copies_incomplete", accepted="5", clause="五.3")
    after(REPORTED, REVIEWED).when(stamp()).rejected("duty_out_of_order", accepted="先办理审批单位意见")
    ready.when(stamp(by=CHANNEL_OFFICE)).rejected("not_your_business", kind="forbidden")


STAMPED = (REPORTED, REVIEWED, APPROVED, stamp())
HOLDERS = {
    "province": PROVINCE,
    "city": actor("city_org", areas=("2107",)),
    "county": COUNTY,
    "township": actor("township", areas=("210727101",)),
    "unit": UNIT_OFFICE,
}


def file(holder: str, by: Any = None, on: str = "2018-05-04", copies: int = 1) -> FileCopy:
    return FileCopy(context=ctx(on, by or HOLDERS[holder]), holder=holder, copies=copies, **FORM)


@pytest.mark.req("PE-007")
def test_five_holders_keep_one_copy_each_and_the_village_none() -> None:
    stamped = after(*STAMPED)
    kept = CopyFiled(
        occurred_on=date(2018, 5, 4), **FORM, kind="registration_form", holder="township", organ="township organ",
        copies=1,
    )  # fmt: skip
    stamped.when(file("township")).then(kept)
    named = "province、city、county、township、unit"
    stamped.when(file("village", COUNTY)).rejected("not_a_holder", field="holder", accepted=named, rule="papers.kinds")
    twice = after(*STAMPED, file("county"))
    twice.when(file("county")).rejected("copies_all_filed", accepted="province、city、township、unit")
    stamped.when(file("county", copies=2)).rejected("copies_all_filed")
    for holder, stranger in (("county", CITY), ("city", CITY), ("province", COUNTY), ("unit", CHANNEL_OFFICE)):
        stamped.when(file(holder, stranger)).rejected("not_your_business", field="holder", kind="forbidden")
    stamped.when(file("county", on="2018-05-03")).rejected("date_before_ground")
    after(REPORTED).when(file("county")).rejected("not_stamped", field="document")
    assert sum(after(*STAMPED, *map(file, HOLDERS)).state.filed.values()) == 5


def record(by: Any = CITY, kind: str = "summary", **more: Any) -> RecordPaper:
    about: dict[str, Any] = {"area": "2113", "counterpart": "2102", "sha256": SHA[0], **SUMMARY, **more}
    return RecordPaper(context=ctx("2003-05-30", by, about["programme"]), kind=kind, **about)


def on(day: str = "2003-06-02", by: Any = CITY) -> Any:
    return ctx(day, by, "LN2002")


@pytest.mark.req("X-014")
def test_what_is_sealed_is_changed_by_a_new_version_alone() -> None:
    first = PaperRecorded(
        occurred_on=date(2003, 5, 30), **SUMMARY, kind="summary", version=1, sha256=SHA[0], area="2113",
        counterpart="2102", expected=3,
    )  # fmt: skip
    given(PAPER).when(record()).then(first)
    given(PAPER, first).when(record()).rejected("paper_recorded")
    same = RevisePaper(context=on(), version=1, sha256=SHA[1], **SUMMARY)
    given(PAPER, first).when(same).types("PaperRecorded")
    head: Any = {"version": 1, "signing": signing("city_org_head", "2113"), **SUMMARY}
    seal, sign = SealAs(context=on(), **head), SignAs(context=on(), **head)
    day: dict[str, Any] = {"occurred_on": date(2003, 6, 2), **SUMMARY, "version": 1, "area": "2113"}
    day |= {"signer": "p-test", "post": "city_org_head", "stands_in_for": None, "organ": "city_org organ"}
    sealed, signed = PaperSealed(**day), PaperSigned(**day)
    given(PAPER, first).when(seal).then(sealed)
    given(PAPER, first).when(sign).then(signed)
    for mark in (sealed, signed):
        given(PAPER, first, mark).when(same).rejected("version_sealed", field="version", accepted="第 2 版")
    following = RevisePaper(context=on(), version=2, sha256=SHA[1], **SUMMARY)
    second = given(PAPER, first, sealed).when(following).events or []
    assert [(event.version, event.sha256) for event in second] == [(2, SHA[1])]
    # The seal stays on the first version; the second has none and can still be changed.
    given(PAPER, first, sealed, *second).when(seal).rejected("version_unknown", accepted="2")
    given(PAPER, first, sealed, *second).when(following).types("PaperRecorded")
    given(PAPER, first, sealed).when(RevisePaper(context=on(), version=3, sha256=SHA[1], **SUMMARY)).rejected(
        "version_unknown"
    )
    given(PAPER, first, sealed).when(seal).rejected("marked_before")
    given(PAPER).when(seal).rejected("paper_unknown", kind="unknown")


@pytest.mark.req("X-031")
@pytest.mark.parametrize(
    ("programme", "kind", "expected"),
    [
        ("LN2002", "nomination_list", 4), ("LN2002", "secondment_form", 4), ("LN2002", "performance", 4),
        ("LN2002", "summary", 3), ("LN2002", "assessment_report", 3), ("LN2002", "commendation_form", 3),
        ("SX2015", "ledger", 2), ("SX2015", "statistics", 2), ("QS2017", "roster", 0),
    ],
)  # fmt: skip
def test_each_kind_of_paper_has_its_printed_number_of_copies(programme: str, kind: str, expected: int) -> None:
    (event,) = given(PAPER).when(record(kind=kind, programme=programme)).events or []
    assert event.expected == expected


@pytest.mark.req("X-031")
def test_three_recipients_of_a_summary_get_one_copy_each() -> None:
    def copy(holder: str, by: Any, copies: int = 1) -> FileCopy:
        return FileCopy(context=on(by=by), holder=holder, copies=copies, **SUMMARY)

    recorded = after(record())
    three = (("province_org", PROVINCE), ("sending_city_org", CITY), ("receiving_city_org", HOST))
    assert sum(after(record(), *(copy(*one) for one in three)).state.filed.values()) == 3
    recorded.when(copy("receiving_city_org", CITY)).rejected("not_your_business")
    recorded.when(copy("sending_city_org", CITY, 2)).rejected("copies_all_filed")
    recorded.when(copy("personal_archive", CITY)).rejected("not_a_holder")
    # Of the assessment one goes into the archive; who keeps the other two the text leaves open, a fourth there is none.
    report = after(record(kind="assessment_report"))
    report.when(copy("personal_archive", CITY)).types("CopyFiled")
    report.when(copy("某处", CITY, 2)).types("CopyFiled")
    report.when(copy("某处", CITY, 3)).rejected("copies_all_filed")
    # The only recipient gets all four.
    names = after(record(kind="nomination_list"))
    names.when(copy("省委组织部干部一处", CITY, 4)).types("CopyFiled")
    names.when(copy("省委组织部干部一处", CITY, 5)).rejected("copies_all_filed")


def test_a_kind_of_another_programme_and_a_form_are_no_papers_to_record() -> None:
    given(PAPER).when(record(kind="statistics")).rejected("paper_kind_unknown", field="kind", rule="papers.kinds")
    given(PAPER).when(record(kind="registration_form", programme="LN2018")).rejected("paper_recorded")
