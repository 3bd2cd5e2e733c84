"""Targets follow their division: several villages that become one lead to one target, with one cadre at most (X-056).

Invariant: nobody is sent away by a change of codes. Whoever alone held one of the old targets goes on at the new one
under the same posting; of several the others stay where they are, on targets that are closed, until their postings end:
they are listed for decision. A proposal for an old target goes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from kernel.messages import Area, Event, Order
from services.allocation.placement.returned import PlacementReturned
from services.allocation.targets.closing import TargetClosed
from services.allocation.targets.target_state import Occupant, Target

REASON = "区划变更"


class FollowDivision(Order):
    """The target's division is ``into`` now; ``carried`` where its cadre goes on there."""

    into: str
    cause: str
    document: str
    carried: bool


class TakeOver(Order):
    """What is to go on at this code: the target ``first`` of the old ones, all their codes, whoever is ``carried`` and
    who is to follow there on a planned day."""

    target: str
    first: Target
    place: int
    follows: tuple[str, ...]
    document: str
    carried: Occupant | None
    next: Occupant | None
    successor_of: str | None


class OccupantFollowed(Event, title="任职随区划变更"):
    """The cadre goes on at ``into`` under the same posting."""

    areas: ClassVar[tuple[str, ...]] = ("target", "into")

    programme: str
    target: Area
    into: Area
    posting: str
    person: str
    unit: str


class TargetFollowed(Event, title="派驻点随区划变更"):
    """The targets ``follows`` go on here as one, ``fresh`` where none stood here; posting, person and unit are ""
    where nobody is carried, those of the ``next`` one where no changeover is planned."""

    areas: ClassVar[tuple[str, ...]] = ("target", "follows")

    programme: str
    target: Area
    kind: str
    tier: str
    weak: bool
    place: int
    follows: tuple[str, ...]
    document: str
    posting: str
    person: str
    unit: str
    on_post: bool
    successor_of: str
    fresh: bool
    next_posting: str
    next_person: str
    next_unit: str
    next_channel: str


def follow_division(
    state: Target | None, command: FollowDivision
) -> Sequence[PlacementReturned | OccupantFollowed | TargetClosed]:
    """Close an old target; its proposal goes back, its cadre goes on or stays."""
    if state is None or state.closed:
        return []
    on = command.context.occurred_on
    events: list[PlacementReturned | OccupantFollowed | TargetClosed] = []
    if state.proposal is not None:
        returned = PlacementReturned.carrying(
            state,
            state.proposal,
            occurred_on=on,
            proposal=state.proposal.number,
            sequence=state.sequence + 1,
            reason=REASON,
        )
        events.append(returned)
    if command.carried and state.occupant is not None:
        events.append(OccupantFollowed.carrying(state, state.occupant, occurred_on=on, into=command.into))
    closed = TargetClosed.carrying(
        state,
        occurred_on=on,
        cause=command.cause,
        notice=command.document,
        reason=REASON,
        into=command.into,
        amends="",
    )
    return [*events, closed]


def take_over(state: Target | None, command: TakeOver) -> Sequence[TargetFollowed]:
    """Go on as one target, whether this code had one or not."""
    first, carried, follows = command.first, command.carried, command.next
    return [
        TargetFollowed(
            occurred_on=command.context.occurred_on,
            programme=first.programme,
            target=command.target,
            kind=first.kind,
            tier=first.tier,
            weak=first.weak,
            place=command.place,
            follows=command.follows,
            document=command.document,
            posting=carried.posting if carried else "",
            person=carried.person if carried else "",
            unit=carried.unit if carried else "",
            on_post=carried is not None and carried.on_post,
            successor_of=command.successor_of or "",
            fresh=state is None or state.closed,
            next_posting=follows.posting if follows else "",
            next_person=follows.person if follows else "",
            next_unit=follows.unit if follows else "",
            next_channel=follows.channel if follows else "",
        )
    ]


def followed(state: Target | None, event: TargetFollowed) -> Target:
    """The target as it goes on: one that stood here keeps its own, and gets whoever is carried."""
    new = Target(event.programme, event.target, event.kind, event.tier, event.weak)
    if state is not None and state.closed:
        new = replace(new, sequence=state.sequence, proposals=state.proposals)
    elif state is not None:
        new = state
    if event.posting:
        new = replace(new, occupant=Occupant(event.posting, event.person, event.unit, event.on_post))
    if event.next_posting:
        follows = Occupant(event.next_posting, event.next_person, event.next_unit, channel=event.next_channel)
        new = replace(new, next=follows)
    return replace(new, successor_of=new.successor_of or event.successor_of or None)
