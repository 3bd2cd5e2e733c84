"""A supplement from the city's command to a register of the city: refused where nobody could read it, else lived by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.service import Service
from kernel.testing import actor
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from tests.kit.allocation.scenario import PROVINCE, publish
from tests.kit.desk import Desk, organ
from tests.kit.spoiled import signed, supplement

ANSHAN = organ("city_org", "2103")
VILLAGE = "210323101201"
POSTING = f"LN2018.{VILLAGE}.1"
PARTY = actor("village", areas=(VILLAGE,), person="p-party")
TOWNSHIP = actor("township", areas=(VILLAGE[:9],), person="p-township")
CADRE = actor("cadre", person="p-cadre")
REGISTRAR = {"township": "township_committee", "village": "township_committee"}
ON = "2018-05-02"

WRONG: list[tuple[str, Any, str, str]] = [
    ("attendance.registrar", {**REGISTRAR, "village": "work_team"}, "value_unreadable", "考勤登记"),
    ("leave.approver", "county_org", "value_unreadable", "准假"),
    ("leave.approver", ["township_committee"], "value_unreadable", "准假"),
    ("attendance.days_per_month", "22", "value_unreadable", "月考勤核定"),
    ("attendance.days_per_month", {"village": 22}, "value_unreadable", "月考勤核定"),
    ("attendance.sealer", "county_org", "value_unreadable", "考勤表盖章"),
    ("leave.kinds", 2, "value_unreadable", "请假"),
    ("leave.aprover", "township_committee", "rule_path_unknown", "leave.aprover"),
    ("attendance.registrar", {"village": "township_committee"}, "profile_against_base", "township"),
    ("batch.deadline", "2018-04-09", "profile_against_base", "batch.opens_until"),
]


@pytest.fixture(scope="module")
def allocation(open_desk: Callable[[Service], Desk]) -> Desk:
    """The programme of 2018 in force."""
    desk = open_desk(ALLOCATION)
    publish(desk, PROVINCE, "LN2018", "2018-04-16")
    return desk


@pytest.mark.parametrize(("path", "value", "code", "named"), WRONG)
def test_a_supplement_that_nobody_could_read_is_refused_and_nothing_is_stored(
    allocation: Desk, path: str, value: Any, code: str, named: str
) -> None:
    problem = allocation.refused(ANSHAN, "PublishProfile", ON, profile=supplement("S2103", "2103", {path: value}))
    assert (problem["code"], problem["field"]) == (code, f"profile.{path}")
    assert named in problem["sentence"]
    assert problem["accepted"]


def test_a_supplement_may_not_make_unknown_what_its_base_knows(allocation: Desk) -> None:
    made = supplement("S2103", "2103", {"leave.approver": None})
    made["rules"]["leave.approver"]["origin"] = "unknown"
    problem = allocation.refused(ANSHAN, "PublishProfile", ON, profile=signed(made))
    assert (problem["code"], problem["field"]) == ("profile_against_base", "profile.leave.approver")


def test_every_fault_is_told_at_once(allocation: Desk) -> None:
    values = {path: value for path, value, code, _ in WRONG[3:8] if code != "profile_against_base"}
    problem = allocation.refused(ANSHAN, "PublishProfile", ON, profile=supplement("S2103", "2103", values))
    assert {fault["field"] for fault in problem["details"]} == {f"profile.{path}" for path in values}


def test_a_register_of_the_city_is_kept_by_what_was_published(
    allocation: Desk, open_desk: Callable[[Service], Desk]
) -> None:
    values = {"attendance.registrar": REGISTRAR, "attendance.days_per_month": 22, "leave.kinds": ["事", "病", "探亲"]}
    allocation.receipt(ANSHAN, "PublishProfile", ON, profile=supplement("S2103", "2103", values))
    attendance = open_desk(ATTENDANCE)
    for published in allocation.stored("ProfilePublished"):
        attendance.hear("allocation", "ProfilePublished", ON, **published)
    post: dict[str, Any] = {"programme": "LN2018", "posting": POSTING, "target": VILLAGE, "kind": "village"}
    post |= {"person": CADRE.person, "unit": "U01", "role": "村党组织第一书记", "tier": "province", "weak": True}
    attendance.hear("personnel", "CadreOnPost", ON, **post)
    month: dict[str, Any] = {"posting": POSTING, "month": "2018-06", "days": ["2018-06-01", "2018-06-02"]}
    refused = attendance.refused(PARTY, "RegisterDays", "2018-07-02", **month)
    assert (refused["code"], "派驻地乡镇党委" in refused["sentence"]) == ("not_registrar", True)
    assert attendance.command(TOWNSHIP, "RegisterDays", "2018-07-02", **month) == {"AttendanceRegistered": 2}
    leave = {"posting": POSTING, "kind": "探亲", "first": "2018-06-11", "last": "2018-06-12"}
    assert attendance.command(CADRE, "RequestLeave", "2018-06-10", **leave) == {"LeaveRequested": 1}
    assert attendance.replays()
