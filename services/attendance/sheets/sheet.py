"""The monthly sheet: compiled by the registrar, signed by the township's party secretary.

Source: the Jinzhou measures 一.2. Invariant: a sheet is signed only while it says what the register says, and a
signature stays the signer's whoever holds the post later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Protocol

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Context, Event, Key, Order
from programmes.offices import Office
from programmes.roles import TOWNSHIPS, VILLAGES
from services.attendance.register import authority
from services.attendance.register.days import MonthKey, span
from services.attendance.register.monthly import Sheet
from services.attendance.register.refusals import MONTH_SEALED
from services.attendance.register.state import Register
from services.attendance.sheets.refusals import (
    MONTH_NOT_OVER,
    MONTH_OUTSIDE_POSTING,
    NOT_SECRETARY,
    SHEET_CURRENT,
    SHEET_MISSING,
    SHEET_SEALED,
    SHEET_SIGNED,
    SHEET_STALE,
)


class AttendanceCompiled(Event, title="月考勤汇总"):
    """A month added up: days on post and, beside them, days of approved leave."""

    rule: ClassVar[str | None] = "attendance.compile"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    month: MonthKey
    version: int
    days: int
    leave_days: int
    registrar: str


class OtherDaysCompiled(Event, title="月考勤其他天数"):
    """Beside ``AttendanceCompiled`` or ``AttendanceCorrected``, where the month has such: days of official duty
    elsewhere, those of them that count among the days on post, and half days of leave (AT-030)."""

    rule: ClassVar[str | None] = "attendance.compile"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    month: MonthKey
    version: int
    duty_days: int
    counting: int
    half_leaves: int


class AttendanceSigned(Event, title="月考勤签字"):
    """The person who was township party secretary on this day, or stood in, answers for the sheet, whoever holds the
    post later."""

    rule: ClassVar[str | None] = "attendance.sign"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    month: MonthKey
    version: int
    signer: Key
    post: str


class SignedAsStandIn(Event, title="代理签字"):
    """Beside ``AttendanceSigned``: the signer stood in on this day, for ``holder``, None for an empty post (X-057)."""

    rule: ClassVar[str | None] = "attendance.sign"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    month: MonthKey
    version: int
    signer: Key
    post: str
    holder: Key | None


class Compiled(Protocol):
    """A new version of a sheet."""

    @property
    def month(self) -> MonthKey: ...
    @property
    def version(self) -> int: ...
    @property
    def occurred_on(self) -> date: ...


class CompileMonth(Command, title="月考勤汇总", roles=TOWNSHIPS | VILLAGES, concerns=("posting",)):
    """Add up a month that is over."""

    posting: Key
    month: MonthKey


class CompileEntered(Order):
    """``CompileMonth`` of one of many, also by a clerk who enters for the registrar."""

    posting: Key
    month: MonthKey


class SignMonth(Command, title="考勤签字认定", roles=TOWNSHIPS, concerns=("posting",)):
    """Sign the newest sheet of a month."""

    posting: Key
    month: MonthKey


class SignAs(Order):
    """SignMonth, with the office of the township's party secretary as it is noted here."""

    posting: Key
    month: MonthKey
    office: Office
    post: str


def compile_month(register: Register, command: CompileMonth) -> Sequence[AttendanceCompiled | OtherDaysCompiled]:
    """AttendanceCompiled, and beside it OtherDaysCompiled where there are any (AT-021, AT-030).

    Raises:
        Rejected: as ``authority.registrar``; ``month_outside_posting``, ``month_not_over``, ``month_sealed``,
            ``sheet_current`` where the newest sheet already says the same.
    """
    context = command.context
    authority.registrar(register, in_force(context.rules, register.programme), context.actor)
    return _added_up(register, context, command.month, context.actor.organ)


def compile_entered(register: Register, command: CompileEntered) -> Sequence[AttendanceCompiled | OtherDaysCompiled]:
    """The same, also by a clerk who enters for the registrar (AT-031). Raises as ``compile_month``."""
    context = command.context
    registrar = authority.enterer(register, in_force(context.rules, register.programme), context.actor)
    return _added_up(register, context, command.month, registrar or context.actor.organ)


