"""The five occasions a cadre must attend (五必到): present, or missing, excused by approved leave (AT-012).

Source: the Jinzhou measures 一.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Key, Line
from programmes.readers.diary import OCCASIONS
from programmes.roles import TOWNSHIPS, VILLAGES
from services.attendance.diary.refusals import OCCASION_KIND
from services.attendance.register import authority
from services.attendance.register.days import bits_of, month_of
from services.attendance.register.refusals import DAY_IN_FUTURE, DAY_OUTSIDE_POSTING
from services.attendance.register.state import Register


class MustAttendMet(Event, title="五必到到场"):
    """The cadre was there."""

    rule: ClassVar[str | None] = OCCASIONS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    day: date
    kind: str
    occasion: Line


class MustAttendMissed(Event, title="五必到缺席"):
    """The cadre was not there; ``excused`` where on approved leave that day."""

    rule: ClassVar[str | None] = OCCASIONS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    day: date
    kind: str
    occasion: Line
    excused: bool


class RecordOccasion(Command, title="登记五必到", roles=TOWNSHIPS | VILLAGES, concerns=("posting",)):
    """Record whether the cadre was at an occasion of its place; ``attended`` says so."""

    posting: Key
    day: date
    kind: str
    occasion: Line
    attended: bool


def record_occasion(register: Register, command: RecordOccasion) -> Sequence[MustAttendMet | MustAttendMissed]:
    """MustAttendMet or MustAttendMissed.

    Raises:
        Rejected: as ``authority.registrar``; ``occasion_kind``, ``day_in_future``, ``day_outside_posting``,
            ``rule_unknown``.
    """
    context, day = command.context, command.day
    rules = in_force(context.rules, register.programme)
    kinds = rules.value(OCCASIONS)
    authority.registrar(register, rules, context.actor)
    if command.kind not in kinds:
        raise OCCASION_KIND(kind=command.kind, kinds=kinds, rule=OCCASIONS.path)
    if day > context.occurred_on:
        raise DAY_IN_FUTURE(day=day, today=context.occurred_on, field="day")
    if not register.holds(day):
        raise DAY_OUTSIDE_POSTING(day=day, since=register.opened_on, until=register.closed_on or "今", field="day")
    if command.attended:
        return (MustAttendMet.carrying(command, register, posting=register.posting, kind=command.kind),)
    excused = bool(register.leave_bits(month_of(day)) & bits_of((day,)))
    return (MustAttendMissed.carrying(command, register, posting=register.posting, kind=command.kind, excused=excused),)
