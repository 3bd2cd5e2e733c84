"""A planned changeover in a village that a county assigned: who follows is known while the incumbent serves (PE-108).

Invariant: one cadre a village on every day (AL-007). Personnel appoints the successor by the steps of the notice; the
village passes over with the event that relieves the incumbent, and where the incumbent goes otherwise, it is the
successor's already.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Event, Key, Order
from services.allocation.demand.demand_state import Assignment, Demand
from services.allocation.targets.refusals import POSTING_UNKNOWN


class AwaitFollower(Order):
    """Personnel says who follows on the cadre of ``posting``, and from when."""

    programme: str
    target: str
    posting: str
    successor: str
    person: str
    unit: str
    channel: str
    takes_over: date


class LoseFollower(Order):
    """Personnel says that whoever was to follow as ``posting`` does not come."""

    programme: str
    posting: str
    cause: str


class VillageFollowed(Event, title="村接替人选记入"):
    """``person`` follows on the cadre of ``posting`` as the posting ``successor``, from ``takes_over``."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    posting: Key
    successor: Key
    person: Key
    unit: Key
    channel: Key
    source: Key
    takes_over: date


class VillageHandedOver(Event, title="村任职交接"):
    """From this day on the successor stands on the village and the incumbent does not: both in one."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    posting: Key
    successor: Key
    person: Key
    unit: Key
    channel: Key


class VillageFollowerLost(Event, title="村接替人选退出"):
    """Who was to follow does not come. ``cause`` is the type of the event that said so."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    posting: Key
    cause: str


def follow(state: Demand, command: AwaitFollower) -> Sequence[VillageFollowed]:
    """Note the successor, once; of the same unit, so sent from where the incumbent was.

    Raises:
        Rejected: ``posting_unknown`` where the incumbent does not stand on the village.
    """
    there = state.posts.get(command.target)
    if there is None or there.posting != command.posting:
        held = there.posting if there else "有人选的派驻点"
        raise POSTING_UNKNOWN(which="在任", posting=command.posting, occupant=held)
    known = state.next.get(command.target)
    if known is not None and known.posting == command.successor:
        return []
    return [VillageFollowed.carrying(command, source=there.source)]


def handed_over(programme: str, target: str, posting: str, follower: Assignment, on: date) -> VillageHandedOver:
    """The village passes from ``posting`` to ``follower`` on that day."""
    return VillageHandedOver(
        occurred_on=on,
        programme=programme,
        target=target,
        posting=posting,
        successor=follower.posting,
        person=follower.person,
        unit=follower.unit,
        channel=follower.channel,
    )


def lose(state: Demand, command: LoseFollower) -> Sequence[VillageFollowerLost]:
    """The successor is none, once; nothing of one nobody waits for."""
    found = next((target for target, one in state.next.items() if one.posting == command.posting), None)
    return [] if found is None else [VillageFollowerLost.carrying(command, target=found)]
