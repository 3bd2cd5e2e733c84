"""Leave: asked for by the cadre, granted by the organ the profile names, never presence."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import msgspec
import pytest

from kernel.messages import Actor, Command, Context, Event
from kernel.testing import actor, context, given, rules_of
from programmes import loader
from programmes.working_days import WorkingDays
from services.attendance.leave.approval import GrantLeave, LeaveApproved, LeaveRefused
from services.attendance.leave.leave import LeaveRequested, RequestLeave
from services.attendance.parts import REGISTER
from services.attendance.register.register import RegisterClosed, RegisterDays
from services.attendance.sheets.seal import MonthlyAttendanceAssessed, SealBy
from services.attendance.sheets.sheet import AttendanceCompiled, AttendanceSigned, CompileMonth
from tests.kit.attendance import posts
from tests.kit.attendance.posts import (
    CADRE,
    COMMITTEE,
    COUNTY,
    JUNE,
    ORGANISATION,
    POSTING,
    UNIT,
    VILLAGE,
    at,
    day,
    first_days,
    opened,
    present,
)

ASKED = LeaveRequested(
    occurred_on=day("2018-06-11"),
    posting=POSTING,
    target=VILLAGE,
    leave="2018-06-12",
    kind="事",
    first=day("2018-06-12"),
    last=day("2018-06-14"),
)
GRANTED = LeaveApproved(
    occurred_on=day("2018-06-11"),
    posting=POSTING,
    target=VILLAGE,
    leave="2018-06-12",
    first=day("2018-06-12"),
    last=day("2018-06-14"),
    approver="township organ",
    assumed=True,
)


def asking(first: str = "2018-06-12", last: str = "2018-06-14", kind: str = "事", by: Actor = CADRE) -> RequestLeave:
    return RequestLeave(context=at("2018-06-11", by), posting=POSTING, kind=kind, first=day(first), last=day(last))


def granting(by: Actor = COMMITTEE, leave: str = "2018-06-12", where: Context | None = None) -> GrantLeave:
    return posts.granting(by, "2018-06-11", leave, where)


def days(*numbers: int) -> RegisterDays:
    chosen = tuple(date(2018, 6, n) for n in numbers)
    return RegisterDays(context=at("2018-06-30"), posting=POSTING, month=JUNE, days=chosen)


def test_the_cadre_asks_and_the_township_committee_grants() -> None:
    given(REGISTER, opened()).when(asking()).then(ASKED)
    given(REGISTER, opened(), ASKED).when(granting()).then(GRANTED)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (asking(by=ORGANISATION), "leave_not_own"),
        (asking(kind="婚"), "leave_kind"),
        (asking("2018-06-14", "2018-06-13"), "leave_order"),
        (asking("2018-05-01", "2018-05-03"), "leave_outside_posting"),
    ],
)
def test_requests_that_cannot_be(command: RequestLeave, code: str) -> None:
    given(REGISTER, opened()).when(command).rejected(code)


def test_a_leave_ends_with_the_posting_at_the_latest() -> None:
    closed = RegisterClosed(occurred_on=day("2018-06-13"), posting=POSTING, target=VILLAGE, cause="CadreRecalled")

    given(REGISTER, opened(), closed).when(asking(last="2018-06-13")).types("LeaveRequested")
    given(REGISTER, opened(), closed).when(asking()).rejected("leave_outside_posting")


def test_leaves_do_not_overlap() -> None:
    given(REGISTER, opened(), ASKED).when(asking("2018-06-14", "2018-06-15")).rejected("leave_overlaps")
    given(REGISTER, opened(), ASKED).when(asking("2018-06-15", "2018-06-15")).types("LeaveRequested")


def test_after_a_refusal_the_same_days_can_be_asked_for_again() -> None:
    refused = given(REGISTER, opened(), ASKED).when(posts.denying(COMMITTEE, "2018-06-11"))

    refused.types("LeaveRefused")
    given(REGISTER, opened(), ASKED, *cast(list[Event], refused.events)).when(asking()).types("LeaveRequested")


@pytest.mark.parametrize(
    "by", [CADRE, ORGANISATION, COUNTY, UNIT, actor("township", areas=("210727103",), person="p-x")]
)
def test_others_cannot_grant(by: Actor) -> None:
    given(REGISTER, opened(), ASKED).when(granting(by)).rejected(
        "not_approver", kind="forbidden", rule="leave.approver"
    )


def test_who_grants_may_depend_on_the_length_of_the_leave() -> None:
    published = loader.load("LN2018").published()
    bands = [{"organ": "township_committee", "days": 3}, {"organ": "county_org"}]
    held = rules_of(
        {
            **published,
            "rules": {**published["rules"], "leave.approver": {**published["rules"]["leave.approver"], "value": bands}},
        }
    )

    def asked(last: str) -> LeaveRequested:
        return msgspec.structs.replace(ASKED, last=day(last))

    def granted(by: Actor, last: str) -> Any:
        return given(REGISTER, opened(), asked(last)).when(granting(where=context("2018-06-11", by, rules=held)))

    granted(COMMITTEE, "2018-06-14").types("LeaveApproved")  # three days
    granted(COUNTY, "2018-06-14").rejected("not_approver")
    granted(COUNTY, "2018-06-15").types("LeaveApproved")  # four
    granted(COMMITTEE, "2018-06-15").rejected("not_approver")


def test_a_leave_is_decided_once() -> None:
    given(REGISTER, opened(), ASKED, GRANTED).when(granting()).rejected("leave_decided")
    given(REGISTER, opened()).when(granting()).rejected("leave_unknown", kind="unknown")
    refused = LeaveRefused(
        occurred_on=day("2018-06-11"),
        posting=POSTING,
        target=VILLAGE,
        leave="2018-06-12",
        approver="township organ",
        reason="汛期值守",
    )
    given(REGISTER, opened(), ASKED, refused).when(granting()).rejected("leave_decided")


def test_no_day_is_both_presence_and_leave() -> None:
    given(REGISTER, opened(), ASKED, GRANTED).when(days(12)).rejected("day_on_leave")
    given(REGISTER, opened(), ASKED, GRANTED).when(days(11, 15)).types("AttendanceRegistered", "AttendanceRegistered")
    given(REGISTER, opened(), ASKED, *present([day("2018-06-14")])).when(granting()).rejected("leave_on_post")


@pytest.mark.req("AT-021")
def test_a_month_with_leave_needs_twenty_days_and_shows_both_figures() -> None:
    history: list[Event] = [opened(), ASKED, GRANTED, *present(first_days(JUNE, 11)), *present(map(day, SECOND_HALF))]
    steps: list[Command] = [
        CompileMonth(context=at("2018-07-02"), posting=POSTING, month=JUNE),
        SealBy(context=at("2018-07-04", COMMITTEE), posting=POSTING, month=JUNE, calendar=WorkingDays()),
    ]
    compiled = cast(list[Event], given(REGISTER, *history).when(steps[0]).events)
    signed = AttendanceSigned(
        occurred_on=day("2018-07-03"), posting=POSTING, target=VILLAGE, month=JUNE, version=1, signer="p-s", post="x"
    )
    events = cast(list[Event], given(REGISTER, *history, *compiled, signed).when(steps[1]).events)

    (sheet,) = [e for e in compiled if isinstance(e, AttendanceCompiled)]
    assert (sheet.days, sheet.leave_days) == (19, 3)
    (one,) = [e for e in events if isinstance(e, MonthlyAttendanceAssessed)]
    assert (one.days, one.leave_days, one.required, one.met) == (19, 3, 20, False)


SECOND_HALF = [f"2018-06-{n}" for n in range(15, 23)]
