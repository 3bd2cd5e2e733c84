"""Nothing counts behind the end of a posting, whether its end or the facts were known first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kernel.testing import actor, given
from programmes import loader
from services.attendance.inspection.fault import RecordCertificationFault
from services.attendance.leave.leave import LeaveRequested
from services.attendance.parts import REGISTER
from services.attendance.register.register import RegisterClosed
from services.attendance.sheets.correction import CorrectMonth
from tests.kit.attendance.posts import (
    CADRE,
    COMMITTEE,
    COUNTY,
    JUNE,
    ORGANISATION,
    POSTING,
    SECRETARY,
    VILLAGE,
    at,
    day,
    denying,
    first_days,
    granting,
    opened,
    present,
    sheet,
)
from tests.kit.attendance.wired import Wired

CLOSED = RegisterClosed(occurred_on=day("2018-06-05"), posting=POSTING, target=VILLAGE, cause="CadreRecalled")
SEALED = [opened(), *present(first_days(JUNE, 20)), *sheet(JUNE, 20, signed="2018-07-03", sealed="2018-07-04")]


def recalled(wired: Wired, on: str) -> None:
    """Personnel tells of the recall of the day ``on``; it may be told much later."""
    wired.today = on
    wired.hear("personnel", "CadreRecalled", {"programme": "LN2018", "posting": POSTING, "target": VILLAGE})


def compiled(wired: Wired) -> tuple[int, int]:
    """Days on post and days of leave of the newest sheet."""
    data = wired.lines("AttendanceCompiled")[-1]["data"]
    return data["days"], data["leave_days"]


@pytest.mark.parametrize("known_first", [True, False], ids=["the end is known first", "the end comes late"])
def test_leave_counts_up_to_the_last_day_of_the_posting(known_first: bool) -> None:
    wired = Wired()
    wired.command(CADRE, "RequestLeave", "2018-05-30", kind="事", first="2018-06-01", last="2018-06-15")
    wired.command(COMMITTEE, "ApproveLeave", "2018-05-31", leave="2018-06-01")
    if known_first:
        recalled(wired, "2018-06-05")
    else:
        wired.command(ORGANISATION, "CompileMonth", "2018-07-02", month=JUNE)
        assert compiled(wired) == (0, 15)
        recalled(wired, "2018-06-05")
        stale = wired.refused(SECRETARY, "SignMonth", "2018-07-03", posting=POSTING, month=JUNE)
        assert stale.code == "sheet_stale"
    wired.command(ORGANISATION, "CompileMonth", "2018-07-03", month=JUNE)
    assert compiled(wired) == (0, 5)


@pytest.mark.parametrize("last", ["2018-06-05", "2018-06-10"])
def test_presence_counts_up_to_the_last_day_of_the_posting(last: str) -> None:
    wired = Wired()
    days = [f"2018-06-{n:02}" for n in range(1, 11)]
    wired.command(ORGANISATION, "RegisterDays", "2018-06-20", month=JUNE, days=days)
    recalled(wired, last)
    wired.command(ORGANISATION, "CompileMonth", "2018-07-02", month=JUNE)
    assert compiled(wired) == (int(last[-2:]), 0)
    asked = {"posting": POSTING, "month": JUNE, "days": ["2018-06-11"]}
    after = wired.refused(ORGANISATION, "RegisterDays", "2018-07-02", **asked)
    assert (after.code, after.accepted) == ("day_outside_posting", f"2018-05-02 至 {last}")


def test_a_sealed_month_is_corrected_when_the_end_becomes_known() -> None:
    correcting = CorrectMonth(context=at("2018-07-16"), posting=POSTING, month=JUNE, reason="六月五日召回")
    given(REGISTER, *SEALED).when(correcting).rejected("correction_empty")
    found = given(REGISTER, *SEALED, CLOSED).when(correcting).types("AttendanceCorrected")
    (event,) = found.events or []
    assert (event.days, event.leave_days, event.added, event.removed) == (5, 0, (), ())
    given(REGISTER, *SEALED, CLOSED, event).when(correcting).rejected("correction_empty")


def test_a_sheet_of_an_older_log_that_counted_on_is_stale() -> None:
    before = [opened(), *present(first_days(JUNE, 20)), CLOSED, *sheet(JUNE, 20)]
    state = given(REGISTER, *before).state
    assert (state.month(JUNE).last.days.bit_count(), state.days(JUNE).bit_count()) == (20, 5)


def test_a_year_counts_up_to_the_last_day_of_the_posting() -> None:
    village, posting = "140928101201", "SX2015.140928101201.1"
    wired = Wired()
    wired.today = "2015-07-20"
    wired.hear("allocation", "ProfilePublished", loader.load("SX2015").published())
    post = {"programme": "SX2015", "posting": posting, "person": "p-first-secretary", "target": village}
    wired.hear("personnel", "CadreOnPost", {**post, "kind": "village", "role": "村党组织第一书记"})
    organisation = actor("village", areas=(village,), person="p-organisation-2015")
    days = [f"2015-08-{n:02}" for n in range(1, 11)]
    wired.command(organisation, "RegisterDays", "2015-09-01", posting=posting, month="2015-08", days=days)
    wired.today = "2015-08-05"
    wired.hear("personnel", "CadreRecalled", post)
    county = actor("county_org", areas=("140928",), person="p-county-2015")
    secretary = actor("township", areas=(village[:9],), person="p-secretary-2015")
    office = {"organ": village[:9], "post": "party_secretary", "since": "2014-01-01", "until": None}
    wired.hear("allocation", "OfficeHolderRecorded", {**office, "person": secretary.person})
    for month in ("2015-07", "2015-08"):
        wired.command(organisation, "CompileMonth", "2015-09-02", posting=posting, month=month)
        wired.command(secretary, "SignMonth", "2015-09-02", posting=posting, month=month)
        wired.command(secretary, "SealMonth", "2015-09-02", posting=posting, month=month)
    wired.command(county, "AssessYear", "2016-01-05", posting=posting, year=2015)
    assert wired.lines("AnnualAttendanceAssessed")[-1]["data"]["days"] == 5
    assert wired.lines("AnnualAttendanceAssessed")[-1]["data"]["working_days"] == 13


def test_no_leave_is_granted_that_begins_behind_the_end() -> None:
    wired = Wired()
    wired.command(CADRE, "RequestLeave", "2018-05-30", kind="事", first="2018-06-05", last="2018-06-08")
    recalled(wired, "2018-06-04")
    refused = wired.refused(COMMITTEE, "ApproveLeave", "2018-06-04", posting=POSTING, leave="2018-06-05")
    assert (refused.code, refused.accepted) == ("leave_outside_posting", "2018-05-02 至 2018-06-04")
    recalled_later = Wired()
    recalled_later.command(CADRE, "RequestLeave", "2018-05-30", kind="事", first="2018-06-05", last="2018-06-08")
    recalled(recalled_later, "2018-06-05")
    assert recalled_later.command(COMMITTEE, "ApproveLeave", "2018-06-05", leave="2018-06-05") == {"LeaveApproved": 1}


ASKED = LeaveRequested(
    occurred_on=day("2018-06-11"),
    posting=POSTING,
    target=VILLAGE,
    leave="2018-06-12",
    kind="事",
    first=day("2018-06-12"),
    last=day("2018-06-14"),
)


@pytest.mark.parametrize(
    ("history", "command", "rule"),
    [
        (
            [opened(), ASKED],
            lambda on: granting(COMMITTEE, on),
            ("2018-06-11", "leave.approve"),
        ),
        (
            [opened(), ASKED],
            lambda on: denying(COMMITTEE, on),
            ("2018-06-11", "leave.approve"),
        ),
        (
            SEALED,
            lambda on: CorrectMonth(
                context=at(on), posting=POSTING, month=JUNE, reason="漏登", add=(day("2018-06-30"),)
            ),
            ("2018-07-04", "attendance.correct"),
        ),
        (
            SEALED,
            lambda on: RecordCertificationFault(
                context=at(on, COUNTY), posting=POSTING, month=JUNE, kind="随便签字", finding="抽查不在岗", version=1
            ),
            ("2018-07-03", "accountability.certification_faults"),
        ),
    ],
    ids=["leave granted", "leave refused", "correction", "fault"],
)
def test_nothing_is_dated_before_the_fact_it_rests_on(history: Any, command: Any, rule: tuple[str, str]) -> None:
    since, path = rule
    eve = (day(since) - timedelta(days=1)).isoformat()
    given(REGISTER, *history).when(command(eve)).rejected("date_before_ground", field="occurred_on", rule=path)
    assert given(REGISTER, *history).when(command(since)).events
