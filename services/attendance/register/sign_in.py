"""A cadre's own sign-in: evidence beside the register, where the programme allows it, and never the record (AT-014).

Source: the Jinzhou measures 一.2, which have the organisations register. Invariant: no coordinate is asked for or kept;
a sign-in changes no figure.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Key
from programmes.readers.attendance import SIGN_IN
from programmes.roles import CADRES
from services.attendance.register.refusals import (
    DAY_OUTSIDE_POSTING,
    SIGN_IN_NOT_OWN,
    SIGN_IN_NOT_TODAY,
    SIGN_IN_OFF,
)
from services.attendance.register.state import Register


class SignedIn(Event, title="本人签到"):
    """The cadre signed in on ``day``: evidence for whoever checks the register."""

    rule: ClassVar[str | None] = SIGN_IN.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    day: date


class SignIn(Command, title="本人签到", roles=CADRES, concerns=("posting",)):
    """Sign in today."""

    posting: Key
    day: date


def sign_in(register: Register, command: SignIn) -> list[SignedIn]:
    """SignedIn, once a day.

    Raises:
        Rejected: ``sign_in_not_own``; ``sign_in_off`` unless the programme takes it as evidence; ``sign_in_not_today``;
            ``day_outside_posting``.
    """
    on = command.context.occurred_on
    if not command.context.actor.is_(register.person):
        raise SIGN_IN_NOT_OWN()
    allowed = in_force(command.context.rules, register.programme).find(SIGN_IN)
    if allowed is None or allowed.value != "evidence":
        raise SIGN_IN_OFF()
    if command.day != on:
        raise SIGN_IN_NOT_TODAY(day=command.day, today=on)
    if not register.holds(on):
        raise DAY_OUTSIDE_POSTING(day=on, since=register.opened_on, until=register.closed_on or "今", field="day")
    return [] if register.signed_in == on else [SignedIn.carrying(command, target=register.target)]


def signed_in(register: Register, event: SignedIn) -> Register:
    """The state after SignedIn: the last day is enough to tell a repetition."""
    return replace(register, signed_in=event.day)
