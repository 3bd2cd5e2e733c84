"""Attendance wired to a log in memory: what the log shows of late facts, and what a new profile leaves alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from programmes import loader
from tests.kit.attendance.posts import ORGANISATION
from tests.kit.attendance.wired import Wired


@pytest.mark.req("X-053")
def test_attendance_entered_in_june_for_may_changes_may_and_the_log_shows_june() -> None:
    wired = Wired()
    wired.command(ORGANISATION, "RegisterDays", "2018-06-20", month="2018-05", days=["2018-05-30"])

    (line,) = wired.lines("AttendanceRegistered")
    recorded_at = datetime.fromtimestamp(line["recorded_at"] / 1_000_000, UTC).date()
    assert (line["occurred_on"], recorded_at) == ("2018-05-30", date(2018, 6, 20))
    wired.command(ORGANISATION, "CompileMonth", "2018-07-02", month="2018-05")
    wired.command(ORGANISATION, "CompileMonth", "2018-07-02", month="2018-06")
    compiled = {line["data"]["month"]: line["data"]["days"] for line in wired.lines("AttendanceCompiled")}
    assert compiled == {"2018-05": 1, "2018-06": 0}


def test_a_new_profile_version_changes_later_months_only() -> None:
    wired = Wired()
    june = wired.seal("2018-06", 20, "2018-07-03")
    stricter = loader.load("JZ").published()
    rule = {**stricter["rules"]["attendance.days_per_month"], "value": 22}
    rules = {**stricter["rules"], "attendance.days_per_month": rule}
    wired.hear("allocation", "ProfilePublished", {**stricter, "version": 2, "rules": rules})
    july = wired.seal("2018-07", 21, "2018-08-03")

    assert (june["profile"], june["data"]["required"], june["data"]["met"]) == ("LN2018:1+JZ:1", 20, True)
    assert (july["profile"], july["data"]["required"], july["data"]["met"]) == ("LN2018:1+JZ:2", 22, False)
    assert wired.lines("MonthlyAttendanceAssessed")[0] == june
