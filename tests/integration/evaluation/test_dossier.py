"""One bag a cadre: a monthly sheet is in it when attendance has sealed it, and nobody else puts it there (EV-038)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.codec import data_of, plain
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from tests.kit.attendance import paid
from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes
from tests.kit.evaluation.works import ABOUT, COUNTY, NEIGHBOUR, POSTING, TOWNSHIP, VILLAGE, refused
from tests.kit.following_desks import FollowingDesks

SHEET = "月考勤登记表"
KINDS = ["调研报告", "村情民情台账", "会议记录", "年度工作日志", "工作汇报", "工作总结", "其他材料"]
JUNE = {**ABOUT, "month": "2018-06"}
Open = Callable[..., Desk]


def attendance(open_desk: Open) -> Desk:
    """Attendance where the cadre of 义县 is on post and the township has a party secretary."""
    desk = open_desk(ATTENDANCE)
    desk.hear_profiles("LN2018", "JZ")
    come(desk)
    secretary = {"organ": VILLAGE[:9], "post": "party_secretary", "since": "2016-01-01", "until": None}
    desk.hear("allocation", "OfficeHolderRecorded", "2018-05-01", **secretary, person=TOWNSHIP.person)
    return desk


def come(desk: Desk) -> None:
    """The cadre is on post, as personnel decided it."""
    event = schemes.on_post_in_jinzhou()
    desk.hear("personnel", "CadreOnPost", event.occurred_on.isoformat(), "LN2018:1+JZ:1", **plain(data_of(event)))


def bag(desk: Desk, by: Any = COUNTY, **asked: Any) -> list[tuple[str, str, int, str]]:
    """Kind, title, version and day of what is in the bag of the cadre."""
    rows = desk.query(by, "dossier", posting=POSTING, **asked)
    return [(row["kind"], row["title"], row["version"], row["added_on"]) for row in rows]


def corrected(desk: Desk, on: str) -> None:
    """A forgotten day is added to June, and the sheet signed anew."""
    desk.command(organ("village", VILLAGE), "CorrectMonth", on, **JUNE, reason="漏登", add=["2018-06-25"])
    desk.command(TOWNSHIP, "SignMonth", on, **JUNE)


@pytest.mark.req("EV-038")
def test_a_monthly_sheet_enters_only_when_it_is_sealed(open_desk: Open) -> None:
    sheets, desk = attendance(open_desk), schemes.jinzhou(open_desk)
    both = FollowingDesks(sheets, desk)
    village = organ("village", VILLAGE)
    sheets.command(village, "RegisterDays", "2018-07-02", **JUNE, days=[f"2018-06-{n:02}" for n in range(1, 23)])
    sheets.command(village, "CompileMonth", "2018-07-02", **JUNE)
    sheets.command(TOWNSHIP, "SignMonth", "2018-07-03", **JUNE)
    both.settle()
    assert bag(desk) == []
    by_hand = {"kind": SHEET, "title": "2018-06"}
    assert refused(desk, COUNTY, "AddDossierItem", "2018-07-03", **by_hand) == ("dossier_sheet_by_seal", "二.5")
    sheets.command(TOWNSHIP, "SealMonth", "2018-07-04", **JUNE)
    both.settle()
    first = (SHEET, "2018-06", 1, "2018-07-04")
    assert bag(desk) == bag(desk, TOWNSHIP, kind=SHEET, as_of="2018-07-04") == [first]
    assert bag(desk, as_of="2018-07-03") == bag(desk, kind="工作总结") == bag(desk, NEIGHBOUR) == []
    corrected(sheets, "2018-07-16")
    both.settle()
    assert bag(desk) == [first]
    sheets.command(TOWNSHIP, "SealMonth", "2018-07-17", **JUNE)
    both.settle()
    assert bag(desk) == [first, (SHEET, "2018-06", 2, "2018-07-17")]
    assert refused(desk, COUNTY, "AddDossierItem", "2018-07-17", **by_hand) == ("dossier_sheet_by_seal", "二.5")
    for sealed in sheets.stored("AttendanceSealed"):  # heard of once more, each is in once
        desk.hear("attendance", "AttendanceSealed", "2018-07-18", "LN2018:1+JZ:1", **sealed)
    assert len(bag(desk)) == 2
    assert desk.replays()


@pytest.mark.req("EV-038")
def test_a_sheet_sealed_before_its_rules_and_its_posting_are_known_is_not_lost(open_desk: Open) -> None:
    sheets, desk = attendance(open_desk), open_desk(EVALUATION)
    carried = FollowingDesks(sheets, desk)
    paid.seal(sheets, VILLAGE, "2018-06", 22, "2018-07-04")
    carried.settle()  # of no rules anything is known here yet
    desk.hear_profiles("LN2018")
    corrected(sheets, "2018-07-16")
    sheets.command(TOWNSHIP, "SealMonth", "2018-07-17", **JUNE)
    carried.settle()  # of the base alone, which knows no bag
    assert desk.counts() == {"SheetHeld": 2, "ProfileNoted": 1}
    desk.hear_profiles("JZ")
    both = [(SHEET, "2018-06", 1, "2018-07-04"), (SHEET, "2018-06", 2, "2018-07-17")]
    assert bag(desk) == both
    assert bag(desk, as_of="2018-07-16") == both[:1]
    come(desk)
    desk.hear_profiles("JZ")
    assert bag(desk) == both
    assert desk.counts().items() >= {"SheetHeld": 2, "SheetReleased": 2, "DossierItemAdded": 2}.items()
    assert "CommandRefused" not in desk.counts()
    assert desk.log.parked_events(("attendance", 0), 10) == []
    assert desk.replays()


@pytest.mark.req("EV-038")
def test_papers_are_put_in_by_the_county_under_the_kinds_of_the_programme(open_desk: Open) -> None:
    desk = schemes.jinzhou(open_desk)
    paper = {"kind": KINDS[0], "title": "产业调研"}
    for by, on, wrong, code in (
        (COUNTY, "2018-06-01", {"kind": "照片"}, "dossier_kind_unknown"),
        (COUNTY, "2018-06-01", {"title": "电话13800138000"}, "field_value"),
        (COUNTY, "2018-05-01", {}, "work_too_early"),
        (organ("county_org", "210726"), "2018-06-01", {}, "out_of_reach"),
        (TOWNSHIP, "2018-06-01", {}, "role_not_allowed"),
    ):
        assert refused(desk, by, "AddDossierItem", on, **{**paper, **wrong})[0] == code
    assert refused(desk, COUNTY, "AddDossierItem", "2018-06-01", **{**paper, "kind": "照片"})[1] == "二.5"
    for kind in KINDS:
        assert desk.command(COUNTY, "AddDossierItem", "2018-05-02", **ABOUT, kind=kind, title="产业调研") == {
            "DossierItemAdded": 1
        }
    desk.command(COUNTY, "AddDossierItem", "2018-06-01", **ABOUT, **paper)
    assert sorted(kind for kind, *_ in bag(desk, as_of="2018-05-02")) == sorted(KINDS)
    assert [row[2:] for row in bag(desk, kind=KINDS[0])] == [(1, "2018-05-02"), (2, "2018-06-01")]
    assert desk.replays()


@pytest.mark.req("EV-038")
def test_where_a_notice_knows_no_bag_none_is_kept(open_desk: Open) -> None:
    sheets, desk = paid.open_office(open_desk), schemes.jinzhou(open_desk)
    before = desk.counts()
    paid.arrive(sheets, paid.ELSEWHERE, "2018-05-02")
    paid.seal(sheets, paid.ELSEWHERE, "2018-06", 22, "2018-07-04")
    assert sheets.counts()["AttendanceSealed"] == 1
    FollowingDesks(sheets, desk).settle()
    assert desk.counts() == before
    shanxi = schemes.shanxi(open_desk)
    paper = {"posting": schemes.CADRE, "kind": KINDS[0], "title": "产业调研"}
    assert shanxi.refused(schemes.COUNTY, "AddDossierItem", "2016-01-04", **paper)["code"] == "rule_unknown"
    assert "DossierItemAdded" not in shanxi.counts()
