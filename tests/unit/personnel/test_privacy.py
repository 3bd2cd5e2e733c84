"""Erasure: two persons, the export first, and what the law keeps stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kernel.messages import Command, Context, Event
from kernel.testing import Given, actor, context, given
from services.personnel.privacy.legal_hold import (
    LegalHoldLifted,
    LegalHoldPlaced,
    LiftLegalHold,
    PlaceLegalHold,
)
from services.personnel.privacy.privacy import (
    PRIVACY,
    ApproveErasure,
    ErasePerson,
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
EXPORTED = PersonalDataExported(**ABOUT, requester="first")
HELD = LegalHoldPlaced(**ABOUT, hold="案-1", basis="审计未结")
ERASED = PersonErased(**ABOUT, requester="first", approver="second", export=EXPORT)


def by(person: str) -> Context:
    return context(DAY, actor("security_admin", person=person))


def request(person: str = "first", reason: str = "目的已实现") -> RequestErasure:
    return RequestErasure(context=by(person), person="p-1", reason=reason)


def approve(person: str = "second") -> ApproveErasure:
    return ApproveErasure(context=by(person), person="p-1")


def erase(person: str = "first") -> ErasePerson:
    return ErasePerson(context=by(person), person="p-1", export=EXPORT)


def place(hold: str = "案-1") -> PlaceLegalHold:
    return PlaceLegalHold(context=by("first"), person="p-1", hold=hold, basis="审计未结")


def lift(hold: str = "案-1") -> LiftLegalHold:
    return LiftLegalHold(context=by("first"), person="p-1", hold=hold)


def known(*events: Event) -> Given:
    return given(PRIVACY, *events)


def test_one_asks_another_approves_and_the_first_destroys_after_the_export() -> None:
    known().when(request()).then(REQUESTED)
    known(REQUESTED).when(approve()).then(APPROVED)
    known(REQUESTED, APPROVED).when(erase()).rejected("export_missing", clause="第四十五条")
    known(REQUESTED, APPROVED, EXPORTED).when(erase()).then(ERASED)


def test_nobody_approves_the_own_request() -> None:
    known(REQUESTED).when(approve("first")).rejected("second_person_required", kind="forbidden")


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
    assert (renewed.state.requester, renewed.state.approver, renewed.state.exported) == ("third", "", False)
    # Who approved the first request did not approve this one, and the first requester is another person now.
    known(REQUESTED, APPROVED, *(renewed.events or [])).when(approve("first")).types("ErasureApproved")


@pytest.mark.parametrize("before", [(), (REQUESTED,), (REQUESTED, APPROVED, EXPORTED)])
def test_a_legal_hold_forbids_every_step_until_it_is_lifted(before: tuple[Event, ...]) -> None:
    commands: list[Command] = [request("third"), approve(), erase()]
    step = commands[min(len(before), 2)]
    known(*before, HELD).when(step).rejected("legal_hold", notice="主席令第九十一号", clause="第四十七条")
    lifted = LegalHoldLifted(**ABOUT, hold="案-1")
    assert known(*before, HELD, lifted).when(step).refusal is None


def test_holds_are_counted_each_by_its_number() -> None:
    known().when(place()).then(HELD)
    known(HELD).when(place()).rejected("hold_placed_before", field="hold")
    known(HELD).when(lift("案-2")).rejected("hold_unknown", accepted="案-1")
    both = known(HELD).when(place("案-2"))
    assert both.state.holds == ("案-1", "案-2")
    known(HELD, *(both.events or []), LegalHoldLifted(**ABOUT, hold="案-1")).when(request()).rejected("legal_hold")


@pytest.mark.parametrize("command", [request("third"), approve("third"), erase(), place(), lift()])
def test_an_erased_person_is_past_everything(command: Command) -> None:
    known(REQUESTED, APPROVED, EXPORTED, ERASED).when(command).rejected("person_erased", kind="unknown")


def test_a_reason_holds_no_number_of_a_person() -> None:
    known().when(request(reason="号码 13900000001 的本人申请")).rejected("personal_number_in_text", field="reason")
