"""Reviews: the department that confirms takes a channel's proposals in hand.

Invariant: a review names exact proposals (target and number); one that was returned and made anew needs a new review.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Order
from kernel.part import Part
from programmes.roles import MANAGERS, PROVINCE
from services.allocation.placement.refusals import CHANNEL_QUOTA_OPEN, NOTHING_TO_REVIEW
from services.allocation.quotas.quota import Places
from services.allocation.registers.tier_organs import CONFIRM, must_review, own_area, tier_of
from services.allocation.words import programme_of


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A proposal under review: the target and the number of its proposal."""

    target: Area
    proposal: int


class OpenReview(Command, title="开始复核", roles=PROVINCE | MANAGERS, concerns=("channel",)):
    """Take all open proposals of a channel into review."""

    programme: Key
    channel: Key


class OpenChannelReview(Order):
    """``OpenReview`` with the open proposals found and the channel's places that no unit has yet."""

    programme: str
    channel: str
    proposals: tuple[Reviewed, ...]
    unassigned: Places


class PlacementReviewOpened(Event, title="分配审核"):
    """These proposals of a channel are under review."""

    rule = CONFIRM

    programme: str
    channel: str
    proposals: tuple[Reviewed, ...]


def decide(state: frozenset[Reviewed], command: OpenChannelReview) -> Sequence[PlacementReviewOpened]:
    """Open a review for what is not yet under review. Source: 辽组通字〔2018〕23号 五.3."""
    must_review(command, rules_of(command), tier_of(command.channel), own_area(command.channel))
    left = command.unassigned
    if left.townships or left.villages:
        raise CHANNEL_QUOTA_OPEN(channel=command.channel, townships=left.townships, villages=left.villages)
    fresh = tuple(sorted((p for p in command.proposals if p not in state), key=lambda p: p.target))
    if not fresh:
        raise NOTHING_TO_REVIEW(channel=command.channel)
    return [PlacementReviewOpened.carrying(command, proposals=fresh)]


def evolve(state: frozenset[Reviewed], event: Any) -> frozenset[Reviewed]:
    """All proposals that were ever under review."""
    return state | set(event.proposals) if isinstance(event, PlacementReviewOpened) else state


REVIEW: Part[frozenset[Reviewed]] = Part(
    "review/{programme}.{channel}", frozenset(), decides=(decide,), evolve=evolve, scope=programme_of
)
