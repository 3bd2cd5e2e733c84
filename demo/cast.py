"""The cast: sending units, help ties and places of the demo. All synthetic, all from integers, nothing random.

Channels and their quotas come from the published profile; how many units a channel has and what each is given is
invented here and stored by the system with the basis "synthetic weights".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.allocation.apportionment import apportion

UNITS_OF = {"省直机关工委": 26, "省委高校工委": 14, "省国资委党委": 16}
BASIS = "synthetic weights"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sending unit with its places: ``number`` counts from 0 over all channels."""

    number: int
    id: str
    name: str
    channel: str
    enterprise: bool
    townships: int
    villages: int


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a unit: ``row`` is its row in the roster, from 1."""

    row: int
    unit: Unit
    kind: str


def units(channels: Sequence[Mapping[str, Any]]) -> list[Unit]:
    """The sending units of ``channels`` ({channel, organ, kind, townships, total}), places by largest remainder.

    The i-th unit of a channel weighs 3 + i mod 3; its township places are apportioned over the units' totals.
    """
    found: list[Unit] = []
    for channel in channels:
        count = UNITS_OF.get(channel["channel"], 1)
        totals = apportion(channel["total"], [3 + i % 3 for i in range(count)]).places
        townships = apportion(channel["townships"], list(totals)).places
        for i, (total, township) in enumerate(zip(totals, townships, strict=True)):
            enterprise = channel["kind"] == "enterprise"
            name = channel["organ"] if enterprise else f"{channel['channel']}所属单位{i + 1:02d}"
            number = len(found)
            unit_id = f"U{number + 1:02d}"
            found.append(Unit(number, unit_id, name, channel["channel"], enterprise, township, total - township))
    return found


def ties(unit: Unit, pool: Sequence[str], count: int) -> list[dict[str, str]]:
    """The help ties of one of ``count`` units over the village pool: two helped villages and a contact point."""
    size = len(pool)
    start = unit.number * size // count
    return [
        {"kind": "helped_village", "area": pool[start]},
        {"kind": "helped_village", "area": pool[(start + size // (3 * count)) % size]},
        {"kind": "contact_point", "area": pool[(start + size // 2) % size]},
    ]


def places(all_units: Sequence[Unit]) -> Iterator[Place]:
    """Every place of every unit in the order of the roster: unit by unit, township places first."""
    row = 0
    for unit in all_units:
        for kind, count in (("township", unit.townships), ("village", unit.villages)):
            for _ in range(count):
                row += 1
                yield Place(row, unit, kind)
