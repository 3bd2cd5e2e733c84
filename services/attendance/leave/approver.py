"""Who grants a leave: an organ by the length of the leave, or the principal leader of the unit served in.

Source: 辽组通字〔2002〕13号 三; the Jinzhou measures 一.2, where nobody is printed. Invariant: the leader of the host
side is a person in a post on the day of the decision, or who stands in (X-057); an office's token alone is nobody.
"""

from __future__ import annotations

from datetime import date

from kernel.messages import Actor
from kernel.rules import Rules
from programmes.offices import Office, Officer, seat
from programmes.readers.attendance import APPROVER, HOST_LEADER, UpTo
from programmes.roles import DIGITS
from services.attendance.leave.refusals import NOT_APPROVER, NOT_HOST_LEADER
from services.attendance.register.authority import NAMES, is_organ
from services.attendance.register.state import Leave, Register


def band(rules: Rules, leave: Leave) -> UpTo:
    """Who grants a leave of this length. Raises Rejected: ``rule_unknown``."""
    named = rules.value(APPROVER)
    if isinstance(named, str):
        return UpTo(organ=named)
    days = (leave.last - leave.first).days + 1
    return next(one for one in named if one.days is None or days <= one.days)


def leader_seat(rules: Rules, target: str) -> tuple[str, str]:
    """Organ and post of the principal leader served under at ``target``: of the lowest level named that lies there.

    Raises:
        Rejected: ``rule_unknown`` where the programme names no such post.
    """
    posts = {DIGITS[post.split("_", 1)[0]]: post for post in rules.value(HOST_LEADER)}
    level = max((digits for digits in posts if digits <= len(target)), default=min(posts))
    return seat(posts[level], target)


def granter(register: Register, by: UpTo, leader: Office, actor: Actor, on: date) -> Officer | None:
    """As whom ``actor`` grants leave at this register on a day (AT-007): the host leader, None for an organ.

    Raises:
        Rejected: ``not_approver``; ``not_host_leader`` (with who is).
    """
    if not is_organ(by.organ, register, actor):
        raise NOT_APPROVER(organ=NAMES[by.organ], target=register.target)
    if by.organ != "host_leader":
        return None
    officer = leader.officer(actor, on)
    if officer is None:
        acting = [one.person for one in leader.acting(on)]
        raise NOT_HOST_LEADER(on=on, target=register.target, leader=acting or "先登记挂职所在单位主要领导的任职")
    return officer
