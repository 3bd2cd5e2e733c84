"""Correction of a month after its seal.

Source: the Jinzhou measures 一.2 (kept for inspection). Invariant: a sealed version never changes; a correction is a
version of its own, with its own reason, signature and seal, and both stay in the register.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Event, Few, Key, Text
from programmes.roles import TOWNSHIPS, VILLAGES
from services.attendance.register import authority
from services.attendance.register.absence import AbsenceCorrected, mistaken
from services.attendance.register.days import MonthKey, bits_of, month_of
from services.attendance.register.monthly import Month, Sheet
from services.attendance.register.register import check_days
from services.attendance.register.state import Register
from services.attendance.sheets.refusals import CORRECTION_EMPTY, DAY_NOT_REGISTERED, MONTH_NOT_SEALED
from services.attendance.sheets.sheet import OtherDaysCompiled, others


class AttendanceCorrected(Event, title="月考勤更正"):
    """A new version after the seal; ``replaces`` is the version it starts from. Both stay in the register."""

    rule: ClassVar[str | None] = "attendance.correct"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    month: MonthKey
    version: int
    replaces: int
    reason: Text
    added: tuple[date, ...]
    removed: tuple[date, ...]
    days: int
    leave_days: int
    registrar: str


class CorrectMonth(Command, title="考勤更正", roles=TOWNSHIPS | VILLAGES, concerns=("posting",)):
    """Change a month after its seal; what leave was approved meanwhile is taken in."""

    posting: Key
    month: MonthKey
    reason: Text
    add: Few[date] = ()
    remove: Few[date] = ()


def correct_month(
    register: Register, command: CorrectMonth
) -> Sequence[AttendanceCorrected | OtherDaysCompiled | AbsenceCorrected]:
    """AttendanceCorrected: a new version that must be signed and sealed anew.

    Raises:
        Rejected: as ``authority.registrar`` and ``check_days``; ``month_not_sealed``; ``day_not_registered``;
            ``correction_empty``; ``date_before_ground`` where it is dated before the version it starts from was done.
    """
    context = command.context
    authority.registrar(register, in_force(context.rules, register.programme), context.actor)
    month = register.month(command.month)
    base = month.last
    if base is None or not month.ever_sealed:
        raise MONTH_NOT_SEALED(month=command.month)
    not_before(command, base.on, "上一版考勤表", "attendance.correct")
    check_days(register, command.month, command.add, context.occurred_on, "add")
    for number, day in enumerate(command.remove):
        if month_of(day) != command.month or not month.days & bits_of((day,)):
            raise DAY_NOT_REGISTERED(day=day, number=number)
    changed = register.with_month(command.month, _changed(month, command.add, command.remove))
    days, leave_days, *others_of = changed.figures(command.month)
    if (days, leave_days, *others_of) == (base.days, base.leave_days, base.duty_days, base.half_leaves):
        raise CORRECTION_EMPTY()
    made = AttendanceCorrected.carrying(
        command,
        register,
        posting=register.posting,
        version=base.version + 1,
        replaces=base.version,
        added=command.add,
        removed=command.remove,
        days=days.bit_count(),
        leave_days=leave_days,
        registrar=context.actor.organ,
    )
    return (made, *others(changed, made), *mistaken(register, command.add, context.occurred_on))


def _changed(month: Month, added: Sequence[date], removed: Sequence[date]) -> Month:
    return replace(month, days=(month.days | bits_of(added)) & ~bits_of(removed))


def corrected(register: Register, event: AttendanceCorrected) -> Register:
    """The state after AttendanceCorrected (AT-018)."""
    month = _changed(register.month(event.month), event.added, event.removed)
    printed = register.printed(event.month, month.present, event.days)
    sheet = Sheet(event.version, printed, event.leave_days, event.occurred_on)
    return register.with_month(event.month, replace(month, sheets=(*month.sheets, sheet)))
