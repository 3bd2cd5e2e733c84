"""The decision on a leave, and its filing where the profile asks for one beside the approval.

Invariant: a leave is decided once, by who may grant one of its length; a day is never both presence and leave, and an
absence recorded before is corrected by the approval, not erased (AT-008).
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Event, Key, Order, Text
from kernel.rules import Rules
from programmes.offices import Office, Officer
from programmes.readers.attendance import APPROVER, HOST_LEADER, UpTo
from programmes.roles import CITIES, COUNTIES, TOWNSHIPS
from services.attendance.leave.approver import band, granter
from services.attendance.leave.refusals import (
    LEAVE_DECIDED,
    LEAVE_FILED,
    LEAVE_NEEDS_NO_FILING,
    LEAVE_ON_POST,
    LEAVE_OUTSIDE_POSTING,
    LEAVE_UNKNOWN,
    NOT_FILER,
)
from services.attendance.register.absence import AbsenceCorrected, explained
from services.attendance.register.authority import NAMES, is_organ
from services.attendance.register.days import month_bits
from services.attendance.register.state import Leave, Register


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


class GrantedByHostLeader(Event, title="挂职单位主要领导准假"):
    """Beside ``LeaveApproved``: ``person`` granted it in ``post``, standing in where ``stand_in``, for ``holder``, None
    for an empty post (AT-007, X-057)."""

    rule: ClassVar[str | None] = HOST_LEADER.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    person: Key
    post: str
    stand_in: bool
    holder: Key | None


class LeaveFilingDue(Event, title="准假待备案"):
    """Beside ``LeaveApproved``: an approval of this length is to be filed with ``organ`` of the profile."""

    rule: ClassVar[str | None] = APPROVER.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    organ: str


class LeaveRefused(Event, title="不准假"):
    """Leave not granted."""

    rule: ClassVar[str | None] = "leave.approve"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    approver: str
    reason: Text


class LeaveFiled(Event, title="准假备案"):
    """The approval is on file with ``organ``, as the profile asks for a leave of its length."""

    rule: ClassVar[str | None] = APPROVER.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    leave: str
    organ: str


class ApproveLeave(Command, title="准假", roles=CITIES | COUNTIES | TOWNSHIPS, concerns=("posting",)):
    """Grant a leave asked for; ``leave`` is its first day, as text."""

    posting: Key
    leave: Key


class RefuseLeave(Command, title="不准假", roles=CITIES | COUNTIES | TOWNSHIPS, concerns=("posting",)):
    """Refuse a leave asked for, with a reason."""

    posting: Key
    leave: Key
    reason: Text


class FileLeave(Command, title="准假备案", roles=COUNTIES | TOWNSHIPS, concerns=("posting",)):
    """Take an approval on file."""

    posting: Key
    leave: Key


class GrantLeave(Order):
    """``ApproveLeave``, with the office of the host leader as it is noted here, empty where an organ grants."""

    posting: Key
    leave: Key
    leader: Office
    post: str


class DenyLeave(Order):
    """``RefuseLeave``, with the same."""

    posting: Key
    leave: Key
    reason: Text
    leader: Office


def approve_leave(
    register: Register, command: GrantLeave
) -> list[LeaveApproved | GrantedByHostLeader | LeaveFilingDue | AbsenceCorrected]:
    """LeaveApproved, who granted it as host leader, with whom it is to be filed, and AbsenceCorrected for each absence
    in it that was recorded before (AT-007).

    Raises:
        Rejected: as ``refuse_leave``; ``leave_outside_posting`` where the posting had ended before its first day;
            ``leave_on_post`` where one of its days is registered as a day on post or of official duty.
    """
    rules, leave, by, officer = _undecided(register, command)
    if not register.within(leave.first, leave.last):
        raise LEAVE_OUTSIDE_POSTING(since=register.opened_on, until=register.closed_on or "今")
    for key in register.keys(leave.first, leave.last) if not leave.half else ():
        if (register.days(key) | register.duty_bits(key)) & month_bits(key, leave.first, leave.last):
            raise LEAVE_ON_POST(month=key)
    assumed = rules.rule(APPROVER).assumed or (officer is not None and rules.rule(HOST_LEADER).assumed)
    approved = LeaveApproved.carrying(
        command,
        target=register.target,
        first=leave.first,
        last=leave.last,
        approver=command.context.actor.organ,
        assumed=assumed,
    )
    beside: list[LeaveApproved | GrantedByHostLeader | LeaveFilingDue | AbsenceCorrected] = [approved]
    if officer is not None:
        beside.append(
            GrantedByHostLeader.carrying(
                approved,
                officer,
                occurred_on=approved.occurred_on,
                post=command.post,
                holder=officer.stands_in_for,
            )
        )
    if by.filed is not None:
        beside.append(LeaveFilingDue.carrying(approved, occurred_on=approved.occurred_on, organ=by.filed))
    return beside if leave.half else [*beside, *explained(register, approved)]


def refuse_leave(register: Register, command: DenyLeave) -> list[LeaveRefused]:
    """LeaveRefused.

    Raises:
        Rejected: ``not_approver``, ``not_host_leader``, ``leave_unknown``, ``leave_decided``, ``date_before_ground``.
    """
    _undecided(register, command)
    return [LeaveRefused.carrying(command, target=register.target, approver=command.context.actor.organ)]


def file_leave(register: Register, command: FileLeave) -> list[LeaveFiled]:
    """LeaveFiled (AT-030).

    Raises:
        Rejected: ``leave_unknown``, ``leave_needs_no_filing``, ``leave_filed``, ``not_filer``, ``date_before_ground``.
    """
    actor = command.context.actor
    leave = register.leaves.get(command.leave)
    if leave is None:
        raise LEAVE_UNKNOWN(leave=command.leave)
    if leave.decision != "approved" or not leave.file_with:
        raise LEAVE_NEEDS_NO_FILING()
    if not is_organ(leave.file_with, register, actor):
        raise NOT_FILER(organ=NAMES[leave.file_with], target=register.target)
    if leave.filed:
        raise LEAVE_FILED()
    not_before(command, leave.on, "准假", APPROVER.path)
    return [LeaveFiled.carrying(command, target=register.target, organ=actor.organ)]


def _undecided(register: Register, command: GrantLeave | DenyLeave) -> tuple[Rules, Leave, UpTo, Officer | None]:
    context = command.context
    rules, leave = in_force(context.rules, register.programme), register.leaves.get(command.leave)
    if leave is None:
        raise LEAVE_UNKNOWN(leave=command.leave)
    by = band(rules, leave)
    officer = granter(register, by, command.leader, context.actor, context.occurred_on)
    if leave.decision != "requested":
        raise LEAVE_DECIDED()
    not_before(command, leave.on, "请假", "leave.approve")
    return rules, leave, by, officer


def decided(register: Register, event: LeaveApproved | LeaveRefused) -> Register:
    """The state after LeaveApproved or LeaveRefused."""
    decision = "approved" if isinstance(event, LeaveApproved) else "refused"
    return register.with_leave(event.leave, decision=decision, on=event.occurred_on)


def to_be_filed(register: Register, event: LeaveFilingDue) -> Register:
    """The state after LeaveFilingDue."""
    return register.with_leave(event.leave, file_with=event.organ)


def filed(register: Register, event: LeaveFiled) -> Register:
    """The state after LeaveFiled."""
    return register.with_leave(event.leave, filed=True)
