"""Legal holds: personal data that the law says must be kept, each ground under its own number.

Invariant: one person lays a hold, and two end it: one asks, another one lifts.

Basis: 个人信息保护法（主席令第九十一号）第四十七条, second paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.messages import Command, Event, Key, Line
from programmes.roles import SECURITY
from programmes.texts import impersonal
from services.personnel.privacy.refusals import (
    HOLD_LIFT_NOT_REQUESTED,
    HOLD_LIFT_REQUESTED,
    HOLD_PLACED_BEFORE,
    HOLD_UNKNOWN,
    SECOND_PERSON_REQUIRED,
)

Holds = Mapping[str, str]
"""The holds that stand, by number: who asked that it be lifted, empty where nobody did."""
NOBODY: Final = ""


class LegalHoldPlaced(Event, title="登记依法保存"):
    """The person's data must be kept, on the ground given."""

    person: Key
    hold: Key
    basis: Line


class HoldLiftRequested(Event, title="申请解除依法保存"):
    """One security administrator asked that a hold end. It takes the place of an older request."""

    person: Key
    hold: Key
    requester: Line
    reason: Line


class LegalHoldLifted(Event, title="解除依法保存"):
    """One ground to keep the person's data fell away: another one than who asked says so."""

    person: Key
    hold: Key


class PlaceLegalHold(Command, title="登记依法保存要求", roles=SECURITY, concerns=("person",)):
    """Forbid that the person's data be destroyed. ``hold`` is the number of the case, ``basis`` the ground in law."""

    person: Key
    hold: Key
    basis: Line


class RequestHoldLift(Command, title="申请解除依法保存要求", roles=SECURITY, concerns=("person",)):
    """Ask that a legal hold end. ``reason`` says why its ground fell away, and never names the person."""

    person: Key
    hold: Key
    reason: Line


class LiftLegalHold(Command, title="解除依法保存要求", roles=SECURITY, concerns=("person",)):
    """End a legal hold that another one asked to end."""

    person: Key
    hold: Key


def place(holds: Holds, command: PlaceLegalHold) -> list[LegalHoldPlaced]:
    """The hold. Rejected where one of its number stands."""
    if command.hold in holds:
        raise HOLD_PLACED_BEFORE()
    return [LegalHoldPlaced.carrying(command, basis=impersonal(command.basis, "basis"))]


def ask(holds: Holds, command: RequestHoldLift) -> list[HoldLiftRequested]:
    """The request that a hold end. Rejected where none of its number stands, or the same one asked before."""
    actor = command.context.actor
    if actor.is_(_asked(holds, command.hold)):
        raise HOLD_LIFT_REQUESTED()
    reason = impersonal(command.reason, "reason")
    return [HoldLiftRequested.carrying(command, requester=actor.person, reason=reason)]


def lift(holds: Holds, command: LiftLegalHold) -> list[LegalHoldLifted]:
    """The end of a hold. Rejected where none of its number stands, nobody asked for its end, or who lifts it did."""
    asked = _asked(holds, command.hold)
    if asked == NOBODY:
        raise HOLD_LIFT_NOT_REQUESTED()
    if command.context.actor.is_(asked):
        raise SECOND_PERSON_REQUIRED()
    return [LegalHoldLifted.carrying(command)]


def _asked(holds: Holds, hold: str) -> str:
    if hold not in holds:
        raise HOLD_UNKNOWN(holds="、".join(holds) or "没有可解除的保存要求")
    return holds[hold]


def evolve(holds: Holds, event: LegalHoldPlaced | HoldLiftRequested | LegalHoldLifted) -> Holds:
    """The holds after one event."""
    match event:
        case LegalHoldPlaced():
            return {**holds, event.hold: NOBODY}
        case HoldLiftRequested():
            return {**holds, event.hold: event.requester}
        case LegalHoldLifted():
            return {hold: asked for hold, asked in holds.items() if hold != event.hold}
