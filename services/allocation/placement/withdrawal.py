"""Withdrawing a confirmed placement before the cadre arrives: the place is open again and the nominee free.

Invariant: whoever confirms withdraws, by a notice and for a reason. After the arrival nothing is withdrawn: a posting
ends by recall, return or what else ends one (AL-049). Where the arrival is heard only afterwards, it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from kernel.grounds import not_before, rules_of
from kernel.messages import OWN, Area, Command, Event, Key, Line, Order, Text
from programmes.roles import MANAGERS, PROVINCE
from services.allocation.placement.refusals import NOTHING_CONFIRMED, ON_POST_ALREADY
from services.allocation.refusals import TARGET_UNKNOWN
from services.allocation.registers.tier_organs import CONFIRM, must_review
from services.allocation.targets.target import SuccessorDue
from services.allocation.targets.target_state import Target


class WithdrawPlacement(Command, title="撤回已确定人选", roles=PROVINCE | MANAGERS, concerns=OWN):
    """Withdraw the confirmed placement of a target, by ``notice`` and for ``reason``, before the cadre is on post."""

    programme: Key
    target: Area
    notice: Line
    reason: Text


class WithdrawOne(Order):
    """The same, with the id and the day of the event that confirmed it, and whether its unit is bound there."""

    asked: WithdrawPlacement
    amends: str
    bound: bool
    since: date | None = None


class PlacementWithdrawn(Event, title="分配撤回"):
    """The placement is withdrawn before arrival, by ``notice``; ``amends`` is the id of the event that confirmed it."""

    rule = CONFIRM
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    kind: str
    posting: str
    person: str
    unit: str
    notice: str
    reason: str
    amends: str


def withdraw(state: Target | None, command: WithdrawOne) -> Sequence[PlacementWithdrawn | SuccessorDue]:
    """Withdraw; a bound unit owes the next cadre, as after any other end (AL-040, AL-049).

    Raises:
        Rejected: ``target_unknown``, ``province_confirms`` or ``city_confirms``, ``nothing_confirmed``,
            ``on_post_already``, ``date_before_ground`` before it was confirmed.
    """
    asked = command.asked
    if state is None:
        must_review(command, rules_of(command))
        raise TARGET_UNKNOWN(target=asked.target, field="target")
    must_review(command, rules_of(command), state.tier, state.target)
    if state.occupant is None:
        raise NOTHING_CONFIRMED(target=asked.target)
    if state.occupant.on_post:
        raise ON_POST_ALREADY(posting=state.occupant.posting)
    not_before(asked, command.since, "确定人选", CONFIRM)
    on = command.context.occurred_on
    withdrawn = PlacementWithdrawn.carrying(
        asked, state.occupant, occurred_on=on, kind=state.kind, amends=command.amends
    )
    if not command.bound:
        return [withdrawn]
    return [withdrawn, SuccessorDue(occurred_on=on, target=state.target, unit=state.occupant.unit)]
