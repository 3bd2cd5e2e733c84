"""Quotas of cities and counties: each enters its own, nobody above imposes a number.

Invariant: a city's figure comes from that city's organisation department, a county's from that county's (AL-037); what
is checked from above is coverage alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from kernel.decider import Decider
from kernel.messages import Area, Command, Event, Key, Line, Rejected
from services.allocation.grounds import forbidden, must_cover, rules_of
from services.allocation.words import programme_and_area

LOCAL = "quota.local"
LocalTier = Literal["city", "county"]
_DIGITS = {"city": 4, "county": 6}
_ORGAN = {"city": "city_org", "county": "county_org"}


@dataclass(frozen=True, kw_only=True)
class SetLocalQuota(Command):
    """A city or county says how many its own units send, and on what basis; a later figure replaces it."""

    programme: Key
    tier: LocalTier
    area: Area
    places: int
    basis: Line


class LocalQuotaSet(Event):
    """The units of the city or county send so many, by its own decision."""

    rule = LOCAL
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: str
    tier: str
    area: Area
    places: int
    basis: str


def decide(state: int | None, command: SetLocalQuota) -> Sequence[Event]:
    """``state`` is the figure that stands. Source: 晋组通字〔2015〕41号 一.2."""
    rules = rules_of(command)
    organ = _ORGAN[command.tier]
    if command.context.actor.role != organ:
        raise forbidden(
            "self_determined",
            f"{command.area} 的选派名额由当地自行确定，其他单位不能代定。",
            field="role",
            rules=rules,
            rule=LOCAL,
            accepted=organ,
        )
    must_cover(command.context.actor, command.area, LOCAL, field="area")
    if len(command.area) != _DIGITS[command.tier] or command.places < 0:
        raise Rejected(
            "local_quota_wrong",
            f"{command.tier} 级区划代码 {command.area}，名额 {command.places}。",
            rule=LOCAL,
            field="area" if len(command.area) != _DIGITS[command.tier] else "places",
            accepted=f"{_DIGITS[command.tier]} 位区划代码，名额不小于 0",
        )
    if state == command.places:
        raise Rejected(
            "quota_unchanged", f"{command.area} 的名额已是 {state}。", rule=LOCAL, field="places", accepted="另一数字"
        )
    return [
        LocalQuotaSet(
            occurred_on=command.context.occurred_on,
            programme=command.programme,
            tier=command.tier,
            area=command.area,
            places=command.places,
            basis=command.basis,
        )
    ]


def evolve(state: int | None, event: Event) -> int | None:
    """The figure that stands."""
    return event.places if isinstance(event, LocalQuotaSet) else state


LOCAL_QUOTA: Decider[int | None] = Decider(None, decide, evolve, programme_and_area)
