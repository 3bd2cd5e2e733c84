"""Closing a target: the village merged, moved or relocated, and no cadre is sent there any more.

Invariant: a target is closed by whoever arranges its city, by a notice and for a reason, and over nobody's head: a
proposal is returned and a posting ends, or a confirmed placement is withdrawn, before it (AL-049).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from kernel.messages import Area, Command, Event, Key, Line, Order, Text
from programmes.roles import CITIES, PROVINCE
from services.allocation.refusals import ARRANGED_BY_CITY, TARGET_UNKNOWN
from services.allocation.targets.refusals import ARRANGED_BY_PROVINCE, TARGET_HELD
from services.allocation.targets.target import SuccessorReleased
from services.allocation.targets.target_state import Target

Cause = Literal["merged", "moved", "relocated", "other"]


class CloseTarget(Command, title="撤销派驻点", roles=PROVINCE | CITIES, concerns=("target",)):
    """Close a target by ``notice``; ``into`` is the village or township that takes its place, where one does."""

    programme: Key
    target: Area
    cause: Cause
    notice: Line
    reason: Text
    into: Area | None = None


class CloseOne(Order):
    """``CloseTarget`` with who arranges the city, and the id of the event that opened the target."""

    asked: CloseTarget
    arranger: str | None
    amends: str


class TargetClosed(Event, title="派驻点撤销"):
    """The target is closed, by ``notice``; ``amends`` is the id of the event that opened it."""

    rule = "coverage.full"
    areas: ClassVar[tuple[str, ...]] = ("target", "into")

    programme: str
    target: Area
    kind: str
    tier: str
    cause: str
    notice: str
    reason: str
    into: Area | None
    amends: str


def close_target(state: Target | None, command: CloseOne) -> Sequence[TargetClosed | SuccessorReleased]:
    """Close a target that holds nobody; what its unit owed there ends with it.

    Raises:
        Rejected: ``target_unknown``, ``arranged_by_city`` or ``arranged_by_province``, ``target_held``
            with the proposal or the posting that stands there.
    """
    asked = command.asked
    if state is None or state.closed:
        raise TARGET_UNKNOWN(target=asked.target, field="target")
    of_city = command.context.actor.role in CITIES
    if command.arranger == "city" and not of_city:
        raise ARRANGED_BY_CITY(target=asked.target, field="target")
    if command.arranger != "city" and of_city:
        raise ARRANGED_BY_PROVINCE(target=asked.target, field="target")
    if not state.free:
        held = state.occupant.posting if state.occupant else f"分配建议 {state.proposals}"
        raise TARGET_HELD(target=asked.target, held=held)
    closed = TargetClosed.carrying(
        asked, occurred_on=command.context.occurred_on, kind=state.kind, tier=state.tier, amends=command.amends
    )
    if state.successor_of is None:
        return [closed]
    released = SuccessorReleased(
        occurred_on=closed.occurred_on, target=state.target, unit=state.successor_of, cause=TargetClosed.__name__
    )
    return [closed, released]