def _added_up(
    register: Register, context: Context, key: MonthKey, registrar: str
) -> Sequence[AttendanceCompiled | OtherDaysCompiled]:
    first, last = span(key)
    if not register.within(first, last):
        raise MONTH_OUTSIDE_POSTING(month=key)
    today, end = context.occurred_on, register.closed_on
    if today <= last and (end is None or today < end):
        raise MONTH_NOT_OVER(month=key, last=last)
    month = register.month(key)
    if month.ever_sealed:
        raise MONTH_SEALED(month=key)
    if month.last is not None and _current(register, key, month.last):
        raise SHEET_CURRENT(month=key)
    days, leave_days, *_ = register.figures(key)
    made = AttendanceCompiled(
        occurred_on=today,
        posting=register.posting,
        target=register.target,
        month=key,
        version=len(month.sheets) + 1,
        days=days.bit_count(),
        leave_days=leave_days,
        registrar=registrar,
    )
    return (made, *others(register, made))


def others(register: Register, sheet: Compiled) -> Iterator[OtherDaysCompiled]:
    """The other days of the month of a sheet, where there are any."""
    _, _, duty, halves = register.figures(sheet.month)
    if duty or halves:
        counting = register.counted(sheet.month, register.month(sheet.month).counting).bit_count()
        yield OtherDaysCompiled(
            occurred_on=sheet.occurred_on,
            posting=register.posting,
            target=register.target,
            month=sheet.month,
            version=sheet.version,
            duty_days=duty,
            counting=counting,
            half_leaves=halves,
        )


def sign_month(register: Register, command: SignAs) -> Sequence[AttendanceSigned | SignedAsStandIn]:
    """AttendanceSigned by who holds the post on that day, or stands in (X-057).

    Raises:
        Rejected: ``not_secretary`` (with who is); ``sheet_missing``, ``sheet_stale``, ``sheet_signed``;
            ``date_before_ground``.
    """
    actor, on = command.context.actor, command.context.occurred_on
    officer = command.office.officer(actor, on)
    if officer is None:
        acting = [one.person for one in command.office.acting(on)]
        raise NOT_SECRETARY(occurred_on=on, target=register.target[:9], secretary=acting or "先登记该乡镇的党委书记")
    sheet = latest(register, command.month)
    not_before(command, sheet.on, "汇总", "attendance.sign")
    if sheet.signer is not None:
        raise SHEET_SIGNED(month=command.month, version=sheet.version)
    signed = AttendanceSigned.carrying(
        command, register, posting=register.posting, version=sheet.version, signer=actor.person
    )
    if not officer.stand_in:
        return (signed,)
    return signed, SignedAsStandIn.carrying(signed, occurred_on=on, holder=officer.stands_in_for)


def latest(register: Register, key: str) -> Sheet:
    """The sheet of a month that waits for signature or seal.

    Raises:
        Rejected: ``sheet_missing``, ``sheet_sealed``, ``sheet_stale`` where the register has changed since.
    """
    sheet = register.month(key).last
    if sheet is None:
        raise SHEET_MISSING(key=key)
    if sheet.sealed:
        raise SHEET_SEALED(key=key, version=sheet.version)
    if not _current(register, key, sheet):
        redo = "CorrectMonth" if register.month(key).ever_sealed else "CompileMonth"
        raise SHEET_STALE(key=key, redo=redo)
    return sheet


def _current(register: Register, key: str, sheet: Sheet) -> bool:
    return (sheet.days, sheet.leave_days, sheet.duty_days, sheet.half_leaves) == register.figures(key)


def compiled(register: Register, event: AttendanceCompiled) -> Register:
    """The state after AttendanceCompiled."""
    month = register.month(event.month)
    days = register.printed(event.month, month.present, event.days)
    sheet = Sheet(event.version, days, event.leave_days, event.occurred_on)
    return register.with_month(event.month, replace(month, sheets=(*month.sheets, sheet)))


def others_compiled(register: Register, event: OtherDaysCompiled) -> Register:
    """The state after OtherDaysCompiled."""
    month = register.month(event.month)
    changed = month.with_last(duty_days=event.duty_days, half_leaves=event.half_leaves)
    return register.with_month(event.month, changed)


def signed(register: Register, event: AttendanceSigned) -> Register:
    """The state after AttendanceSigned."""
    month, on = register.month(event.month), event.occurred_on
    return register.with_month(event.month, month.with_last(signer=event.signer, on=on, signed_on=on))
