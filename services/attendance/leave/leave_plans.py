"""What a decision on a leave needs to know of others: who leads the unit served in."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.grounds import in_force
from kernel.service import Room, Step
from programmes.offices import Office
from services.attendance.leave.approval import ApproveLeave, DenyLeave, GrantLeave, RefuseLeave
from services.attendance.leave.approver import band, leader_seat
from services.attendance.leave.ending import CancelLeave, DropLeave, EndLeaveEarly, ShortenLeave
from services.attendance.register.state import Register, scope


def decide_leave(command: ApproveLeave | RefuseLeave, room: Room) -> Iterable[Step]:
    """The decision is put to the register together with who held and holds the post of the host leader."""
    leader, post = _leader(command.posting, command.leave, room)
    about = {**vars(command), "leader": leader}
    order = GrantLeave(**about, post=post) if isinstance(command, ApproveLeave) else DenyLeave(**about)
    yield Step(f"register/{command.posting}", order)


def end_leave(command: CancelLeave | EndLeaveEarly, room: Room) -> Iterable[Step]:
    """The same for the end of a leave, which whoever grants one may record."""
    leader, _ = _leader(command.posting, command.leave, room)
    order = DropLeave if isinstance(command, CancelLeave) else ShortenLeave
    yield Step(f"register/{command.posting}", order(**vars(command), leader=leader))


def _leader(posting: str, key: str, room: Room) -> tuple[Office, str]:
    """The office of the host leader and its post, empty where no such leave is known or an organ grants it.

    Raises:
        Rejected: ``rule_unknown`` where the programme does not say who grants, or names no post of the leader.
    """
    register: Register | None = room.load(f"register/{posting}")
    leave = register.leaves.get(key) if register is not None else None
    if register is None or leave is None:
        return Office(), ""
    rules = in_force(room.rules(register.programme, scope(posting)[1]), register.programme)
    if band(rules, leave).organ != "host_leader":
        return Office(), ""
    organ, post = leader_seat(rules, register.target)
    office: Office = room.load(f"office/{organ}.{post}")
    return office, post
