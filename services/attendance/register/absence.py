"""Absence without approved leave: recorded by who keeps the register, corrected later, never erased (AT-008).

Source: 辽组通字〔2002〕13号 三 (不能随意离开挂职工作岗位); AT-008 stands beside every register. Invariant: a day is
absent only while it is neither presence, nor leave, nor official duty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal, Protocol

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Few, Key
from programmes.roles import TOWNSHIPS, VILLAGES
from services.attendance.register import authority
from services.attendance.register.days import bits_of, dates_of, month_bits, month_of
from services.attendance.register.refusals import (
    DAY_ABSENT_TWICE,
    DAY_IN_FUTURE,
    DAY_NOT_ABSENT,
    DAY_OUTSIDE_POSTING,
    DAYS_MISSING,
)
from services.attendance.register.state import Register


class AbsenceRecorded(Event, title="缺勤登记"):
    """The cadre was away on ``day`` without approved leave; ``registrar`` is the organ that says so."""

    rule: ClassVar[str | None] = "attendance.register"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    day: date
    registrar: str
    unapproved: bool


class AbsenceCorrected(Event, title="缺勤更正"):
    """An absence recorded before turned out to be leave granted afterwards (``leave`` names it), or presence."""

    rule: ClassVar[str | None] = "attendance.register"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    day: date
    cause: Literal["leave", "presence"]
    leave: str


class RecordAbsence(Command, title="缺勤登记", roles=TOWNSHIPS | VILLAGES, concerns=("posting",)):
    """Record days of absence without approved leave; all of them are taken or none."""

    posting: Key
    days: Few[date]


class Granted(Protocol):
    """A leave as it was granted."""

    @property
    def leave(self) -> str: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def occurred_on(self) -> date: ...


def record_absence(register: Register, command: RecordAbsence) -> list[AbsenceRecorded]:
    """One AbsenceRecorded a day (AT-008).

    Raises:
        Rejected: as ``authority.registrar``; ``days_missing``, ``day_in_future``, ``day_outside_posting``,
            ``day_not_absent`` where the day is presence, leave or official duty, ``day_absent_twice``.
    """
    context = command.context
    authority.registrar(register, in_force(context.rules, register.programme), context.actor)
    if not command.days:
        raise DAYS_MISSING()
    seen: set[date] = set()
    for number, day in enumerate(command.days):
        field, key, bit = f"days.{number}", month_of(day), bits_of((day,))
        if day > context.occurred_on:
            raise DAY_IN_FUTURE(day=day, today=context.occurred_on, field=field)
        if not register.holds(day):
            raise DAY_OUTSIDE_POSTING(day=day, since=register.opened_on, until=register.closed_on or "今", field=field)
        if (register.days(key) | register.leave_bits(key) | register.duty_bits(key)) & bit:
            raise DAY_NOT_ABSENT(day=day, field=field)
        if register.month(key).absent & bit or day in seen:
            raise DAY_ABSENT_TWICE(day=day, field=field)
        seen.add(day)
    return [
        AbsenceRecorded.carrying(register, occurred_on=day, day=day, registrar=context.actor.organ, unapproved=True)
        for day in command.days
    ]


def explained(register: Register, leave: Granted) -> Iterator[AbsenceCorrected]:
    """The absences that a leave granted afterwards explains (AT-008)."""
    for key in register.keys(leave.first, leave.last):
        bits = register.month(key).absent & month_bits(key, leave.first, leave.last)
        for day in dates_of(key, bits):
            yield AbsenceCorrected.carrying(
                register, occurred_on=leave.occurred_on, day=day, cause="leave", leave=leave.leave
            )


def mistaken(register: Register, days: Sequence[date], on: date) -> Iterator[AbsenceCorrected]:
    """The absences that were presence after all; ``days`` are of one month."""
    absent = register.month(month_of(days[0])).absent if days else 0
    for day in days if absent else ():
        if absent & bits_of((day,)):
            yield AbsenceCorrected.carrying(register, occurred_on=on, day=day, cause="presence", leave="")


def absent(register: Register, event: AbsenceRecorded) -> Register:
    """The state after AbsenceRecorded."""
    month = register.month(month_of(event.day))
    return register.with_month(month_of(event.day), replace(month, absent=month.absent | bits_of((event.day,))))


def corrected(register: Register, event: AbsenceCorrected) -> Register:
    """The state after AbsenceCorrected."""
    month = register.month(month_of(event.day))
    return register.with_month(month_of(event.day), replace(month, absent=month.absent & ~bits_of((event.day,))))
