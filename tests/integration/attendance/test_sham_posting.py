"""Sham posting is found by people, and falls on the secretary who signed, wherever that person is (AT-019, AT-020)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.service import Service
from tests.kit.attendance import paid
from tests.kit.desk import Desk, organ

TARGET = "210727101208"
POSTING = paid.posting(TARGET)
TOWNSHIP, VILLAGE = organ("township", TARGET[:9]), organ("village", TARGET)
COUNTY, NEIGHBOUR, CITY = organ("county_org", "210727"), organ("county_org", "210726"), organ("city_org", "2107")
SIGNER = TOWNSHIP.person
FOUND: dict[str, Any] = {
    "posting": POSTING,
    "code": "走读",
    "months": ["2018-06"],
    "source": "check",
    "area": TARGET,
    "number": 1,
    "finding": "夜间入户未见（合成）",
}
CHECK = {"programme": "LN2018", "area": TARGET, "means": "随机调研", "finding": "不在岗（合成）", "posting": POSTING}


@pytest.fixture
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    """June 2018: 22 days on post and every night spent outside, signed and sealed; then the secretary moves."""
    desk = paid.open_office(open_desk)
    paid.arrive(desk, TARGET, "2018-06-01")
    secretary = {"organ": TARGET[:9], "post": "party_secretary", "since": "2016-01-01", "until": None}
    desk.hear("allocation", "OfficeHolderRecorded", "2018-05-01", **secretary, person=SIGNER)
    days = [f"2018-06-{n:02}" for n in range(1, 23)]
    about = {"posting": POSTING, "month": "2018-06"}
    desk.command(VILLAGE, "RegisterDays", "2018-06-30", **about, days=days, work="village", night="elsewhere")
    desk.command(VILLAGE, "CompileMonth", "2018-07-02", **about)
    desk.command(TOWNSHIP, "SignMonth", "2018-07-03", **about)
    desk.command(TOWNSHIP, "SealMonth", "2018-07-04", **about)
    return desk


def moved(desk: Desk) -> None:
    """From 10 July another person is secretary there, and the signer is secretary of the next township."""
    office = {"post": "party_secretary", "since": "2018-07-10", "until": None}
    desk.hear("allocation", "OfficeHolderRecorded", "2018-07-10", **office, organ=TARGET[:9], person="p-new")
    desk.hear("allocation", "OfficeHolderRecorded", "2018-07-10", **office, organ="210727102", person=SIGNER)


def open_checks(desk: Desk, on: str, kind: str = "pattern_check") -> list[tuple[str, str]]:
    return [(row["subject"], row["period"]) for row in desk.query(COUNTY, "due", as_of=on, kind=kind)]


@pytest.mark.req("AT-019")
def test_a_pattern_opens_a_check_and_only_a_check_carries_a_finding(desk: Desk) -> None:
    assert desk.counts()["CommutingPatternShown"] == 1
    assert not {"ShamPostingFound", "AccountabilityOpened"} & set(desk.counts())
    assert open_checks(desk, "2018-07-03") == []
    assert open_checks(desk, "2018-07-04") == [(POSTING, "2018-06")]
    unseen = desk.refused(COUNTY, "RecordShamPosting", "2018-07-20", **FOUND)
    assert (unseen["code"], unseen["clause"], unseen["field"]) == ("sham_unseen", "一.2", "number")
    desk.command(COUNTY, "RecordCheck", "2018-07-16", **CHECK)
    assert open_checks(desk, "2018-07-15") == [(POSTING, "2018-06")]
    assert open_checks(desk, "2018-07-16") == []
    wrong = desk.refused(COUNTY, "RecordShamPosting", "2018-07-20", **{**FOUND, "code": "迟到"})
    assert (wrong["code"], wrong["accepted"]) == ("sham_kind", "挂名、走读、两头跑、两头空")
    for change in ({"number": 2}, {"number": 0}, {"source": "inspection"}, {"area": "210727102213"}):
        assert desk.refused(COUNTY, "RecordShamPosting", "2018-07-20", **{**FOUND, **change})["code"] == "sham_unseen"
    early = desk.refused(COUNTY, "RecordShamPosting", "2018-07-15", **FOUND)
    assert early["code"] == "date_before_ground"
    for months in ([], ["2018-05"], ["2018-06", "2018-08"]):
        refused = desk.refused(COUNTY, "RecordShamPosting", "2018-07-20", **{**FOUND, "months": months})
        assert refused["code"] == "sham_months"
    for code in ("挂名", "走读", "两头跑", "两头空"):
        taken = desk.command(COUNTY, "RecordShamPosting", "2018-07-20", **{**FOUND, "code": code})
        assert taken == {"ShamPostingFound": 1, "AccountabilityOpened": 1}
    rows = desk.query(CITY, "sham_postings", posting=POSTING)
    assert [row["code"] for row in rows] == ["挂名", "走读", "两头跑", "两头空"]
    assert desk.query(NEIGHBOUR, "sham_postings", posting=POSTING) == []
    assert desk.replays()


@pytest.mark.req("AT-020")
def test_the_signer_of_the_month_answers_also_after_a_move_and_a_superior_decides(desk: Desk) -> None:
    desk.command(COUNTY, "RecordCheck", "2018-07-16", **CHECK)
    moved(desk)
    desk.command(COUNTY, "RecordShamPosting", "2018-07-20", **{**FOUND, "months": ["2018-06", "2018-07"]})
    fault = {"posting": POSTING, "month": "2018-06", "version": 1, "kind": "随便签字", "finding": "与登记不符"}
    assert desk.command(COUNTY, "RecordCertificationFault", "2018-07-21", **fault) == {
        "CertificationFaultFound": 1,
        "AccountabilityOpened": 1,
    }
    # July has no sheet yet, so nobody certified it.
    opened = [(case["case"], case["signer"], case["months"], case["ground"]) for case in cases(desk)]
    assert opened == [
        (f"{POSTING}.1", SIGNER, ["2018-06"], "sham_posting"),
        (f"{POSTING}.2", SIGNER, ["2018-06"], "certification_fault"),
    ]
    assert all(case["assumed"] for case in cases(desk))
    assert [subject for subject, _ in open_checks(desk, "2018-07-21", "adjustment_decision")] == [
        f"{POSTING}.1",
        f"{POSTING}.2",
    ]
    decision = {"posting": POSTING, "case": f"{POSTING}.1", "measure": "组织调整", "document": "锦组〔2018〕7号"}
    for by, code in ((TOWNSHIP, "role_not_allowed"), (NEIGHBOUR, "out_of_reach")):
        refused = desk.refused(by, "DecideAdjustment", "2018-08-01", **decision)
        assert (refused["kind"], refused["code"]) == ("forbidden", code)
    early = desk.refused(CITY, "DecideAdjustment", "2018-07-19", **decision)
    assert early["code"] == "date_before_ground"
    other = desk.refused(CITY, "DecideAdjustment", "2018-08-01", **{**decision, "measure": "撤职"})
    assert (other["code"], other["accepted"], other["clause"]) == ("adjustment_measure", "组织调整", "一.2")
    unknown = desk.refused(CITY, "DecideAdjustment", "2018-08-01", **{**decision, "case": f"{POSTING}.9"})
    assert unknown["code"] == "accountability_unknown"
    assert desk.command(CITY, "DecideAdjustment", "2018-08-01", **decision) == {"OrganisationalAdjustmentDecided": 1}
    again = desk.refused(CITY, "DecideAdjustment", "2018-08-02", **decision)
    assert again["code"] == "accountability_decided"
    (decided,) = desk.stored("OrganisationalAdjustmentDecided")
    assert (decided["signer"], decided["measure"]) == (SIGNER, "组织调整")
    assert [subject for subject, _ in open_checks(desk, "2018-08-01", "adjustment_decision")] == [f"{POSTING}.2"]
    rows = desk.query(CITY, "accountability_cases", signer=SIGNER)
    assert [(row["measure"], row["decided_on"]) for row in rows] == [("组织调整", "2018-08-01"), ("", None)]
    assert desk.replays()


def cases(desk: Desk) -> list[dict[str, Any]]:
    return desk.stored("AccountabilityOpened")
