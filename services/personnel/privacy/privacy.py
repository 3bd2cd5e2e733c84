"""Erasure: how a person's data is destroyed for good.

Invariants: two persons of the security administration stand behind every erasure, never one alone; what is destroyed
was handed over first; nothing is asked for, approved or destroyed while it has to be kept by law. No event here holds
personal data: a person is an id. ``PersonErased`` destroys the key in the transaction that stores it (migration 0002).

Basis: 个人信息保护法（主席令第九十一号）第四十五条 (a copy for the person), 第四十七条 (deletion).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from kernel.messages import Command, Event, Key, Line, Pattern
from kernel.part import Part
from programmes.roles import SECURITY
from services.personnel.persons.person import impersonal
from services.personnel.privacy import legal_hold
from services.personnel.privacy.disclosure import PersonalDataRead
from services.personnel.privacy.legal_hold import LegalHoldLifted, LegalHoldPlaced
from services.personnel.privacy.refusals import (
    APPROVAL_MISSING,
    ERASURE_APPROVED,
    ERASURE_NOT_REQUESTED,
    ERASURE_REQUESTED,
    EXPORT_MISSING,
    LEGAL_HOLD,
    NOT_THE_REQUESTER,
    PERSON_ERASED,
    SECOND_PERSON_REQUIRED,
)

Digest = Annotated[str, Pattern("[0-9a-f]{64}", accepted="SHA-256，64 位小写十六进制数字")]


class ErasureRequested(Event, title="申请销毁个人信息"):
    """One security administrator asked that a person's data be destroyed. It takes the place of an older request."""

    person: Key
    requester: Line
    reason: Line


class ErasureApproved(Event, title="批准销毁个人信息"):
    """Another one approved it."""

    person: Key
    requester: Line
    approver: Line


class PersonalDataExported(Event, title="移交个人信息"):
    """All of the person's data was handed to the requester, so that it can be destroyed here."""

    person: Key
    requester: Line


class PersonErased(Event, title="销毁个人信息"):
    """The person's key is destroyed. ``export`` is the SHA-256 of the sealed file the data was handed over in."""

    person: Key
    requester: Line
    approver: Line
    export: Digest


class RequestErasure(Command, title="申请销毁个人信息", roles=SECURITY, concerns=("person",)):
    """Ask that a person's data be destroyed. ``reason`` names the ground in law, never the person."""

    person: Key
    reason: Line


class ApproveErasure(Command, title="批准销毁个人信息", roles=SECURITY, concerns=("person",)):
    """Approve another's request."""

    person: Key


class ErasePerson(Command, title="销毁个人信息", roles=SECURITY, concerns=("person",)):
    """Destroy the person's key, for good. ``export`` is the SHA-256 of the sealed file the data was handed over in."""

    person: Key
    export: Digest


@dataclass(frozen=True, slots=True)
class Privacy:
    """How far the erasure of one person's data has come, and what forbids it. Empty text: not yet."""

    requester: str = ""
    approver: str = ""
    exported: bool = False
    erased: bool = False
    holds: tuple[str, ...] = ()


def decide(
    state: Privacy,
    command: RequestErasure | ApproveErasure | ErasePerson | legal_hold.PlaceLegalHold | legal_hold.LiftLegalHold,
) -> Sequence[PersonErased | ErasureApproved | LegalHoldLifted | ErasureRequested | LegalHoldPlaced]:
    """Whatever is asked of an erased person is refused: there is nothing left to keep, to show or to destroy."""
    if state.erased:
        raise PERSON_ERASED()
    match command:
        case RequestErasure():
            return _request(state, command)
        case ApproveErasure():
            return _approve(state, command)
        case ErasePerson():
            return _erase(state, command)
        case legal_hold.PlaceLegalHold():
            return legal_hold.place(state.holds, command)
        case legal_hold.LiftLegalHold():
            return legal_hold.lift(state.holds, command)


def _request(state: Privacy, command: RequestErasure) -> list[ErasureRequested]:
    requester = command.context.actor.person
    _not_held(state)
    if state.requester == requester:
        raise ERASURE_REQUESTED()
    return [
        ErasureRequested(
            occurred_on=command.context.occurred_on,
            person=command.person,
            requester=requester,
            reason=impersonal(command.reason, "reason"),
        )
    ]


def _approve(state: Privacy, command: ApproveErasure) -> list[ErasureApproved]:
    approver = command.context.actor.person
    _requested(state)
    _not_held(state)
    if approver == state.requester:
        raise SECOND_PERSON_REQUIRED()
    if state.approver:
        raise ERASURE_APPROVED()
    return [
        ErasureApproved(
            occurred_on=command.context.occurred_on,
            person=command.person,
            requester=state.requester,
            approver=approver,
        )
    ]


def _erase(state: Privacy, command: ErasePerson) -> list[PersonErased]:
    may_export(state, command.context.actor.person)
    if not state.exported:
        raise EXPORT_MISSING()
    return [PersonErased.carrying(command, state)]


def may_export(state: Privacy, asker: str) -> None:
    """Check that ``asker`` may be handed the data in order to destroy it.

    Raises:
        Rejected: ``erasure_not_requested``, ``legal_hold``, ``approval_missing``, ``not_the_requester``.
    """
    _requested(state)
    _not_held(state)
    if not state.approver:
        raise APPROVAL_MISSING()
    if asker != state.requester:
        raise NOT_THE_REQUESTER()


def _requested(state: Privacy) -> None:
    if not state.requester:
        raise ERASURE_NOT_REQUESTED()


def _not_held(state: Privacy) -> None:
    if state.holds:
        raise LEGAL_HOLD(holds=state.holds)


def evolve(state: Privacy, event: Event) -> Privacy:
    """The state after one event of the person's stream."""
    match event:
        case ErasureRequested():
            return replace(state, requester=event.requester, approver="", exported=False)
        case ErasureApproved():
            return replace(state, approver=event.approver)
        case PersonalDataExported():
            return replace(state, exported=True)
        case PersonErased():
            return replace(state, erased=True)
        case legal_hold.LegalHoldPlaced():
            return replace(state, holds=(*state.holds, event.hold))
        case legal_hold.LegalHoldLifted():
            return replace(state, holds=tuple(hold for hold in state.holds if hold != event.hold))
    return state


PRIVACY = Part(
    "privacy/{person}", Privacy(), decides=(decide,), evolve=evolve, records=(PersonalDataExported, PersonalDataRead)
)
"""What is done with the data of one person."""
