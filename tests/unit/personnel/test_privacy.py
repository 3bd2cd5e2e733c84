"""Erasure: two persons, the export first, and what the law keeps stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kernel.messages import Command, Context, Event
from kernel.testing import Given, actor, context, given
from services.personnel.privacy.legal_hold import (
    HoldLiftRequested,
    LegalHoldLifted,
    LegalHoldPlaced,
    LiftLegalHold,
    PlaceLegalHold,
    RequestHoldLift,
)
from services.personnel.privacy.privacy import (
    PRIVACY,
    ApproveErasure,
    Destroy,
    ErasureApproved,
    ErasureRequested,
    PersonalDataExported,
    PersonErased,
    RequestErasure,
)

DAY = date(2026, 11, 2)
EXPORT = "0a" * 32
ABOUT: dict[str, Any] = {"occurred_on": DAY, "person": "p-1"}
REQUESTED = ErasureRequested(**ABOUT, requester="first", reason="目的已实现")
APPROVED = ErasureApproved(**ABOUT, requester="first", approver="second")
EXPORTED = PersonalDataExported(**ABOUT, requester="first", export=EXPORT, versions=2)
HELD = LegalHoldPlaced(**ABOUT, hold="案-1", basis="审计未结")
ASKED = HoldLiftRequested(**ABOUT, hold="案-1", requester="first", reason="审计已结")
LIFTED = LegalHoldLifted(**ABOUT, hold="案-1")
ERASED = PersonErased(**ABOUT, requester="first", approver="second", export=EXPORT)


def by(person: str) -> Context:
    return context(DAY, actor("security_admin", person=person))


def request(person: str = "first", reason: str = "目的已实现") -> RequestErasure:
    return RequestErasure(context=by(person), person="p-1", reason=reason)


def approve(person: str = "second") -> ApproveErasure:
    return ApproveErasure(context=by(person), person="p-1")


def erase(person: str = "first", export: str = EXPORT, versions: int = 2) -> Destroy:
    return Destroy(context=by(person), person="p-1", export=export, versions=versions)


def place(hold: str = "案-1") -> PlaceLegalHold:
    return PlaceLegalHold(context=by("first"), person="p-1", hold=hold, basis="审计未结")


def ask(hold: str = "案-1", person: str = "first", reason: str = "审计已结") -> RequestHoldLift:
    return RequestHoldLift(context=by(person), person="p-1", hold=hold, reason=reason)


def lift(hold: str = "案-1", person: str = "second") -> LiftLegalHold:
    return LiftLegalHold(context=by(person), person="p-1", hold=hold)


def known(*events: Event) -> Given:
    return given(PRIVACY, *events)


def test_one_asks_another_approves_and_the_first_destroys_after_the_export() -> None:
    known().when(request()).then(REQUESTED)
    known(REQUESTED).when(approve()).then(APPROVED)
    known(REQUESTED, APPROVED).when(erase()).rejected("export_missing", clause="第四十五条")
    known(REQUESTED, APPROVED, EXPORTED).when(erase()).then(ERASED)


@pytest.mark.parametrize("person", ["first", "First", "ｆｉｒｓｔ", "first "])
def test_nobody_approves_the_own_request(person: str) -> None:
    known(REQUESTED).when(approve(person)).rejected("second_person_required", kind="forbidden")
    known(HELD, ASKED).when(lift(person=person)).rejected("second_person_required", kind="forbidden")


def test_what_an_older_log_holds_of_one_person_written_in_two_ways_approves_nothing() -> None:
    alone = ErasureApproved(**ABOUT, requester="first", approver="FIRST")
    known(REQUESTED, alone, EXPORTED).when(erase()).rejected("approval_missing")
    known(REQUESTED, alone).when(approve()).then(APPROVED)


def test_the_file_named_is_the_last_that_was_handed_over_and_holds_all_there_is() -> None:
    for digest in ("0" * 64, "0b" * 32, EXPORT[:-1] + "b"):
        known(REQUESTED, APPROVED, EXPORTED).when(erase(export=digest)).rejected("export_unknown", field="export")
    newer = PersonalDataExported(**ABOUT, requester="first", export="0b" * 32, versions=3)
    both = known(REQUESTED, APPROVED, EXPORTED, newer)
    both.when(erase(versions=3)).rejected("export_unknown")
    both.when(erase(export="0b" * 32, versions=3)).types("PersonErased")
    known(REQUESTED, APPROVED, EXPORTED).when(erase(versions=3)).rejected("export_outdated", field="export")


def test_a_file_of_an_earlier_approval_or_of_the_first_form_is_none() -> None:
    again = [ErasureRequested(**ABOUT, requester="third", reason="x"), REQUESTED]
    known(REQUESTED, APPROVED, EXPORTED, *again, APPROVED).when(erase()).rejected("export_missing")
    older = PersonalDataExported(**ABOUT, requester="first", export="", versions=0)
    known(REQUESTED, APPROVED, older).when(erase(versions=0)).rejected("export_missing")


def test_no_step_is_left_out() -> None:
    known().when(approve()).rejected("erasure_not_requested")
    known().when(erase()).rejected("erasure_not_requested")
    known(REQUESTED).when(erase()).rejected("approval_missing")
    known(REQUESTED).when(request()).rejected("erasure_requested")
    known(REQUESTED, APPROVED).when(approve("third")).rejected("erasure_approved")


@pytest.mark.parametrize("person", ["second", "third"])
def test_only_who_asked_destroys(person: str) -> None:
    known(REQUESTED, APPROVED, EXPORTED).when(erase(person)).rejected("not_the_requester", kind="forbidden")


def test_the_request_of_another_starts_from_the_beginning() -> None:
    renewed = known(REQUESTED, APPROVED, EXPORTED).when(request("third"))
    renewed.types("ErasureRequested")
    assert (renewed.state.requester, renewed.state.approver, renewed.state.export) == ("third", "", "")
    # Who approved the first request did not approve this one, and the first requester is another person now.
    known(REQUESTED, APPROVED, *(renewed.events or [])).when(approve("first")).types("ErasureApproved")


@pytest.mark.parametrize("before", [(), (REQUESTED,), (REQUESTED, APPROVED, EXPORTED)])
def test_a_legal_hold_forbids_every_step_until_it_is_lifted(before: tuple[Event, ...]) -> None:
    commands: list[Command] = [request("third"), approve(), erase()]
    step = commands[min(len(before), 2)]
    known(*before, HELD).when(step).rejected("legal_hold", notice="主席令第九十一号", clause="第四十七条")
    known(*before, HELD, ASKED).when(step).rejected("legal_hold")
    assert known(*before, HELD, ASKED, LIFTED).when(step).refusal is None


def test_holds_are_counted_each_by_its_number() -> None:
    known().when(place()).then(HELD)
    known(HELD).when(place()).rejected("hold_placed_before", field="hold")
    known(HELD).when(lift("案-2")).rejected("hold_unknown", accepted="案-1")
    both = known(HELD).when(place("案-2"))
    assert list(both.state.holds) == ["案-1", "案-2"]
    known(HELD, *(both.events or []), LIFTED).when(request()).rejected("legal_hold")


def test_one_lays_a_hold_and_two_end_it() -> None:
    known(HELD).when(lift()).rejected("hold_lift_not_requested", field="hold")
    known(HELD).when(ask()).then(ASKED)
    known(HELD, ASKED).when(ask()).rejected("hold_lift_requested")
    known(HELD, ASKED).when(lift()).then(LIFTED)
    other = known(HELD, ASKED).when(ask(person="second"))
    other.types("HoldLiftRequested")
    # The request of another takes the place of the first: now the first one lifts, and the second does not.
    known(HELD, ASKED, *(other.events or [])).when(lift()).rejected("second_person_required")
    known(HELD, ASKED, *(other.events or [])).when(lift(person="first")).then(LIFTED)
    # What was asked about one laying of a hold ends no later one of its number.
    known(HELD, ASKED, LIFTED, HELD).when(lift()).rejected("hold_lift_not_requested")
    known(HELD, ASKED, LIFTED).when(lift()).rejected("hold_unknown")
    known(HELD).when(ask(reason="号码 13900000001")).rejected("personal_number_in_text", field="reason")


@pytest.mark.parametrize("command", [request("third"), approve("third"), erase(), place(), ask(), lift()])
def test_an_erased_person_is_past_everything(command: Command) -> None:
    known(REQUESTED, APPROVED, EXPORTED, ERASED).when(command).rejected("person_erased", kind="unknown")


def test_a_reason_holds_no_number_of_a_person() -> None:
    known().when(request(reason="号码 13900000001 的本人申请")).rejected("personal_number_in_text", field="reason")
