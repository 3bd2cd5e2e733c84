"""Leave: the cadre asks, the organ the profile names decides; leave is never presence.

Source: the Jinzhou measures 一.2 (a system of leave exists; who grants it is not printed there, so that is a setting);
辽组通字〔2002〕13号 三 (the principal leader of the unit served in).
Invariant: leaves of one posting that are asked for or approved do not overlap; of a leave that a posting did not
outlast, only the days of the posting count.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Event, Key, Text
from programmes.readers.attendance import APPROVER, LEAVE_KINDS
from programmes.roles import CADRES, CITIES, COUNTIES, TOWNSHIPS
from services.attendance.leave.refusals import (
    LEAVE_DECIDED,
    LEAVE_KIND,
    LEAVE_NOT_OWN,
    LEAVE_ON_POST,
    LEAVE_ORDER,
    LEAVE_OUTSIDE_POSTING,
    LEAVE_OVERLAPS,
    LEAVE_UNKNOWN,
    NOT_APPROVER,
)
from services.attendance.register import authority
from services.attendance.register.state import Leave, Register, bits_of, days_between, span


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


class LeaveApproved(Event, title="准假"):
    """Leave granted by ``approver``; ``assumed`` where the profile's approver is a setting and not printed."""

    rule: ClassVar[str | None] = "leave.approve"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    first: date
    last: date
    approver: str
    assumed: bool


class LeaveRefused(Event, title="不准假"):
    """Leave not granted."""

    rule: ClassVar[str | None] = "leave.approve"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    approver: str
    reason: Text


class RequestLeave(Command, title="请假", roles=CADRES, concerns=("posting",)):
    """Ask for leave; ``kind`` is one the profile names (事 or 病)."""

    posting: Key
    kind: str
    first: date
    last: date


class ApproveLeave(Command, title="准假", roles=CITIES | COUNTIES | TOWNSHIPS, concerns=("posting",)):
    """Grant a leave asked for; ``leave`` is its first day, as text."""

    posting: Key
    leave: Key


class RefuseLeave(Command, title="不准假", roles=CITIES | COUNTIES | TOWNSHIPS, concerns=("posting",)):
    """Refuse a leave asked for, with a reason."""

    posting: Key
    leave: Key
    reason: Text


def request_leave(register: Register, command: RequestLeave) -> list[LeaveRequested]:
    """LeaveRequested.

    Raises:
        Rejected: ``leave_not_own``, ``leave_kind``, ``leave_order``, ``leave_outside_posting``, ``leave_overlaps``.
    """
    if not command.context.actor.is_(register.person):
        raise LEAVE_NOT_OWN()
    kinds = in_force(command.context.rules, register.programme).value(LEAVE_KINDS)
    if command.kind not in kinds:
        raise LEAVE_KIND(kind=command.kind, kinds=kinds)
    if command.last < command.first:
        raise LEAVE_ORDER(first=command.first)
    if not (register.holds(command.first) and register.holds(command.last)):
        raise LEAVE_OUTSIDE_POSTING(since=register.opened_on, until=register.closed_on or "今")
    for leave in register.leaves.values():
        if leave.decision != "refused" and command.first <= leave.last and leave.first <= command.last:
            raise LEAVE_OVERLAPS(first=leave.first, last=leave.last)
    return [LeaveRequested.carrying(command, target=register.target, leave=command.first.isoformat())]


def approve_leave(register: Register, command: ApproveLeave) -> list[LeaveApproved]:
    """LeaveApproved.

    Raises:
        Rejected: as ``refuse_leave``; ``leave_outside_posting`` where the posting had ended before its first day;
            ``leave_on_post`` where one of its days is registered as a day on post.
    """
    register, leave = _undecided(register, command)
    rules = in_force(command.context.rules, register.programme)
    if not register.within(leave.first, leave.last):
        raise LEAVE_OUTSIDE_POSTING(since=register.opened_on, until=register.closed_on or "今")
    for key in register.months:
        first, last = span(key)
        asked = days_between(max(first, leave.first), min(last, leave.last))
        if register.days(key) & bits_of(asked):
            raise LEAVE_ON_POST(month=key)
    return [
        LeaveApproved.carrying(
            command,
            leave=command.leave,
            target=register.target,
            first=leave.first,
            last=leave.last,
            approver=command.context.actor.organ,
            assumed=rules.rule(APPROVER).assumed,
        )
    ]


def refuse_leave(register: Register, command: RefuseLeave) -> list[LeaveRefused]:
    """LeaveRefused. Raises Rejected: ``not_approver``, ``leave_unknown``, ``leave_decided``, ``date_before_ground``."""
    register, _ = _undecided(register, command)
    return [LeaveRefused.carrying(command, target=register.target, approver=command.context.actor.organ)]


def _undecided(register: Register, command: ApproveLeave | RefuseLeave) -> tuple[Register, Leave]:
    context = command.context
    rules, leave = in_force(context.rules, register.programme), register.leaves.get(command.leave)
    if leave is None:
        raise LEAVE_UNKNOWN(leave=command.leave)
    days = (leave.last - leave.first).days + 1
    authority.granter(register, rules, days, context.actor, NOT_APPROVER)
    if leave.decision != "requested":
        raise LEAVE_DECIDED()
    not_before(command, leave.on, "请假", "leave.approve")
    return register, leave


def requested(register: Register, event: LeaveRequested) -> Register:
    """The state after LeaveRequested."""
    leave = Leave(event.first, event.last, "requested", event.occurred_on)
    return replace(register, leaves={**register.leaves, event.leave: leave})


def decided(register: Register, event: LeaveApproved | LeaveRefused) -> Register:
    """The state after LeaveApproved or LeaveRefused."""
    decision = "approved" if isinstance(event, LeaveApproved) else "refused"
    leave = replace(register.leaves[event.leave], decision=decision)
    return replace(register, leaves={**register.leaves, event.leave: leave})
