"""A leave that is not taken, or ends early: its days are free again for registration.

Source: derived from the Jinzhou measures 一.2 (AT-030). Invariant: only a leave that stands ends; what was counted
under a seal stays there until a correction takes the change in.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Event, Key, Order
from kernel.refusals import AS_OF_IN_FUTURE
from programmes.offices import Office
from programmes.roles import CADRES, CITIES, COUNTIES, TOWNSHIPS, VILLAGES
from services.attendance.leave.approver import band, granter
from services.attendance.leave.refusals import LEAVE_NOT_SHORTER, LEAVE_NOT_STANDING, LEAVE_UNKNOWN
from services.attendance.register import authority
from services.attendance.register.state import Leave, Register

MAY = CADRES | CITIES | COUNTIES | TOWNSHIPS | VILLAGES


class LeaveCancelled(Event, title="销假（未休）"):
    """A leave asked for or granted was not taken: none of its days is one of leave."""

    rule: ClassVar[str | None] = "leave.request"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    first: date
    last: date


class LeaveEndedEarly(Event, title="提前销假"):
    """The cadre was back early: ``last`` is the last day of leave, ``until`` the one that was granted."""

    rule: ClassVar[str | None] = "leave.request"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    last: date
    until: date


class CancelLeave(Command, title="销假（未休）", roles=MAY, concerns=("posting",)):
    """Say that a leave is not taken."""

    posting: Key
    leave: Key


class EndLeaveEarly(Command, title="提前销假", roles=MAY, concerns=("posting",)):
    """Say that a granted leave ended early; ``last`` was its last day."""

    posting: Key
    leave: Key
    last: date


class DropLeave(Order):
    """``CancelLeave``, with the office of the host leader as it is noted here."""

    posting: Key
    leave: Key
    leader: Office


class ShortenLeave(Order):
    """``EndLeaveEarly``, with the same."""

    posting: Key
    leave: Key
    last: date
    leader: Office


def cancel_leave(register: Register, command: DropLeave) -> list[LeaveCancelled]:
    """LeaveCancelled (AT-030).

    Raises:
        Rejected: ``leave_unknown``, ``leave_not_standing``; ``not_approver``, ``not_host_leader``, except to the cadre
            and to who keeps the register; ``date_before_ground``.
    """
    leave = _standing(register, command)
    return [LeaveCancelled.carrying(command, register, leave, posting=register.posting)]


def end_early(register: Register, command: ShortenLeave) -> list[LeaveEndedEarly]:
    """LeaveEndedEarly (AT-030).

    Raises:
        Rejected: as ``cancel_leave``; ``leave_not_shorter`` for a day that is not among those granted, or the last of
            them; ``as_of_in_future`` for a day that has not come.
    """
    leave = _standing(register, command)
    if leave.decision != "approved":
        raise LEAVE_NOT_STANDING()
    if not leave.first <= command.last < leave.last:
        raise LEAVE_NOT_SHORTER(first=leave.first, last=leave.last)
    if command.last > command.context.occurred_on:
        raise AS_OF_IN_FUTURE(as_of=command.last, on=command.context.occurred_on, rule="leave.request")
    return [LeaveEndedEarly.carrying(command, target=register.target, until=leave.last)]


def _standing(register: Register, command: DropLeave | ShortenLeave) -> Leave:
    leave, actor = register.leaves.get(command.leave), command.context.actor
    if leave is None:
        raise LEAVE_UNKNOWN(leave=command.leave)
    rules = in_force(command.context.rules, register.programme)
    if not (actor.is_(register.person) or authority.keeps(register, rules, actor)):
        granter(register, band(rules, leave), command.leader, actor, command.context.occurred_on)
    if not leave.standing:
        raise LEAVE_NOT_STANDING()
    not_before(command, leave.on, "请假或准假", "leave.request")
    return leave


def cancelled(register: Register, event: LeaveCancelled) -> Register:
    """The state after LeaveCancelled."""
    return register.with_leave(event.leave, decision="cancelled")


def ended_early(register: Register, event: LeaveEndedEarly) -> Register:
    """The state after LeaveEndedEarly."""
    return register.with_leave(event.leave, last=event.last)
