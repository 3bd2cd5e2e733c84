"""Whether who keeps a register is the person whom the offices recorded say (AT-014, X-057).

Source: the Jinzhou measures 一.2 (乡镇党委、村党组织负责考勤登记). Invariant: the office is asked for the day of the
act and compared with the log like the register itself, so nobody keeps a register after the last day in the post.
"""

from __future__ import annotations

from kernel.messages import Context
from kernel.service import Room
from programmes.offices import Office, called_post, seat
from programmes.readers.attendance import REGISTRAR_POST
from services.attendance.register.authority import keeps
from services.attendance.register.refusals import REGISTRAR_NOT_IN_POST
from services.attendance.register.state import Register, scope


def must_hold_post(posting: str, context: Context, room: Room) -> None:
    """Check that who acts for the organ that keeps the register of ``posting`` is in its post on the day of the act.

    Nothing is asked where the profile names no post, and of nobody else: whether another organ may act is for the
    decision on the register to say.

    Raises:
        Rejected: ``registrar_not_in_post``, with who is.
    """
    register: Register | None = room.load(f"register/{posting}")
    programme, target = scope(posting)
    rules = room.rules(programme, target) if programme is not None else None
    named = rules.find(REGISTRAR_POST) if rules is not None else None
    if register is None or rules is None or named is None or not keeps(register, rules, context.actor):
        return
    if (post := named.value.get(register.kind)) is None:  # type: ignore[call-overload]
        return
    organ, office = seat(post, register.target)
    held: Office = room.load(f"office/{organ}.{office}")
    if held.officer(context.actor, context.occurred_on) is None:
        acting = [one.person for one in held.acting(context.occurred_on)]
        raise REGISTRAR_NOT_IN_POST(
            on=context.occurred_on, organ=organ, post=called_post(post), acting=acting or "先登记该职务的任职"
        )
