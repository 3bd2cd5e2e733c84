"""Absence without leave, a cadre's own sign-in, and where days and nights were spent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kit.attendance.posts import CADRE, COMMITTEE, JUNE, NEIGHBOURS, ORGANISATION, POSTING, SECRETARY
from tests.kit.attendance.wired import Wired

AWAY = {"posting": POSTING, "days": ["2018-06-12", "2018-06-13"]}


def leave_granted(wired: Wired, first: str, last: str, on: str) -> Any:
    wired.command(CADRE, "RequestLeave", on, kind="病", first=first, last=last)
    return wired.command(COMMITTEE, "ApproveLeave", on, leave=first)


@pytest.mark.req("AT-008")
def test_leave_granted_afterwards_corrects_an_absence_and_erases_nothing() -> None:
    wired = Wired()
    assert wired.command(ORGANISATION, "RecordAbsence", "2018-06-13", **AWAY) == {"AbsenceRecorded": 2}
    before = wired.lines("AbsenceRecorded")
    assert [(line["occurred_on"], line["data"]["unapproved"]) for line in before] == [
        ("2018-06-12", True),
        ("2018-06-13", True),
    ]
    assert leave_granted(wired, "2018-06-13", "2018-06-14", "2018-06-20") == {"LeaveApproved": 1, "AbsenceCorrected": 1}
    (correction,) = wired.lines("AbsenceCorrected")
    told = correction["data"]
    assert (told["day"], told["cause"], told["leave"]) == ("2018-06-13", "leave", "2018-06-13")
    assert wired.lines("AbsenceRecorded") == before


@pytest.mark.req("AT-008")
def test_a_day_of_approved_leave_is_no_absence() -> None:
    wired = Wired()
    leave_granted(wired, "2018-06-13", "2018-06-13", "2018-06-11")
    refused = wired.refused(ORGANISATION, "RecordAbsence", "2018-06-14", **AWAY)
    assert (refused.code, refused.field) == ("day_not_absent", "days.1")


@pytest.mark.req("AT-008")
def test_an_absence_is_recorded_once_by_who_keeps_the_register_and_not_ahead() -> None:
    wired = Wired()
    assert wired.refused(COMMITTEE, "RecordAbsence", "2018-06-13", **AWAY).code == "not_registrar"
    assert wired.refused(ORGANISATION, "RecordAbsence", "2018-06-12", **AWAY).code == "day_in_future"
    assert wired.refused(ORGANISATION, "RecordAbsence", "2018-06-13", posting=POSTING, days=[]).code == "days_missing"
    for days, code, field in (
        (["2018-05-02", "2018-05-01"], "day_outside_posting", "days.1"),
        (["2018-06-12", "2018-06-12"], "day_absent_twice", "days.1"),
    ):
        refused = wired.refused(ORGANISATION, "RecordAbsence", "2018-06-13", posting=POSTING, days=days)
        assert (refused.code, refused.field) == (code, field)
    wired.command(ORGANISATION, "RecordAbsence", "2018-06-13", **AWAY)
    assert wired.refused(ORGANISATION, "RecordAbsence", "2018-06-13", **AWAY).code == "day_absent_twice"
    # It was a mistake: the day was one on post.
    found = wired.command(ORGANISATION, "RegisterDays", "2018-06-14", month=JUNE, days=["2018-06-12"])
    assert found == {"AttendanceRegistered": 1, "AbsenceCorrected": 1}
    assert wired.lines("AbsenceCorrected")[-1]["data"]["cause"] == "presence"


@pytest.mark.req("AT-014")
def test_the_cadre_never_registers_and_a_sign_in_is_evidence_only_where_the_profile_allows_it() -> None:
    wired = Wired()
    asked = {"posting": POSTING, "day": "2018-06-12"}
    days = {"posting": POSTING, "month": JUNE, "days": ["2018-06-12"]}
    assert wired.refused(CADRE, "RegisterDays", "2018-06-12", **days).code == "role_not_allowed"
    neighbour = wired.refused(NEIGHBOURS, "RegisterDays", "2018-06-12", **days)
    assert (neighbour.code, neighbour.kind) == ("out_of_reach", "forbidden")
    assert wired.refused(COMMITTEE, "RegisterDays", "2018-06-12", **days).code == "not_registrar"
    off = wired.refused(CADRE, "SignIn", "2018-06-12", **asked)
    assert (off.code, off.kind) == ("sign_in_off", "forbidden")
    allowed = Wired({"attendance.sign_in": "evidence"})
    assert allowed.refused(CADRE, "SignIn", "2018-06-13", **asked).code == "sign_in_not_today"
    assert allowed.command(CADRE, "SignIn", "2018-06-12", **asked) == {"SignedIn": 1}
    assert allowed.command(CADRE, "SignIn", "2018-06-12", **asked) == {}
    (stored,) = allowed.lines("SignedIn")
    assert stored["data"].keys() == {"posting", "target", "day"}, "no coordinate"
    # Evidence is no record: the month has no day by it.
    allowed.command(ORGANISATION, "CompileMonth", "2018-07-02", month=JUNE)
    assert allowed.lines("AttendanceCompiled")[-1]["data"]["days"] == 0


def sealed(night: str | None, spared: int = 0, values: dict[str, Any] | None = None) -> Wired:
    """June with twenty days worked in the village, the nights at one place, of the last ``spared`` untold."""
    wired = Wired(values)
    days = [f"2018-06-{n:02}" for n in range(1, 21)]
    where = {"work": "village", **({"night": night} if night else {})}
    wired.command(ORGANISATION, "RegisterDays", "2018-06-20", month=JUNE, days=days[: 20 - spared], **where)
    if spared:
        wired.command(ORGANISATION, "RegisterDays", "2018-06-20", month=JUNE, days=days[20 - spared :])
    wired.command(ORGANISATION, "CompileMonth", "2018-07-02", month=JUNE)
    wired.command(SECRETARY, "SignMonth", "2018-07-03", month=JUNE)
    wired.command(COMMITTEE, "SealMonth", "2018-07-04", month=JUNE)
    return wired


@pytest.mark.req("AT-011")
def test_twenty_days_worked_and_no_night_show_the_pattern_though_the_month_is_met() -> None:
    wired = sealed("county")
    (month,), (pattern,) = wired.lines("MonthlyAttendanceAssessed"), wired.lines("CommutingPatternShown")
    assert (month["data"]["days"], month["data"]["met"]) == (20, True)
    assert (pattern["data"]["days"], pattern["data"]["nights"], pattern["clause"]) == (20, 0, "一.2")
    record = wired.lines("DayPlacesRecorded")[0]["data"]
    assert (record["work"], record["night"], record["spent"]) == ("village", "county", False)


@pytest.mark.req("AT-011")
@pytest.mark.parametrize(
    ("night", "spared"),
    [
        ("village", 0),
        ("township", 0),
        ("elsewhere", 1),  # of one day the night was not told: unknown is not elsewhere
        (None, 0),
    ],
)
def test_a_night_in_the_township_or_one_not_told_shows_no_pattern(night: str | None, spared: int) -> None:
    assert sealed(night, spared).lines("CommutingPatternShown") == []


@pytest.mark.req("AT-011")
def test_no_pattern_where_nobody_worked_or_the_profile_says_nothing_of_nights() -> None:
    assert sealed("county", values={"attendance.overnight": None}).lines("CommutingPatternShown") == []
    idle = Wired()
    idle.command(ORGANISATION, "CompileMonth", "2018-07-02", month=JUNE)
    idle.command(SECRETARY, "SignMonth", "2018-07-03", month=JUNE)
    assert idle.command(COMMITTEE, "SealMonth", "2018-07-04", month=JUNE)["AttendanceSealed"] == 1
    assert idle.lines("CommutingPatternShown") == []


@pytest.mark.req("AT-011")
def test_where_the_profile_wants_nights_in_the_village_one_in_the_township_is_away() -> None:
    assert len(sealed("township", values={"attendance.overnight": "village"}).lines("CommutingPatternShown")) == 1


@pytest.mark.parametrize("on", ["2018-06-12", "2018-06-11"])
def test_presence_of_tomorrow_is_refused_also_where_it_is_dated_tomorrow(on: str) -> None:
    wired = Wired()
    wired.today = "2018-06-11"
    now = wired.today
    days = {"posting": POSTING, "month": JUNE, "days": ["2018-06-12"]}
    wired.handler._now = lambda: _noon(now)
    code = wired.refused(ORGANISATION, "RegisterDays", on, **days).code
    assert code == ("date_in_future" if on > now else "day_in_future")


def _noon(day: str) -> int:
    return Wired.now(_At(day))  # type: ignore[arg-type]


class _At:
    """A clock that stands."""

    def __init__(self, today: str) -> None:
        self.today = today
