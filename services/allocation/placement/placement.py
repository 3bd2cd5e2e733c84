"""Placement: Proposed → UnderReview → Confirmed or Returned, on the target's stream.

Invariant: only checked nominees of the channel's own units are proposed, each with its three factors (AL-017); only the
provincial organisation department confirms or returns what is the province's (AL-018), and the profile says who does it
for cities and counties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import OWN, Area, Command, Event, Key, Order, Text
from kernel.part import Part
from programmes.readers.organs import POSTS
from programmes.readers.placement import BINDING_KINDS
from programmes.roles import MANAGERS, PROVINCE
from services.allocation.placement import propose
from services.allocation.placement.engagement import Engagement, must_be_free
from services.allocation.placement.following import (
    OccupantFollowed,
    TargetFollowed,
    follow_division,
    followed,
    take_over,
)
from services.allocation.placement.propose import PlacementProposed
from services.allocation.placement.refusals import (
    BINDING_MISSING,
    NOT_UNDER_REVIEW,
    NOTHING_PROPOSED,
    RETURN_WITHOUT_REASON,
)
from services.allocation.placement.returned import PlacementReturned
from services.allocation.placement.withdrawal import PlacementWithdrawn, withdraw
from services.allocation.registers.tier_organs import CONFIRM, must_review
from services.allocation.targets import closing, succession, target
from services.allocation.targets.target_state import Occupant, Proposal, Target
from services.allocation.words import programme_and_area


class ConfirmPlacements(Command, title="复核确定人选", roles=PROVINCE | MANAGERS, concerns=OWN):
    """Confirm what is under review: the ``targets`` named, else all of ``channel``, else all of the programme."""

    programme: Key
    channel: Key | None = None
    targets: tuple[Area, ...] = ()


class ReturnPlacement(Command, title="退回人选", roles=PROVINCE | MANAGERS, concerns=OWN):
    """Return the proposal of one target to its channel."""

    programme: Key
    target: Area
    reason: Text


class ConfirmPlacement(Order):
    """Confirm the proposal of a target: whether its review was opened, whether its unit is bound to it, and what the
    person holds elsewhere."""

    target: str
    reviewed: bool
    bound: bool
    engaged: Engagement | None = None


class ReturnOne(Order):
    """Return the proposal of a target to its channel."""

    target: str
    reviewed: bool
    reason: str


class PlacementConfirmed(Event, title="分配确定"):
    """The placement is final; ``posting`` is the id of the posting everywhere, ``role`` the printed post."""

    rule = CONFIRM
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    kind: str
    role: str
    posting: str
    person: str
    unit: str
    channel: str
    tier: str
    weak: bool


def confirm(state: Target | None, command: ConfirmPlacement) -> Sequence[PlacementConfirmed]:
    """Make a reviewed proposal final (AL-018, AL-047, AL-044). Source: 辽组通字〔2018〕23号 五.3."""
    proposal, at = _reviewed(state, command.target, command.reviewed, command)
    must_be_free(proposal.person, command.engaged, field="targets")
    rules = rules_of(command)
    if at.kind in rules.value(BINDING_KINDS) and not command.bound:
        raise BINDING_MISSING(unit=proposal.unit, target=at.target)
    return [
        PlacementConfirmed.carrying(
            command,
            at,
            proposal,
            target=at.target,
            role=rules.entry(POSTS, at.kind),
            posting=f"{at.programme}.{at.target}.{at.sequence + 1}",
        )
    ]


def send_back(state: Target | None, command: ReturnOne) -> Sequence[PlacementReturned]:
    """Return a reviewed proposal; the channel may propose again."""
    proposal, at = _reviewed(state, command.target, command.reviewed, command)
    if not command.reason.strip():
        raise RETURN_WITHOUT_REASON()
    return [
        PlacementReturned.carrying(
            command, at, proposal, target=at.target, proposal=proposal.number, sequence=at.sequence + 1
        )
    ]


def _reviewed(state: Target | None, code: str, reviewed: bool, command: Command) -> tuple[Proposal, Target]:
    if state is None:
        must_review(command, rules_of(command))
    else:
        must_review(command, rules_of(command), state.tier, state.target)
    if state is None or state.proposal is None:
        raise NOTHING_PROPOSED(target=code)
    if not reviewed:
        raise NOT_UNDER_REVIEW(target=code)
    return state.proposal, state


def evolve(state: Target | None, event: Event) -> Target | None:
    """The target after one more event."""
    if isinstance(event, target.TargetOpened):
        opened = Target(event.programme, event.target, event.kind, event.tier, event.weak)
        # Opened again after it was closed: postings and proposals go on being numbered.
        return opened if state is None else replace(opened, sequence=state.sequence, proposals=state.proposals)
    if isinstance(event, TargetFollowed):
        return followed(state, event)
    if state is None:
        return None
    match event:
        case PlacementProposed():
            proposal = Proposal(event.proposal, event.person, event.unit, event.channel)
            return replace(state, proposal=proposal, proposals=event.proposal)
        case PlacementReturned():
            return replace(state, proposal=None)
        case PlacementConfirmed():
            occupant = Occupant(event.posting, event.person, event.unit)
            return replace(
                state,
                proposal=None,
                occupant=occupant,
                sequence=state.sequence + 1,
                successor_of=None,
                withdrawn=None,
            )
        case PlacementWithdrawn():
            return replace(state, occupant=None, withdrawn=state.occupant)
        case closing.TargetClosed():
            return replace(state, closed=True, into=event.into, proposal=None, successor_of=None)
        case OccupantFollowed():
            return replace(state, occupant=None, next=None)
        case target.TargetFilled():
            occupant_now = state.occupant or state.withdrawn
            if occupant_now is None:
                return state
            return replace(state, occupant=replace(occupant_now, on_post=True), withdrawn=None, successor_of=None)
        case target.TargetVacated():
            return replace(state, occupant=state.next, next=None)
        case succession.SuccessorAwaited():
            follows = Occupant(event.successor, event.person, event.unit, channel=event.channel)
            return replace(state, next=follows, sequence=int(event.successor.rsplit(".", 1)[1]))
        case succession.TargetHandedOver():
            took_over = state.next and replace(state.next, on_post=True)
            return replace(state, occupant=took_over, next=None, successor_of=None)
        case succession.SuccessorLost():
            return replace(state, next=None)
        case target.SuccessorDue():
            return replace(state, successor_of=event.unit)
        case target.SuccessorReleased():
            return replace(state, successor_of=None)
    return state


TARGET: Part[Target | None] = Part(
    "target/{programme}.{target}",
    None,
    decides=(
        target.open_target,
        propose.propose,
        confirm,
        send_back,
        withdraw,
        closing.close_target,
        follow_division,
        take_over,
        target.fill,
        target.release_successor,
        target.vacate,
        succession.await_successor,
    ),
    evolve=evolve,
    scope=programme_and_area,
)
