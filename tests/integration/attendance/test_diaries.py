"""Logs, diaries and the five occasions of a cadre (AT-003, AT-006, AT-012, AT-013)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.messages import Actor
from kernel.service import Service
from services.attendance.wiring import SERVICE
from tests.kit.attendance import paid
from tests.kit.desk import Desk, organ

TARGET = "210727101208"
POSTING = paid.posting(TARGET)
CADRE = Actor(f"p-{TARGET}", "选派干部", f"p-{TARGET}", "cadre")
COLLEAGUE = Actor("p-2", "选派干部", "p-2", "cadre")
VILLAGE, TOWNSHIP, COUNTY = organ("village", TARGET), organ("township", TARGET[:9]), organ("county_org", "210727")
LOG: dict[str, Any] = {"posting": POSTING, "visits": "走访三户（合成）", "help": "协调灌溉（合成）"}


@pytest.fixture
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    """One cadre on post since 1 June, registered on the 4th to the 6th."""
    desk = paid.open_office(open_desk)
    paid.arrive(desk, TARGET, "2018-06-01")
    days = ["2018-06-04", "2018-06-05", "2018-06-06"]
    desk.command(VILLAGE, "RegisterDays", "2018-06-06", posting=POSTING, month="2018-06", days=days)
    return desk


@pytest.mark.req("AT-013")
def test_a_day_on_post_without_a_log_is_a_gap_and_a_late_log_tells_both_days(desk: Desk) -> None:
    def gaps() -> list[str]:
        return [row["day"] for row in desk.query(COUNTY, "days_without_log", posting=POSTING)]

    assert gaps() == ["2018-06-04", "2018-06-05", "2018-06-06"]
    foreign = desk.refused(COLLEAGUE, "WriteWorkLog", "2018-06-06", **LOG, day="2018-06-06")
    assert foreign["kind"] == "forbidden"
    for day, code in (
        ("2018-06-07", "day_in_future"),
        ("2018-05-31", "day_outside_posting"),
        ("2018-06-01", "log_off_post"),
    ):
        refused = desk.refused(CADRE, "WriteWorkLog", "2018-06-06", **LOG, day=day)
        assert (refused["code"], refused["field"]) == (code, "day")
    tagged = desk.refused(CADRE, "WriteWorkLog", "2018-06-06", **LOG, day="2018-06-06", group="为民办事服务")
    assert (tagged["code"], tagged["field"]) == ("duty_group_unknown", "group")
    desk.command(CADRE, "WriteWorkLog", "2018-06-06", **LOG, day="2018-06-06", evidence=["sha256:1"])
    desk.command(CADRE, "WriteWorkLog", "2018-06-20", **LOG, day="2018-06-04")
    assert gaps() == ["2018-06-05"]
    again = desk.refused(CADRE, "WriteWorkLog", "2018-06-21", **LOG, day="2018-06-04")
    assert (again["code"], again["clause"]) == ("log_twice", "一.2")
    rows = desk.query(TOWNSHIP, "work_logs", posting=POSTING)
    assert [(row["day"], row["written_at"], row["evidence"]) for row in rows] == [
        ("2018-06-04", "2018-06-20", []),
        ("2018-06-06", "2018-06-06", ["sha256:1"]),
    ]
    assert desk.replays()


@pytest.mark.req("AT-003")
def test_a_sending_unit_reads_the_entries_of_its_own_cadres_only(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(SERVICE, province="14")
    desk.hear_profiles("SX2015", on="2015-06-24")
    for number, unit in enumerate(("U-1", "U-2"), 1):
        target = f"14092510120{number}"
        cadre = {"programme": "SX2015", "posting": f"SX2015.{target}.1", "person": f"p-{number}", "target": target}
        desk.hear("personnel", "CadreOnPost", "2015-08-01", **cadre, kind="village", role="第一书记", unit=unit)
    for number in (1, 2):
        own = Actor(f"p-{number}", "选派干部", f"p-{number}", "cadre")
        about = {"posting": f"SX2015.14092510120{number}.1", "day": "2015-08-03", "text": f"第{number}人（合成）"}
        assert desk.command(own, "WriteDiary", "2015-08-03", **about) == {"DiaryWritten": 1}
        assert desk.command(own, "WriteWorkLedger", "2015-08-03", **about) == {"WorkLedgerEntry": 1}
    stranger = {"posting": "SX2015.140925101201.1", "day": "2015-08-03", "text": "代写"}
    second = Actor("p-2", "选派干部", "p-2", "cadre")
    assert desk.refused(second, "WriteDiary", "2015-08-03", **stranger)["kind"] == "forbidden"

    def read(by: Actor) -> list[tuple[str, str]]:
        return [(row["kind"], row["text"]) for row in desk.query(by, "diary_entries")]

    first = [("diary", "第1人（合成）"), ("ledger", "第1人（合成）")]
    both = [*first, ("diary", "第2人（合成）"), ("ledger", "第2人（合成）")]
    assert read(organ("unit", units=("U-1",))) == first
    assert read(organ("unit", units=("U-3",))) == []
    assert read(organ("county_org", "140925")) == both
    assert read(organ("county_org", "140927")) == []
    assert desk.asked(organ("township", "140925101"), "diary_entries")["kind"] == "forbidden"
    assert desk.replays()


@pytest.mark.req("AT-012")
def test_the_five_occasions_are_met_or_missed_and_approved_leave_excuses(desk: Desk) -> None:
    about = {"posting": POSTING, "occasion": "村民代表会议（合成）"}
    for kind in ("重要会议", "重点工作", "难点问题", "重大纠纷", "突发事件"):
        met = {**about, "day": "2018-06-05", "kind": kind, "attended": True}
        assert desk.command(VILLAGE, "RecordOccasion", "2018-06-06", **met) == {"MustAttendMet": 1}
    sixth = desk.refused(VILLAGE, "RecordOccasion", "2018-06-06", **{**met, "kind": "联欢活动"})
    assert (sixth["code"], sixth["accepted"], sixth["clause"]) == (
        "occasion_kind",
        "重要会议、重点工作、难点问题、重大纠纷、突发事件",
        "一.2",
    )
    above = desk.refused(TOWNSHIP, "RecordOccasion", "2018-06-06", **met)
    assert above["code"] == "not_registrar"
    leave = {"posting": POSTING, "first": "2018-06-11", "last": "2018-06-12", "kind": "事"}
    desk.command(CADRE, "RequestLeave", "2018-06-08", **leave)
    (asked,) = desk.stored("LeaveRequested")
    desk.command(TOWNSHIP, "ApproveLeave", "2018-06-08", posting=POSTING, leave=asked["leave"])
    for day in ("2018-06-10", "2018-06-11", "2018-06-12", "2018-06-13"):
        missed = {**about, "day": day, "kind": "重要会议", "attended": False}
        assert desk.command(VILLAGE, "RecordOccasion", "2018-06-14", **missed) == {"MustAttendMissed": 1}
    rows = [row for row in desk.query(COUNTY, "occasions", posting=POSTING) if not row["attended"]]
    assert [(row["day"], row["excused"]) for row in rows] == [
        ("2018-06-10", False),
        ("2018-06-11", True),
        ("2018-06-12", True),
        ("2018-06-13", False),
    ]
    assert desk.replays()


@pytest.mark.req("AT-006")
def test_an_incident_tells_its_three_times_and_the_delays_between_them(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(SERVICE, province="14")
    desk.hear_profiles("SX2015", on="2015-06-24")
    target, person = "140925101201", Actor("p-1", "选派干部", "p-1", "cadre")
    cadre = {"programme": "SX2015", "posting": f"SX2015.{target}.1", "person": "p-1", "target": target}
    desk.hear("personnel", "CadreOnPost", "2015-08-01", **cadre, kind="village", role="第一书记")
    told = {
        "posting": f"SX2015.{target}.1",
        "time_of_event": "2015-09-01T23:40",
        "time_on_scene": "2015-09-02T00:05",
        "time_reported": "2015-09-02T01:10",
        "text": "用水纠纷（合成）",
    }
    wrong = {
        "time_on_scene": "2015-09-01T23:39",
        "time_reported": "2015-09-03T00:00",
        "time_of_event": "2015-07-31T23:59",
    }
    for field, moment in wrong.items():
        refused = desk.refused(person, "ReportIncident", "2015-09-02", **{**told, field: moment})
        assert (refused["code"], refused["field"], refused["clause"]) == ("times_disordered", field, "四")
    other = Actor("p-2", "选派干部", "p-2", "cadre")
    assert desk.refused(other, "ReportIncident", "2015-09-02", **told)["kind"] == "forbidden"
    assert desk.command(person, "ReportIncident", "2015-09-02", **told) == {"IncidentReported": 1}
    (row,) = desk.query(organ("county_org", "140925"), "incidents")
    assert (row["minutes_to_scene"], row["minutes_to_report"]) == (25, 90)
    assert desk.replays()
