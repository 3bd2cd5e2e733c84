"""Leave is asked for by the cadre alone; it is never presence.

Source: the Jinzhou measures 一.2 (a system of leave exists; who grants it is not printed there, so that is a setting);
辽组通字〔2002〕13号 三 (the principal leader of the unit served in).
Invariant: leaves of one posting that are asked for or approved do not overlap; of a leave that a posting did not
outlast, only the days of the posting count.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Key
from programmes.readers.attendance import HALF_DAYS, LEAVE_KINDS
from programmes.roles import CADRES
from services.attendance.leave.refusals import (
    LEAVE_HALF,
    LEAVE_HALF_OF_MORE,
    LEAVE_KIND,
    LEAVE_NOT_OWN,
    LEAVE_ORDER,
    LEAVE_OUTSIDE_POSTING,
    LEAVE_OVERLAPS,
)
from services.attendance.register.state import Leave, Register

Half = Literal["morning", "afternoon"]


class LeaveRequested(Event, title="请假"):
    """Leave asked for, from ``first`` to ``last``, both included; ``leave`` is its first day, which names it."""

    rule: ClassVar[str | None] = "leave.request"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    kind: str
    first: date
    last: date


class HalfDayRequested(Event, title="请半天假"):
    """Beside ``LeaveRequested``: the leave is of one half of its one day, and takes the day from nothing else."""

    rule: ClassVar[str | None] = HALF_DAYS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    half: Half


class RequestLeave(Command, title="请假", roles=CADRES, concerns=("posting",)):
    """Ask for leave; ``kind`` is one the profile names (事 or 病), ``half`` the half of one day where it has halves."""

    posting: Key
    kind: str
    first: date
    last: date
    half: Half | None = None


def request_leave(register: Register, command: RequestLeave) -> list[LeaveRequested | HalfDayRequested]:
    """LeaveRequested, and beside it HalfDayRequested where it is of half a day (AT-007, AT-021).

    Raises:
        Rejected: ``leave_not_own``, ``leave_kind``, ``leave_order``, ``leave_half``, ``leave_half_of_more``,
            ``leave_outside_posting``, ``leave_overlaps``.
    """
    if not command.context.actor.is_(register.person):
        raise LEAVE_NOT_OWN()
    rules = in_force(command.context.rules, register.programme)
    kinds = rules.value(LEAVE_KINDS)
    if command.kind not in kinds:
        raise LEAVE_KIND(kind=command.kind, kinds=kinds)
    if command.last < command.first:
        raise LEAVE_ORDER(first=command.first)
    if command.half:
        halves = rules.find(HALF_DAYS)
        if halves is None or not halves.value:
            raise LEAVE_HALF()
        if command.first != command.last:
            raise LEAVE_HALF_OF_MORE(first=command.first)
    if not (register.holds(command.first) and register.holds(command.last)):
        raise LEAVE_OUTSIDE_POSTING(since=register.opened_on, until=register.closed_on or "今")
    for leave in register.leaves.values():
        if leave.standing and command.first <= leave.last and leave.first <= command.last:
            raise LEAVE_OVERLAPS(first=leave.first, last=leave.last)
    asked = LeaveRequested.carrying(command, target=register.target, leave=command.first.isoformat())
    if not command.half:
        return [asked]
    return [asked, HalfDayRequested.carrying(asked, occurred_on=asked.occurred_on, half=command.half)]


def requested(register: Register, event: LeaveRequested) -> Register:
    """The state after LeaveRequested."""
    leave = Leave(event.first, event.last, "requested", event.occurred_on)
    return replace(register, leaves={**register.leaves, event.leave: leave})


def halved(register: Register, event: HalfDayRequested) -> Register:
    """The state after HalfDayRequested."""
    return register.with_leave(event.leave, half=event.half)
