"""The hard rules of placement: which pairs of cadre and target are no arcs, and by which rule.

Invariant: the first rule in the printed order below that a pair breaks is the one that is named; a pair that breaks
none may be placed, however far it lies.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.allocation.registers.tier_organs import own_area, tier_of


@dataclass(frozen=True, slots=True)
class HardRule:
    """A rule by its name, the path in the profile whose clause it rests on, and what it says to officials."""

    name: str
    path: str
    sentence: str


RULES = (
    HardRule("kind_differs", "quota.tiers", "人选按另一类派驻点推荐"),
    HardRule("foreign_tier", "quota.tiers", "派驻点属另一层级的名额"),
    HardRule("foreign_area", "quota.tiers", "派驻点不在派出单位的市、县"),
    HardRule("unit_bound", "binding.create", "派驻点由结对单位补派"),
    HardRule("locked_elsewhere", "placement.propose", "人选或派驻点已锁定在另一处"),
)
BY_NAME = {rule.name: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Cadre:
    """A checked nominee who waits for a place: ids and tags, no personal data."""

    person: str
    nomination: str
    unit: str
    channel: str
    kind: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A free target. ``successor_of`` is the unit that must send the next cadre, "" where any may.

    ``needs`` are the tags it stated, ``first_batch`` how many cadres of the first batch it has.
    """

    target: str
    kind: str
    tier: str
    successor_of: str = ""
    needs: tuple[str, ...] = ()
    first_batch: int = 0


def broken(unit: str, channel: str, kind: str, place: Place) -> str:
    """The rule a nominee of ``unit`` for ``kind`` breaks on ``place``, "" where none. Locks are not looked at.

    Source: 辽组通字〔2018〕23号 三, 五.3; a bound unit sends the successor (AL-040).
    """
    if kind != place.kind:
        return "kind_differs"
    if tier_of(channel) != place.tier:
        return "foreign_tier"
    if not place.target.startswith(own_area(channel)):
        return "foreign_area"
    if place.successor_of not in ("", unit):
        return "unit_bound"
    return ""
