"""The register of one posting: it opens when a cadre takes up the post, takes in days, and closes with the posting.

Source: the Jinzhou measures 一.2. Invariant: a day stands in the register once, inside the posting, never under leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Few, Key, Order
from programmes.roles import TOWNSHIPS, VILLAGES
from services.attendance.register import authority
from services.attendance.register.absence import AbsenceCorrected, mistaken
from services.attendance.register.days import MonthKey, bits_of, month_of
from services.attendance.register.places import DayPlacesRecorded, Place, recorded
from services.attendance.register.refusals import (
    DAY_IN_FUTURE,
    DAY_ON_DUTY,
    DAY_ON_LEAVE,
    DAY_OUTSIDE_MONTH,
    DAY_OUTSIDE_POSTING,
    DAY_TWICE,
    DAYS_MISSING,
    MONTH_SEALED,
)
from services.attendance.register.state import Register


class OfRegister(Event, base=True):
    """What is said of a register rests on the notice's rule of registering, else on the share of days it asks for."""

    rule: ClassVar[str | None] = "attendance.register"

    def rests_on(self) -> tuple[str, ...]:
        """The rule of registering, else the share of days."""
        return ("attendance.register", "attendance.year_share")


class RegisterOpened(OfRegister, title="登记册启用"):
    """A cadre is on post: from this day on attendance can be registered. ``kind`` is township or village.

    ``unit`` sent the cadre, of ``tier``; both are "" where it was not told.
    """

    schema: ClassVar[int] = 2
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    posting: Key
    person: Key
    target: Area
    kind: str
    role: str
    unit: str
    tier: str


class RegisterClosed(OfRegister, title="登记册停用"):
    """The posting has ended; its last day is ``occurred_on``. ``cause`` is the event that ended it."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    cause: str


class RegisterMoved(OfRegister, title="登记册区划变更"):
    """The place of the posting has another code; the days before it stand under the old one, ``before``."""

    areas: ClassVar[tuple[str, ...]] = ("target", "before")

    posting: Key
    target: Area
    before: Area


class AttendanceRegistered(Event, title="到岗登记"):
    """The cadre was on post on ``day``, which is also ``occurred_on``; ``registrar`` is the organ that says so."""

    rule: ClassVar[str | None] = "attendance.register"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    day: date
    registrar: str


class OpenRegister(Order):
    """Open a register (caused by personnel.CadreOnPost)."""

    programme: str
    posting: Key
    person: Key
    target: Area
    kind: str
    role: str
    unit: str
    tier: str


class CloseRegister(Order):
    """Close a register (caused by the end of the posting)."""

    posting: Key
    cause: str


class MoveRegister(Order):
    """The place of the posting has another code (caused by personnel.PostingMoved)."""

    posting: Key
    target: Area


class RegisterDays(Command, title="考勤登记", roles=TOWNSHIPS | VILLAGES, concerns=("posting",)):
    """Register days on post of one month; all of them are taken or none.

    ``work`` says where these days were worked, ``night`` where the nights were spent, None where that is not told.
    """

    posting: Key
    month: MonthKey
    days: Few[date]
    work: Place | None = None
    night: Place | None = None


def open_register(register: Register | None, command: OpenRegister) -> Sequence[RegisterOpened]:
    """A register is opened once; hearing of the same posting again changes nothing."""
    if register is not None:
        return ()
    return (RegisterOpened.carrying(command),)


def close_register(register: Register | None, command: CloseRegister) -> Sequence[RegisterClosed]:
    """A posting that never had a register, or whose register is closed, needs nothing."""
    if register is None or register.closed_on is not None:
        return ()
    return (
        RegisterClosed(
            occurred_on=command.context.occurred_on,
            posting=register.posting,
            target=register.target,
            cause=command.cause,
        ),
    )


def move_register(register: Register | None, command: MoveRegister) -> Sequence[RegisterMoved]:
    """The register goes on under the new code, once (X-056)."""
    if register is None or register.target == command.target:
        return ()
    return (RegisterMoved.carrying(command, before=register.target),)


def register_days(
    register: Register, command: RegisterDays
) -> Sequence[AttendanceRegistered | DayPlacesRecorded | AbsenceCorrected]:
    """One AttendanceRegistered a day, where the days were told DayPlacesRecorded, and what it corrects (AT-014).

    Raises:
        Rejected: ``self_registration``, ``not_registrar``; ``month_sealed``; ``days_missing``; or what ``check_days``
            finds wrong with a day.
    """
    context = command.context
    authority.registrar(register, in_force(context.rules, register.programme), context.actor)
    if register.month(command.month).ever_sealed:
        raise MONTH_SEALED(month=command.month)
    if not command.days:
        raise DAYS_MISSING()
    check_days(register, command.month, command.days, context.occurred_on, "days")
    posting, target, registrar = register.posting, register.target, context.actor.organ
    return [
        *(
            AttendanceRegistered(occurred_on=day, posting=posting, target=target, day=day, registrar=registrar)
            for day in command.days
        ),
        *recorded(register, command),
        *mistaken(register, command.days, context.occurred_on),
    ]


def check_days(register: Register, month: str, days: Sequence[date], today: date, field: str) -> None:
    """Check that every one of ``days`` may be added to ``month`` on ``today``.

    Raises:
        Rejected: ``day_outside_month``, ``day_in_future``, ``day_outside_posting``, ``day_twice``, ``day_on_leave``,
            ``day_on_duty``.
    """
    seen, duty = register.month(month).days, register.month(month).duty
    leave = register.leave_bits(month)
    for number, day in enumerate(days):
        bit = bits_of((day,))
        if month_of(day) != month:
            raise DAY_OUTSIDE_MONTH(day=day, month=month, field=f"{field}.{number}")
        if day > today:
            raise DAY_IN_FUTURE(day=day, today=today, field=f"{field}.{number}")
        if not register.holds(day):
            since, until = register.opened_on, register.closed_on or "今"
            raise DAY_OUTSIDE_POSTING(day=day, since=since, until=until, field=f"{field}.{number}")
        if seen & bit:
            raise DAY_TWICE(day=day, field=f"{field}.{number}")
        if leave & bit:
            raise DAY_ON_LEAVE(day=day, field=f"{field}.{number}")
        if duty & bit:
            raise DAY_ON_DUTY(day=day, field=f"{field}.{number}")
        seen |= bit


def opened(before: Register | None, event: RegisterOpened) -> Register:
    """The state after RegisterOpened."""
    about = {
        name: getattr(event, name) for name in ("programme", "posting", "person", "target", "kind", "unit", "tier")
    }
    return Register(opened_on=event.occurred_on, **about)


def closed(register: Register, event: RegisterClosed) -> Register:
    """The state after RegisterClosed."""
    return replace(register, closed_on=event.occurred_on)


def moved(register: Register, event: RegisterMoved) -> Register:
    """The state after RegisterMoved."""
    return replace(register, target=event.target)


def registered(register: Register, event: AttendanceRegistered) -> Register:
    """The state after AttendanceRegistered."""
    key = month_of(event.day)
    month = register.month(key)
    return register.with_month(key, month.adding(bits_of((event.day,))))
