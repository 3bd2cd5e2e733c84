"""The month: compiled, signed, sealed, assessed; corrected only as a new version."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.messages import Actor, Event
from kernel.testing import actor, given
from programmes.offices import Holder, Office
from programmes.working_days import WorkingDays
from services.attendance.leave.approval import LeaveApproved
from services.attendance.leave.leave import LeaveRequested
from services.attendance.parts import REGISTER
from services.attendance.register.register import RegisterClosed
from services.attendance.sheets.correction import AttendanceCorrected, CorrectMonth
from services.attendance.sheets.seal import AttendanceSealed, MonthlyAttendanceAssessed, SealBy
from services.attendance.sheets.sheet import AttendanceCompiled, AttendanceSigned, CompileMonth, SignAs
from tests.kit.attendance.posts import (
    COMMITTEE,
    JUNE,
    NEIGHBOURS,
    ORGANISATION,
    POSTING,
    SECRETARY,
    VILLAGE,
    at,
    corrected,
    day,
    first_days,
    opened,
    present,
    sheet,
)


def compiling(on: str = "2018-07-02", by: Actor = ORGANISATION, month: str = JUNE) -> CompileMonth:
    return CompileMonth(context=at(on, by), posting=POSTING, month=month)


def signing(on: str = "2018-07-03", by: Actor = SECRETARY, secretary: str | None = "p-secretary") -> SignAs:
    office = Office((Holder(secretary, day("2016-01-01"), None),) if secretary else ())
    return SignAs(context=at(on, by), posting=POSTING, month=JUNE, office=office, post="party_secretary")


def sealing(on: str = "2018-07-04", by: Actor = COMMITTEE, month: str = JUNE, area: str = VILLAGE) -> SealBy:
    return SealBy(context=at(on, by, area), posting=POSTING, month=month, calendar=WorkingDays())


def correcting(*add: date, remove: tuple[date, ...] = (), by: Actor = ORGANISATION) -> CorrectMonth:
    context = at("2018-07-16", by)
    return CorrectMonth(context=context, posting=POSTING, month=JUNE, reason="漏登", add=add, remove=remove)


def signed_month(number: int, month: str = JUNE, on: str = "2018-07-02", signed: str = "2018-07-03") -> list[Event]:
    return [opened("2018-05-01"), *present(first_days(month, number)), *sheet(month, number, on=on, signed=signed)]


def assessed(events: list[Event] | None) -> MonthlyAttendanceAssessed:
    (one,) = [e for e in events or [] if isinstance(e, MonthlyAttendanceAssessed)]
    return one


def test_the_sheet_shows_days_and_leave_apart() -> None:
    leave = [
        LeaveRequested(
            occurred_on=day("2018-06-11"),
            posting=POSTING,
            target=VILLAGE,
            leave="2018-06-28",
            kind="事",
            first=day("2018-06-28"),
            last=day("2018-07-02"),
        ),
        LeaveApproved(
            occurred_on=day("2018-06-11"),
            posting=POSTING,
            target=VILLAGE,
            leave="2018-06-28",
            first=day("2018-06-28"),
            last=day("2018-07-02"),
            approver="township organ",
            assumed=True,
        ),
    ]

    given(REGISTER, opened(), *present(first_days(JUNE, 19)), *leave).when(compiling()).then(
        AttendanceCompiled(
            occurred_on=day("2018-07-02"),
            posting=POSTING,
            target=VILLAGE,
            month=JUNE,
            version=1,
            days=19,
            leave_days=3,
            registrar="village organ",
        )
    )


def test_a_month_is_compiled_when_it_is_over() -> None:
    given(REGISTER, opened()).when(compiling("2018-06-30")).rejected("month_not_over")
    given(REGISTER, opened()).when(compiling("2018-07-01")).types("AttendanceCompiled")
    closed = RegisterClosed(occurred_on=day("2018-06-20"), posting=POSTING, target=VILLAGE, cause="CadreRecalled")
    given(REGISTER, opened(), closed).when(compiling("2018-06-19")).rejected("month_not_over")
    given(REGISTER, opened(), closed).when(compiling("2018-06-20")).types("AttendanceCompiled")


def test_a_month_outside_the_posting_has_no_sheet() -> None:
    given(REGISTER, opened()).when(compiling(month="2018-04")).rejected("month_outside_posting")


def test_a_sheet_that_says_the_same_is_not_compiled_again() -> None:
    given(REGISTER, opened(), *sheet(JUNE, 0)).when(compiling()).rejected("sheet_current")


def test_a_day_registered_after_compiling_needs_a_new_sheet() -> None:
    history = [opened(), *sheet(JUNE, 0), *present([day("2018-06-01")])]

    given(REGISTER, *history).when(signing()).rejected("sheet_stale", accepted="CompileMonth")
    events = given(REGISTER, *history).when(compiling("2018-07-03")).events
    assert [(e.version, e.days) for e in events or [] if isinstance(e, AttendanceCompiled)] == [(2, 1)]


def test_only_the_secretary_of_that_day_signs() -> None:
    history = [opened(), *sheet(JUNE, 0)]

    given(REGISTER, *history).when(signing()).then(
        AttendanceSigned(
            occurred_on=day("2018-07-03"),
            posting=POSTING,
            target=VILLAGE,
            month=JUNE,
            version=1,
            signer="p-secretary",
            post="party_secretary",
        )
    )
    given(REGISTER, *history).when(signing(by=COMMITTEE)).rejected(
        "not_secretary", kind="forbidden", accepted="p-secretary"
    )
    given(REGISTER, *history).when(signing(secretary=None)).rejected("not_secretary")


def test_the_signature_comes_before_the_seal() -> None:
    given(REGISTER, opened(), *sheet(JUNE, 0)).when(sealing()).rejected("sheet_unsigned", accepted="SignMonth")


@pytest.mark.parametrize("by", [NEIGHBOURS, ORGANISATION, actor("township", areas=("210727103",), person="p-other")])
def test_only_the_township_of_the_place_seals(by: Actor) -> None:
    given(REGISTER, *signed_month(20)).when(sealing(by=by)).rejected("not_sealer", kind="forbidden")


@pytest.mark.parametrize(
    ("since", "until", "prorated"),
    [
        ("2018-06-02", None, 20),
        ("2018-06-16", None, 10),
        ("2018-05-02", "2018-06-29", 20),
        ("2018-06-04", "2018-06-06", 2),
    ],
)
def test_a_partial_month_is_shown_by_its_share_and_not_assessed(since: str, until: str | None, prorated: int) -> None:
    history: list[Event] = [opened(since)]
    if until:
        history.append(RegisterClosed(occurred_on=day(until), posting=POSTING, target=VILLAGE, cause="CadreRecalled"))
    history += sheet(JUNE, 0, signed="2018-07-03")

    events = given(REGISTER, *history).when(sealing()).types("AttendanceSealed").events
    assert [(e.full, e.prorated) for e in events or [] if isinstance(e, AttendanceSealed)] == [(False, prorated)]


def test_a_posting_from_the_first_to_the_last_day_is_a_full_month() -> None:
    closed = RegisterClosed(occurred_on=day("2018-06-30"), posting=POSTING, target=VILLAGE, cause="CadreRecalled")
    history = [opened("2018-06-01"), closed, *sheet(JUNE, 0, signed="2018-07-03")]

    given(REGISTER, *history).when(sealing()).types("AttendanceSealed", "MonthlyAttendanceAssessed")


def test_the_seal_is_set_once() -> None:
    history = sealed_month(20)

    given(REGISTER, *history).when(sealing("2018-07-05")).rejected("sheet_sealed", accepted="CorrectMonth")
    given(REGISTER, *history).when(signing("2018-07-05")).rejected("sheet_sealed")
    given(REGISTER, *history).when(compiling("2018-07-05")).rejected("month_sealed")


def test_nobody_signs_or_seals_on_a_day_before_there_was_a_sheet_or_a_signature() -> None:
    compiled = [opened(), *present(first_days(JUNE, 20)), *sheet(JUNE, 20)]
    given(REGISTER, *compiled).when(signing("2018-07-01")).rejected(
        "date_before_ground", field="occurred_on", rule="attendance.sign", accepted="2018-07-02 起"
    )
    given(REGISTER, *compiled).when(signing("2018-07-02")).types("AttendanceSigned")
    signed = [opened(), *present(first_days(JUNE, 20)), *sheet(JUNE, 20, signed="2018-07-03")]
    given(REGISTER, *signed).when(sealing("2018-07-02")).rejected(
        "date_before_ground", rule="attendance.seal", accepted="2018-07-03 起"
    )


def sealed_month(number: int) -> list[Event]:
    return [
        opened(),
        *present(first_days(JUNE, number)),
        *sheet(JUNE, number, signed="2018-07-03", sealed="2018-07-04"),
    ]


def test_a_correction_is_a_second_version() -> None:
    added = day("2018-06-29")

    given(REGISTER, *sealed_month(19)).when(correcting(added)).then(corrected(JUNE, 20, added=[added]))


@pytest.mark.req("AT-018")
def test_both_versions_stay_and_the_first_is_what_an_earlier_day_shows() -> None:
    added = day("2018-06-29")
    history = [*sealed_month(19), corrected(JUNE, 20, added=[added])]
    resigned = [
        AttendanceSigned(
            occurred_on=day("2018-07-16"),
            posting=POSTING,
            target=VILLAGE,
            month=JUNE,
            version=2,
            signer="p-next",
            post="party_secretary",
        )
    ]

    sealed = given(REGISTER, *history, *resigned).when(sealing("2018-07-16"))
    one = assessed(sealed.events)
    assert (one.version, one.days, one.met) == (2, 20, True)
    first, second = sealed.state.month(JUNE).sheets
    assert (first.days.bit_count(), first.signer, first.sealed) == (19, "p-secretary", True)
    assert (second.days.bit_count(), second.signer, second.sealed) == (20, "p-next", True)
    before = [e for e in history if e.occurred_on < day("2018-07-16")]
    (only,) = REGISTER.fold(None, before).month(JUNE).sheets
    assert (only.version, only.days.bit_count()) == (1, 19)


def test_a_corrected_sheet_needs_its_own_signature_and_seal() -> None:
    history = [*sealed_month(19), corrected(JUNE, 20, added=[day("2018-06-29")])]

    given(REGISTER, *history).when(sealing("2018-07-16")).rejected("sheet_unsigned")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (correcting(), "correction_empty"),
        (correcting(day("2018-06-01")), "day_twice"),
        (correcting(remove=(day("2018-06-30"),)), "day_not_registered"),
        (correcting(remove=(day("2018-05-30"),)), "day_not_registered"),
        (correcting(day("2018-06-29"), by=NEIGHBOURS), "not_registrar"),
    ],
)
def test_corrections_that_cannot_be(command: CorrectMonth, code: str) -> None:
    given(REGISTER, *sealed_month(19)).when(command).rejected(code)


def test_a_correction_can_take_a_day_away() -> None:
    events = given(REGISTER, *sealed_month(19)).when(correcting(remove=(day("2018-06-19"),))).events

    assert [e.days for e in events or [] if isinstance(e, AttendanceCorrected)] == [18]


def test_before_the_seal_there_is_nothing_to_correct() -> None:
    given(REGISTER, *signed_month(19)).when(correcting(day("2018-06-29"))).rejected("month_not_sealed")
