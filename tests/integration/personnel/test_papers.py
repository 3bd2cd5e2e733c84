"""The paper set of a nominee, from the first opinion to the fifth holder, as organs give it and as it is listed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kernel.messages import Actor
from kernel.testing import actor
from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.offices import Offices
from tests.kit.personnel import cast

CITY = actor("city_org", areas=("2107",))
TOWNSHIP = actor("township", areas=("210727101",))
HOLDERS = {
    "province": cast.PROVINCE, "city": CITY, "county": cast.COUNTY, "township": TOWNSHIP, "unit": cast.UNIT_OFFICE,
}  # fmt: skip


@pytest.fixture(scope="module")
def form(office: Desk) -> dict[str, str]:
    """A nominee with the first two opinions, corrected between them, and placed."""
    scheme = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": ["U01"]}
    office.receipt(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    office.receipt(cast.UNIT_OFFICE, "NominateCadre", "2018-04-18", programme="LN2018", nominee=cast.row(1))
    (one,) = office.query(cast.PROVINCE, "nominations", programme="LN2018")
    about = {"programme": "LN2018", "nomination": one["nomination"]}
    unheld = office.refused(cast.UNIT_OFFICE, "SealOpinion", "2018-04-18", **about, stage="reporting")
    assert (unheld["code"], unheld["field"]) == ("office_unrecorded", "stage")
    offices = Offices(office)
    offices.sender_holds("U01", cast.CHANNEL, "party_secretary", cast.UNIT_OFFICE.person, "2018-01-01")
    offices.sender_holds(cast.CHANNEL, "", "org_head", cast.CHANNEL_OFFICE.person, "2018-01-01")
    office.receipt(cast.UNIT_OFFICE, "SealOpinion", "2018-04-18", **about, stage="reporting")
    office.receipt(
        cast.UNIT_OFFICE, "CorrectPerson", "2018-04-19", corrected=one["person"], changes={"health": "良好"},
        reason="填写有误", source="体检报告",
    )  # fmt: skip
    anew = office.refused(cast.CHANNEL_OFFICE, "SealOpinion", "2018-04-23", **about, stage="reviewing")
    assert (anew["code"], anew["field"], anew["clause"]) == ("duty_out_of_order", "stage", "附件2")
    office.receipt(cast.UNIT_OFFICE, "SealOpinion", "2018-04-20", **about, stage="reporting")
    office.receipt(cast.CHANNEL_OFFICE, "SealOpinion", "2018-04-23", **about, stage="reviewing")
    marks = {**about, "unit": "U01", "result": "passed"}
    office.receipt(cast.CHANNEL_OFFICE, "CheckNominee", "2018-04-23", **marks)
    nobody = office.refused(cast.PROVINCE, "SealOpinion", "2018-04-25", **about, stage="approving")
    assert (nobody["code"], nobody["field"]) == ("office_unrecorded", "stage")
    offices.holds("21", "org_head", cast.PROVINCE.person, "2018-01-01")
    office.receipt(cast.PROVINCE, "SealOpinion", "2018-04-25", **about, stage="approving")
    early = office.refused(cast.PROVINCE, "StampForm", "2018-04-27", **about, copies=5)
    assert (early["code"], early["field"]) == ("list_not_confirmed", "nomination")
    office.hear_of("allocation", said.placement(cast.TARGET, one["person"], cast.UNIT))
    return about


def listed(office: Desk, form: dict[str, str]) -> dict[str, Any]:
    (row,) = office.query(cast.PROVINCE, "papers", programme="LN2018", document=form["nomination"])
    return row


@pytest.mark.req("PE-007")
@pytest.mark.req("X-031")
def test_the_set_is_complete_with_five_distinct_holders(office: Desk, form: dict[str, str]) -> None:
    copy = {"programme": "LN2018", "document": form["nomination"]}
    unstamped = office.refused(cast.COUNTY, "FileCopy", "2018-04-28", **copy, holder="county")
    assert (unstamped["code"], unstamped["field"]) == ("out_of_reach", "document")
    four = office.refused(cast.PROVINCE, "StampForm", "2018-04-28", **form, copies=4)
    assert (four["code"], four["clause"], four["accepted"]) == ("copies_incomplete", "五.3", "5")
    assert office.command(cast.PROVINCE, "StampForm", "2018-04-28", **form, copies=5) == {"FormStamped": 1}
    left = []
    for holder, by in HOLDERS.items():
        assert office.command(by, "FileCopy", "2018-05-02", **copy, holder=holder) == {"CopyFiled": 1}
        row = listed(office, form)
        left.append((row["missing"], row["complete"]))
    assert left == [(4, False), (3, False), (2, False), (1, False), (0, True)]
    assert listed(office, form)["holders"] == dict.fromkeys(HOLDERS, 1)
    village = office.refused(cast.COUNTY, "FileCopy", "2018-05-02", **copy, holder="village")
    assert (village["code"], village["clause"]) == ("not_a_holder", "五.3")
    sixth = office.refused(cast.COUNTY, "FileCopy", "2018-05-02", **copy, holder="county")
    assert (sixth["code"], sixth["clause"], sixth["accepted"]) == ("copies_all_filed", "五.3", "各存档单位均已归档")


def test_no_opinion_is_sealed_before_the_one_before_it_and_no_form_before_all(
    office: Desk, form: dict[str, str]
) -> None:
    row = cast.row(3, kind="乡镇", intended_unit_and_post="乡镇党委第一副书记 待分配")
    office.receipt(cast.UNIT_OFFICE, "NominateCadre", "2018-04-20", programme="LN2018", nominee=row)
    (other,) = {one["nomination"] for one in office.query(cast.PROVINCE, "nominations", programme="LN2018")} - {
        form["nomination"]
    }
    about = {"programme": "LN2018", "nomination": other}
    for by, stage, missing in (
        (cast.CHANNEL_OFFICE, "reviewing", "先办理呈报单位意见"),
        (cast.PROVINCE, "approving", "先办理审核单位意见"),
    ):
        early = office.refused(by, "SealOpinion", "2018-04-23", **about, stage=stage)
        assert (early["code"], early["field"], early["clause"]) == ("duty_out_of_order", "stage", "附件2")
        assert early["accepted"] == missing
    office.receipt(cast.UNIT_OFFICE, "SealOpinion", "2018-04-20", **about, stage="reporting")
    skipped = office.refused(cast.PROVINCE, "SealOpinion", "2018-04-25", **about, stage="approving")
    assert (skipped["code"], skipped["accepted"]) == ("duty_out_of_order", "先办理审核单位意见")
    unsealed = office.refused(cast.PROVINCE, "StampForm", "2018-04-28", **about, copies=5)
    assert (unsealed["code"], unsealed["field"]) == ("list_not_confirmed", "nomination")


@pytest.mark.req("X-057")
def test_who_holds_the_office_seals_and_signs_and_who_stands_in_until_the_last_day(office: Desk) -> None:
    old, new, deputy = (actor("city_org", person=f"p-{who}", areas=("2108",)) for who in ("old", "new", "deputy"))
    offices = Offices(office, "LN2002")
    offices.holds("2108", "org_head", "p-old", "2003-01-01")
    paper: dict[str, Any] = {"programme": "LN2002", "document": "总结-2108-1"}
    about = {**paper, "kind": "summary", "area": "2108", "sha256": "a" * 64}
    office.receipt(old, "RecordPaper", "2003-05-30", **about)
    offices.holds("2108", "org_head", "p-new", "2003-06-10")
    offices.stands_in("2108", "org_head", "p-deputy", "2003-06-12", "2003-06-14")
    marks: dict[str, Any] = {**paper, "version": 1}
    for command in ("SealPaper", "SignPaper"):
        late = office.refused(old, command, "2003-06-10", **marks)
        assert (late["code"], late["field"], late["accepted"]) == ("not_in_office", "document", "p-new")
        assert office.refused(deputy, command, "2003-06-11", **marks)["code"] == "not_in_office"
        assert office.refused(deputy, command, "2003-06-15", **marks)["code"] == "not_in_office"
    # The post a token tells is nobody's word for it.
    claimed = Actor("p-stranger", "组织部部长", new.organ, "city_org", ("2108",), ())
    assert office.refused(claimed, "SignPaper", "2003-06-12", **marks)["code"] == "not_in_office"
    assert office.command(old, "SignPaper", "2003-06-09", **marks) == {"PaperSigned": 1}
    assert office.command(deputy, "SignPaper", "2003-06-14", **marks) == {"PaperSigned": 1}
    assert office.command(new, "SealPaper", "2003-06-15", **marks) == {"PaperSealed": 1}
    rows = office.query(new, "paper_marks", programme="LN2002", document="总结-2108-1")
    assert sorted(
        (row["marked_on"], row["mark"], row["signer"], row["post"], row["stands_in_for"]) for row in rows
    ) == [
        ("2003-06-09", "signature", "p-old", "city_org_head", ""),
        ("2003-06-14", "signature", "p-deputy", "city_org_head", "p-new"),
        ("2003-06-15", "seal", "p-new", "city_org_head", ""),
    ]


@pytest.mark.req("X-057")
def test_a_unit_and_its_channel_sign_by_who_holds_their_posts(office: Desk) -> None:
    """Whoever's token tells the post seals nothing; who stands in does, from the first day to the last."""
    office.receipt(cast.UNIT_OFFICE, "NominateCadre", "2018-04-18", programme="LN2018", nominee=cast.row(2))
    nominated = {row["nomination"] for row in office.query(cast.PROVINCE, "nominations", programme="LN2018")}
    (paper,) = nominated - {row["document"] for row in office.query(cast.PROVINCE, "papers", programme="LN2018")}
    about: dict[str, Any] = {"programme": "LN2018", "nomination": paper}
    offices = Offices(office)
    offices.sender_holds("U01", cast.CHANNEL, "party_secretary", "p-secretary", "2018-04-19")
    offices.sender_stands_in("U01", cast.CHANNEL, "party_secretary", "p-deputy", "2018-04-21", "2018-04-22")
    deputy = replace(cast.UNIT_OFFICE, person="p-deputy")
    asked = {**about, "stage": "reporting"}
    for by, on, who in (
        (cast.UNIT_OFFICE, "2018-04-19", "p-secretary"),
        (deputy, "2018-04-20", "p-secretary"),
        (deputy, "2018-04-23", "p-secretary"),
    ):
        wrong = office.refused(by, "SealOpinion", on, **asked)
        assert (wrong["code"], wrong["field"], wrong["accepted"]) == ("not_in_office", "stage", who)
    assert office.command(deputy, "SealOpinion", "2018-04-22", **asked) == {"OpinionSealed": 1}
    offices.sender_holds(cast.CHANNEL, "", "org_head", "p-head", "2018-04-23")
    reviewing = {**about, "stage": "reviewing"}
    assert office.refused(cast.CHANNEL_OFFICE, "SealOpinion", "2018-04-23", **reviewing)["code"] == "not_in_office"
    head = replace(cast.CHANNEL_OFFICE, person="p-head")
    assert office.command(head, "SealOpinion", "2018-04-23", **reviewing) == {"OpinionSealed": 1}
    assert [(one["signer"], one["post"], one["stands_in_for"]) for one in office.stored("OpinionSealed")[-2:]] == [
        ("p-deputy", "unit_party_secretary", "p-secretary"),
        ("p-head", "channel_org_head", None),
    ]


