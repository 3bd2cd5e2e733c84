"""A leave is cancelled or ends early; official duty is a third figure; half days are the profile's word (AT-030)."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.testing import actor
from tests.kit.attendance.posts import CADRE, COMMITTEE, COUNTY, JUNE, ORGANISATION, POSTING, SECRETARY
from tests.kit.attendance.wired import Wired

LEAVE = {"leave": "2018-06-05"}
TRIP = {"first": "2018-06-26", "last": "2018-06-27", "ordered_by": "县委组织部", "order": "第一书记培训班通知"}


def on_leave(last: str = "2018-06-14", **values: Any) -> Wired:
    """Ten days from 5 June on, granted."""
    wired = Wired(values)
    wired.command(CADRE, "RequestLeave", "2018-06-01", kind="事", first="2018-06-05", last=last)
    wired.command(COMMITTEE, "ApproveLeave", "2018-06-02", **LEAVE)
    return wired


def registering(*days: int) -> dict[str, Any]:
    return {"posting": POSTING, "month": JUNE, "days": [f"2018-06-{day:02}" for day in days]}


def figures(wired: Wired, by: Any = ORGANISATION, on: str = "2018-07-02") -> tuple[int, int]:
    wired.command(by, "CompileMonth", on, month=JUNE)
    data = wired.lines("AttendanceCompiled")[-1]["data"]
    return data["days"], data["leave_days"]


@pytest.mark.req("AT-030")
def test_back_after_four_days_the_fifth_can_be_registered() -> None:
    wired = on_leave()
    assert wired.refused(ORGANISATION, "RegisterDays", "2018-06-09", **registering(9)).code == "day_on_leave"
    early = {"posting": POSTING, **LEAVE, "last": "2018-06-08"}
    assert wired.command(CADRE, "EndLeaveEarly", "2018-06-09", **early) == {"LeaveEndedEarly": 1}
    assert wired.lines("LeaveEndedEarly")[-1]["data"]["until"] == "2018-06-14"
    assert wired.refused(ORGANISATION, "RegisterDays", "2018-06-09", **registering(8)).code == "day_on_leave"
    assert wired.command(ORGANISATION, "RegisterDays", "2018-06-09", **registering(9)) == {"AttendanceRegistered": 1}
    assert figures(wired) == (1, 4)


@pytest.mark.req("AT-030")
@pytest.mark.parametrize(
    ("last", "on", "code"),
    [
        ("2018-06-14", "2018-06-20", "leave_not_shorter"),
        ("2018-06-04", "2018-06-20", "leave_not_shorter"),
        ("2018-06-09", "2018-06-08", "as_of_in_future"),
        ("2018-06-08", "2018-06-01", "date_before_ground"),
    ],
)
def test_an_early_end_lies_among_the_days_granted_and_has_come(last: str, on: str, code: str) -> None:
    wired = on_leave()
    assert wired.refused(CADRE, "EndLeaveEarly", on, posting=POSTING, **LEAVE, last=last).code == code
    own_day = {"last": "2018-06-08", **LEAVE}
    assert on_leave().command(CADRE, "EndLeaveEarly", "2018-06-08", **own_day) == {"LeaveEndedEarly": 1}


@pytest.mark.req("AT-030")
@pytest.mark.parametrize("by", [CADRE, ORGANISATION, COMMITTEE])
def test_a_cancelled_leave_takes_no_day_and_can_be_asked_for_again(by: Any) -> None:
    wired = on_leave()
    assert wired.command(by, "CancelLeave", "2018-06-04", **LEAVE) == {"LeaveCancelled": 1}
    assert wired.refused(by, "CancelLeave", "2018-06-04", posting=POSTING, **LEAVE).code == "leave_not_standing"
    assert wired.command(ORGANISATION, "RegisterDays", "2018-06-05", **registering(5)) == {"AttendanceRegistered": 1}
    assert figures(wired) == (1, 0)
    again = {"kind": "病", "first": "2018-06-14", "last": "2018-06-15"}
    assert wired.command(CADRE, "RequestLeave", "2018-06-13", **again) == {"LeaveRequested": 1}


@pytest.mark.req("AT-030")
@pytest.mark.parametrize(
    ("by", "code"),
    [(COUNTY, "not_approver"), (actor("village", areas=("210727102214",), person="p-other"), "out_of_reach")],
)
def test_others_end_no_leave(by: Any, code: str) -> None:
    assert on_leave().refused(by, "CancelLeave", "2018-06-06", posting=POSTING, **LEAVE).code == code


@pytest.mark.req("AT-030")
@pytest.mark.parametrize(("counts", "days"), [(None, 20), (False, 20), (True, 22)])
def test_official_duty_is_a_third_figure_and_counts_only_where_the_profile_says_so(
    counts: bool | None, days: int
) -> None:
    wired = on_leave("2018-06-06", **({} if counts is None else {"leave.official_duty_counts": counts}))
    wired.command(ORGANISATION, "RegisterDays", "2018-06-29", **registering(*range(1, 5), *range(7, 23)))
    assert wired.command(ORGANISATION, "RecordOfficialDuty", "2018-06-28", **TRIP) == {"OfficialDutyRecorded": 1}
    assert figures(wired) == (days, 2)
    other = wired.lines("OtherDaysCompiled")[-1]["data"]
    assert (other["duty_days"], other["counting"]) == (2, days - 20)
    wired.command(SECRETARY, "SignMonth", "2018-07-03", month=JUNE)
    wired.command(COMMITTEE, "SealMonth", "2018-07-04", month=JUNE)
    (found,) = wired.lines("MonthlyAttendanceAssessed")
    assert (found["data"]["days"], found["data"]["required"], found["data"]["met"]) == (days, 20, True)


@pytest.mark.req("AT-030")
def test_a_day_of_duty_is_nothing_else_and_can_be_taken_back() -> None:
    wired = on_leave()
    wired.command(ORGANISATION, "RegisterDays", "2018-06-20", **registering(20))
    for first, last, on, code in (
        ("2018-06-20", "2018-06-21", "2018-06-22", "duty_overlaps"),
        ("2018-06-14", "2018-06-15", "2018-06-22", "duty_overlaps"),
        ("2018-06-26", "2018-06-27", "2018-06-26", "day_in_future"),
        ("2018-06-26", "2018-06-25", "2018-06-28", "duty_order"),
        ("2018-05-01", "2018-05-02", "2018-06-28", "day_outside_posting"),
    ):
        asked = {**TRIP, "posting": POSTING, "first": first, "last": last}
        assert wired.refused(ORGANISATION, "RecordOfficialDuty", on, **asked).code == code, (first, last)
    wired.command(ORGANISATION, "RecordOfficialDuty", "2018-06-27", **TRIP)  # its last day is the earliest
    assert wired.refused(ORGANISATION, "RegisterDays", "2018-06-28", **registering(26)).code == "day_on_duty"
    back = {"posting": POSTING, "first": "2018-06-26", "last": "2018-06-26"}
    assert wired.command(ORGANISATION, "CancelOfficialDuty", "2018-06-28", **back) == {"OfficialDutyCancelled": 1}
    assert wired.refused(ORGANISATION, "CancelOfficialDuty", "2018-06-28", **back).code == "duty_not_recorded"
    assert wired.command(ORGANISATION, "RegisterDays", "2018-06-28", **registering(26)) == {"AttendanceRegistered": 1}


@pytest.mark.req("AT-030")
def test_a_sheet_is_stale_after_duty_and_a_sealed_one_takes_it_in_by_correction() -> None:
    wired = Wired()
    wired.seal(JUNE, 20, "2018-07-02")
    wired.command(ORGANISATION, "RecordOfficialDuty", "2018-07-03", **TRIP)
    assert wired.command(ORGANISATION, "CorrectMonth", "2018-07-04", month=JUNE, reason="补记公务外出") == {
        "AttendanceCorrected": 1,
        "OtherDaysCompiled": 1,
    }
    again = {"posting": POSTING, "month": JUNE, "reason": "再次"}
    assert wired.refused(ORGANISATION, "CorrectMonth", "2018-07-04", **again).code == "correction_empty"


@pytest.mark.req("AT-030")
def test_half_a_day_is_refused_unless_the_profile_has_halves() -> None:
    half = {"kind": "事", "first": "2018-06-05", "last": "2018-06-05", "half": "morning"}
    refused = Wired().refused(CADRE, "RequestLeave", "2018-06-01", posting=POSTING, **half)
    assert (refused.code, refused.field) == ("leave_half", "half")
    wired = Wired({"leave.half_days": True})
    longer = {**half, "posting": POSTING, "last": "2018-06-06"}
    assert wired.refused(CADRE, "RequestLeave", "2018-06-01", **longer).code == "leave_half_of_more"
    assert wired.command(CADRE, "RequestLeave", "2018-06-01", **half) == {"LeaveRequested": 1, "HalfDayRequested": 1}
    wired.command(COMMITTEE, "ApproveLeave", "2018-06-02", **LEAVE)
    # The other half was worked, so the day stands in the register too; the half is a figure of its own.
    wired.command(ORGANISATION, "RegisterDays", "2018-06-05", **registering(5))
    assert figures(wired) == (1, 0)
    assert wired.lines("OtherDaysCompiled")[-1]["data"]["half_leaves"] == 1


@pytest.mark.req("AT-030")
def test_of_a_leave_past_the_end_of_the_posting_only_the_days_of_the_posting_count() -> None:
    wired = Wired()
    wired.command(CADRE, "RequestLeave", "2018-06-01", kind="事", first="2018-06-10", last="2018-06-24")
    wired.command(COMMITTEE, "ApproveLeave", "2018-06-02", leave="2018-06-10")
    assert figures(wired) == (0, 15)
    wired.today = "2018-06-14"
    wired.hear("personnel", "CadreRecalled", {"posting": POSTING})
    assert figures(wired, on="2018-07-03") == (0, 5)
