"""Who manages, proposes and reviews at each tier: channels and the province, cities, counties.

A unit's channel says its tier: the division code of a city (4 digits) or a county (6) is the organisation department
there; every other name is a channel of the province. Invariant: the province's tier is as printed (AL-018); what holds
for the other two is an assumed setting of the profile and never touches the province's.
"""

from __future__ import annotations

from kernel.grounds import must_cover
from kernel.messages import Actor, Command
from kernel.rules import Rules
from programmes.readers.placement import ORGAN, PROPOSERS, REVIEWERS
from services.allocation.grounds import must_manage
from services.allocation.registers.refusals import CITY_CONFIRMS, PROVINCE_CONFIRMS, ROLE_OF_TIER
from services.allocation.words import Tier

PROPOSE = "placement.propose"
CONFIRM = "placement.confirm"
_TIERS: dict[int, Tier] = {4: "city", 6: "county"}


def tier_of(channel: str) -> Tier:
    """The tier whose places the units of ``channel`` fill."""
    return _TIERS.get(len(channel), "province") if channel.isascii() and channel.isdigit() else "province"


def own_area(channel: str) -> str:
    """The division whose places the units of ``channel`` fill: that of a city or county, "" for the whole province."""
    return "" if tier_of(channel) == "province" else channel


def must_propose(command: Command, channel: str, rules: Rules) -> None:
    """Check that the actor proposes for ``channel``.

    Raises:
        Rejected: ``foreign_channel``; ``role_of_tier`` where another organ proposes at that tier (both forbidden).
    """
    must_manage(command.context.actor, channel, PROPOSE)
    tier = tier_of(channel)
    organ = None if tier == "province" else rules.entry(PROPOSERS, tier)
    if organ is not None and command.context.actor.role != organ:
        raise ROLE_OF_TIER(channel=channel, organ=organ).cited(*rules.basis(PROPOSERS.path))


def must_review(command: Command, rules: Rules, tier: str = "province", area: str = "") -> None:
    """Check that the actor is the organ that reviews the places of ``tier`` in ``area``.

    Raises:
        Rejected: ``province_confirms`` for the province's tier, ``city_confirms`` for the others, ``foreign_area``; all
            forbidden.
    """
    actor, organ = command.context.actor, reviewer(rules, tier)
    if actor.role != organ and tier == "province":
        raise PROVINCE_CONFIRMS(organ=organ).cited(*rules.basis(CONFIRM))
    if actor.role != organ:
        raise CITY_CONFIRMS(organ=organ).cited(*rules.basis(REVIEWERS.path))
    if area:
        must_cover(actor, area, field="targets", rule=CONFIRM if tier == "province" else REVIEWERS.path)


def reviewer(rules: Rules, tier: str) -> str:
    """The role of the organ that confirms or returns the placements of ``tier``."""
    return rules.value(ORGAN) if tier == "province" else rules.entry(REVIEWERS, tier)


def reviewed_by(rules: Rules, actor: Actor) -> list[Tier]:
    """The tiers whose placements the actor's role confirms."""
    tiers: tuple[Tier, ...] = ("province", "city", "county")
    asked = tiers if rules.find(REVIEWERS) else tiers[:1]
    return [tier for tier in asked if reviewer(rules, tier) == actor.role]