@pytest.mark.req("X-014")
def test_each_seal_is_listed_with_organ_day_and_version(office: Desk, form: dict[str, str]) -> None:
    rows = office.query(cast.PROVINCE, "paper_marks", document=form["nomination"])
    assert sorted((row["marked_on"], row["mark"], row["version"], row["organ"]) for row in rows)[:4] == [
        ("2018-04-18", "reporting", 1, "unit organ"),
        ("2018-04-20", "reporting", 2, "unit organ"),
        ("2018-04-23", "reviewing", 2, "channel organ"),
        ("2018-04-25", "approving", 2, "province_org organ"),
    ]
    assert office.query(cast.OTHER_COUNTY, "paper_marks", document=form["nomination"]) == []


@pytest.mark.req("X-031")
def test_expected_less_filed_is_shown_per_document(office: Desk, form: dict[str, str]) -> None:
    city = actor("city_org", areas=("2113",))
    paper: dict[str, Any] = {"programme": "LN2002", "document": "总结-2113-1"}
    about = {**paper, "kind": "summary", "area": "2113", "counterpart": "2102", "sha256": "a" * 64}
    office.receipt(city, "RecordPaper", "2003-05-30", **about)
    office.receipt(cast.HOST_CITY, "FileCopy", "2003-06-05", **paper, holder="receiving_city_org")
    stranger = office.refused(CITY, "FileCopy", "2003-06-05", **paper, holder="sending_city_org")
    assert stranger["code"] == "out_of_reach"
    for by in (city, cast.HOST_CITY, cast.PROVINCE):
        (row,) = office.query(by, "papers", **paper)
        assert (row["expected"], row["filed"], row["missing"]) == (3, 1, 2)
    assert office.query(CITY, "papers", **paper) == []
    assert office.replays()
