"""Leave: the cadre asks, the organ the profile names decides; leave is never presence.

Source: the Jinzhou measures 一.2 (a system of leave exists; who grants it is not printed there, so that is a setting);
辽组通字〔2002〕13号 三 (the principal leader of the unit served in).
Invariant: leaves of one posting that are asked for or approved do not overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Command, Event, Key, Rejected, Text
from services.attendance import authority
from services.attendance.state import Leave, Register, bits_of, days_between, span


class LeaveRequested(Event):
    """Leave asked for, from ``first`` to ``last``, both included; ``leave`` is its first day, which names it."""

    rule: ClassVar[str | None] = "leave.request"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    kind: str
    first: date
    last: date


class LeaveApproved(Event):
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


class LeaveRefused(Event):
    """Leave not granted."""

    rule: ClassVar[str | None] = "leave.approve"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    approver: str
    reason: Text


@dataclass(frozen=True, kw_only=True)
class RequestLeave(Command):
    """Ask for leave; ``kind`` is one the profile names (事 or 病)."""

    posting: Key
    kind: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class ApproveLeave(Command):
    """Grant a leave asked for; ``leave`` is its first day, as text."""

    posting: Key
    leave: Key


@dataclass(frozen=True, kw_only=True)
class RefuseLeave(Command):
    """Refuse a leave asked for, with a reason."""

    posting: Key
    leave: Key
    reason: Text


def request_leave(found: Register | None, command: RequestLeave) -> Sequence[Event]:
    """LeaveRequested.

    Raises:
        Rejected: ``leave_not_own``, ``leave_kind``, ``leave_order``, ``leave_outside_posting``, ``leave_overlaps``.
    """
    register = authority.known(found)
    context = command.context
    rule = "leave.request"
    if context.actor.person != register.person:
        raise Rejected(
            "leave_not_own",
            "请假须由选派干部本人提出。",
            rule=rule,
            kind="forbidden",
            field="posting",
            accepted="选派干部本人",
        )
    kinds = authority.in_force(context.rules, register).value("leave.kinds")
    if command.kind not in kinds:
        raise Rejected(
            "leave_kind", f"没有“{command.kind}”假。", rule="leave.kinds", field="kind", accepted="、".join(kinds)
        )
    if command.last < command.first:
        raise Rejected(
            "leave_order", "请假的最后一天早于第一天。", rule=rule, field="last", accepted=f"不早于 {command.first}"
        )
    if not (register.holds(command.first) and register.holds(command.last)):
        raise Rejected(
            "leave_outside_posting",
            "请假日期不在任职期间。",
            rule=rule,
            field="first",
            accepted=f"{register.opened_on} 至 {register.closed_on or '今'}",
        )
    for leave in register.leaves.values():
        if leave.decision != "refused" and command.first <= leave.last and leave.first <= command.last:
            raise Rejected(
                "leave_overlaps",
                f"与 {leave.first} 至 {leave.last} 的请假重叠。",
                rule=rule,
                field="first",
                accepted="不重叠的日期",
            )
    return (
        LeaveRequested(
            occurred_on=context.occurred_on,
            posting=register.posting,
            target=register.target,
            leave=command.first.isoformat(),
            kind=command.kind,
            first=command.first,
            last=command.last,
        ),
    )


def approve_leave(found: Register | None, command: ApproveLeave) -> Sequence[Event]:
    """LeaveApproved.

    Raises:
        Rejected: ``not_approver``; ``leave_unknown``, ``leave_decided``; ``leave_on_post`` where one of its days is
            registered as a day on post.
    """
    register, leave = _undecided(found, command)
    rules = authority.in_force(command.context.rules, register)
    for key, month in register.months.items():
        first, last = span(key)
        asked = days_between(max(first, leave.first), min(last, leave.last))
        if month.days & bits_of(asked):
            raise Rejected(
                "leave_on_post",
                f"{key} 的请假日期中有已登记到岗的日子。",
                rule="leave.approve",
                field="leave",
                accepted="先更正到岗登记",
            )
    return (
        LeaveApproved(
            occurred_on=command.context.occurred_on,
            posting=register.posting,
            target=register.target,
            leave=command.leave,
            first=leave.first,
            last=leave.last,
            approver=command.context.actor.organ,
            assumed=rules.rule("leave.approver").assumed,
        ),
    )


def refuse_leave(found: Register | None, command: RefuseLeave) -> Sequence[Event]:
    """LeaveRefused. Raises Rejected: ``not_approver``, ``leave_unknown``, ``leave_decided``."""
    register, _ = _undecided(found, command)
    return (
        LeaveRefused(
            occurred_on=command.context.occurred_on,
            posting=register.posting,
            target=register.target,
            leave=command.leave,
            approver=command.context.actor.organ,
            reason=command.reason,
        ),
    )


def _undecided(found: Register | None, command: ApproveLeave | RefuseLeave) -> tuple[Register, Leave]:
    register = authority.known(found)
    context = command.context
    authority.organ_of(
        "leave.approver",
        register,
        authority.in_force(context.rules, register),
        context.actor,
        code="not_approver",
        rule="leave.approver",
        act="准假",
    )
    leave = register.leaves.get(command.leave)
    if leave is None:
        raise Rejected(
            "leave_unknown",
            f"没有 {command.leave} 开始的请假申请。",
            kind="unknown",
            field="leave",
            accepted="已提出的请假的第一天",
        )
    if leave.decision != "requested":
        raise Rejected(
            "leave_decided", "该请假申请已有决定。", rule="leave.approve", field="leave", accepted="未决定的申请"
        )
    return register, leave


def requested(register: Register, event: LeaveRequested) -> Register:
    """The state after LeaveRequested."""
    return replace(register, leaves={**register.leaves, event.leave: Leave(event.first, event.last, "requested")})


def decided(register: Register, event: LeaveApproved | LeaveRefused) -> Register:
    """The state after LeaveApproved or LeaveRefused."""
    decision = "approved" if isinstance(event, LeaveApproved) else "refused"
    leave = replace(register.leaves[event.leave], decision=decision)
    return replace(register, leaves={**register.leaves, event.leave: leave})
