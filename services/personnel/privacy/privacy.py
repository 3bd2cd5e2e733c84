"""Erasure: how a person's data is destroyed for good.

Invariants: two persons of the security administration stand behind every erasure, never one alone; what is destroyed
was handed over first, all of it and by the system itself; nothing is asked for, approved or destroyed while it has to
be kept by law. No event here holds personal data: a person is an id. ``PersonErased`` destroys the key in the
transaction that stores it, where the log holds all that has to come before (migrations 0002 and 0004).

Basis: 个人信息保护法（主席令第九十一号）第四十五条 (a copy for the person), 第四十七条 (deletion).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

from kernel.messages import Actor, Command, Event, Key, Line, Order, Pattern
from kernel.part import Part
from kernel.text import same_account
from programmes.roles import SECURITY
from programmes.texts import impersonal
from services.personnel.privacy import legal_hold
from services.personnel.privacy.disclosure import PersonalDataRead, PersonalDataReadAgain
from services.personnel.privacy.legal_hold import HoldLiftRequested, Holds, LegalHoldLifted, LegalHoldPlaced
from services.personnel.privacy.refusals import (
    APPROVAL_MISSING,
    ERASURE_APPROVED,
    ERASURE_NOT_REQUESTED,
    ERASURE_REQUESTED,
    EXPORT_MISSING,
    EXPORT_OUTDATED,
    EXPORT_UNKNOWN,
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
    """All of the person's data was handed to the requester, so that it can be destroyed here.

    ``export`` is the SHA-256 of the sealed file, ``versions`` how many versions of the person's data it holds. What was
    handed over before 0.3.0 was sealed elsewhere: its ``export`` is empty.
    """

    schema = 2

    person: Key
    requester: Line
    export: str
    versions: int


class PersonErased(Event, title="销毁个人信息"):
    """The person's key is destroyed. ``export`` is the SHA-256 of the sealed file the data was handed over in last."""

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


class Destroy(Order):
    """``ErasePerson``, told how many versions of the person's data there are now."""

    person: Key
    export: Digest
    versions: int


@dataclass(frozen=True, slots=True)
class Privacy:
    """How far the erasure of one person's data has come, and what forbids it. Empty text: not yet."""

    requester: str = ""
    approver: str = ""
    export: str = ""
    versions: int = 0
    erased: bool = False
    holds: Holds = field(default_factory=dict)

    @property
    def approved(self) -> bool:
        """True where another than who asked approved it."""
        # An older log may hold the approval of who asked, the id written in another way: it approves nothing.
        return bool(self.approver) and not same_account(self.approver, self.requester)


def decide(
    state: Privacy,
    command: RequestErasure
    | ApproveErasure
    | Destroy
    | legal_hold.PlaceLegalHold
    | legal_hold.RequestHoldLift
    | legal_hold.LiftLegalHold,
) -> Sequence[
    PersonErased | ErasureApproved | ErasureRequested | LegalHoldPlaced | HoldLiftRequested | LegalHoldLifted
]:
    """Whatever is asked of an erased person is refused: there is nothing left to keep, to show or to destroy."""
    if state.erased:
        raise PERSON_ERASED()
    match command:
        case RequestErasure():
            return _request(state, command)
        case ApproveErasure():
            return _approve(state, command)
        case Destroy():
            return _erase(state, command)
        case legal_hold.PlaceLegalHold():
            return legal_hold.place(state.holds, command)
        case legal_hold.RequestHoldLift():
            return legal_hold.ask(state.holds, command)
        case legal_hold.LiftLegalHold():
            return legal_hold.lift(state.holds, command)


def _request(state: Privacy, command: RequestErasure) -> list[ErasureRequested]:
    actor = command.context.actor
    _not_held(state)
    if actor.is_(state.requester):
        raise ERASURE_REQUESTED()
    return [
        ErasureRequested(
            occurred_on=command.context.occurred_on,
            person=command.person,
            requester=actor.person,
            reason=impersonal(command.reason, "reason"),
        )
    ]


def _approve(state: Privacy, command: ApproveErasure) -> list[ErasureApproved]:
    actor = command.context.actor
    _requested(state)
    _not_held(state)
    if actor.is_(state.requester):
        raise SECOND_PERSON_REQUIRED()
    if state.approved:
        raise ERASURE_APPROVED()
    return [
        ErasureApproved(
            occurred_on=command.context.occurred_on,
            person=command.person,
            requester=state.requester,
            approver=actor.person,
        )
    ]


def _erase(state: Privacy, command: Destroy) -> list[PersonErased]:
    may_export(state, command.context.actor)
    if not state.export:
        raise EXPORT_MISSING()
    if command.export != state.export:
        raise EXPORT_UNKNOWN()
    if command.versions != state.versions:
        raise EXPORT_OUTDATED()
    return [PersonErased.carrying(command, requester=state.requester, approver=state.approver)]


def may_export(state: Privacy, asker: Actor) -> None:
    """Check that ``asker`` may be handed the data in order to destroy it.

    Raises:
        Rejected: ``erasure_not_requested``, ``legal_hold``, ``approval_missing``, ``not_the_requester``.
    """
    _requested(state)
    _not_held(state)
    if not state.approved:
        raise APPROVAL_MISSING()
    if not asker.is_(state.requester):
        raise NOT_THE_REQUESTER()


def _requested(state: Privacy) -> None:
    if not state.requester:
        raise ERASURE_NOT_REQUESTED()


def _not_held(state: Privacy) -> None:
    if state.holds:
        raise LEGAL_HOLD(holds=tuple(state.holds))


def evolve(state: Privacy, event: Event) -> Privacy:
    """The state after one event of the person's stream."""
    match event:
        case ErasureRequested():
            return replace(state, requester=event.requester, approver="", export="")
        case ErasureApproved():
            return replace(state, approver=event.approver, export="")
        case PersonalDataExported():
            return replace(state, export=event.export, versions=event.versions)
        case PersonErased():
            return replace(state, erased=True)
        case LegalHoldPlaced() | HoldLiftRequested() | LegalHoldLifted():
            return replace(state, holds=legal_hold.evolve(state.holds, event))
    return state


PRIVACY = Part(
    "privacy/{person}",
    Privacy(),
    decides=(decide,),
    evolve=evolve,
    records=(PersonalDataExported, PersonalDataRead, PersonalDataReadAgain),
)
"""What is done with the data of one person."""
