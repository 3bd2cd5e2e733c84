"""Sending units of the cities and counties, all invented: how many there are and what each sends is arithmetic.

A city has a unit for every 30 places it fills, a county one for every 10. The i-th weighs 3 + i mod 3, as in the
scenario; the quota a city or county enters for itself is the number of its places, and the units share it whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from demo import cast
from demo.cast import Unit
from demo.whole.selection import Whole
from programmes.areas import Areas
from services.allocation.apportionment import apportion

PLACES_A_UNIT = {"city": 30, "county": 10}


@dataclass(frozen=True, slots=True)
class Sender:
    """A city or county that fills places with people of its own: ``area`` is its code and its channel."""

    tier: str
    area: str
    units: tuple[Unit, ...]
    pool: tuple[str, ...]

    @property
    def places(self) -> tuple[int, int]:
        """(townships, villages) it fills."""
        return sum(u.townships for u in self.units), sum(u.villages for u in self.units)

    def ties(self, unit: Unit) -> tuple[list[str], list[str]]:
        """(helped villages, contact points) of one of its units, all in its own area."""
        found = cast.ties(replace(unit, number=self.units.index(unit)), self.pool, len(self.units))
        return (
            [tie["area"] for tie in found if tie["kind"] == "helped_village"],
            [tie["area"] for tie in found if tie["kind"] == "contact_point"],
        )


def senders(picked: Whole, areas: Areas, every: Sequence[str]) -> Iterator[Sender]:
    """Cities, then counties, by code; ``every``: the village committees their units may have helped."""
    townships = Counter(code[:4] for code in picked.city.townships)
    villages = Counter(code[:4] for code in picked.city.villages)
    for city in sorted(townships | villages):
        yield _sender("city", city, townships[city], villages[city], areas, every)
    others = Counter(code[:6] for code in picked.county)
    for county in sorted(others):
        yield _sender("county", county, 0, others[county], areas, every)


def _sender(tier: str, area: str, townships: int, villages: int, areas: Areas, every: Sequence[str]) -> Sender:
    total = townships + villages
    weights = [3 + i % 3 for i in range(-(-total // PLACES_A_UNIT[tier]))]
    totals = apportion(total, weights).places
    to_townships = apportion(townships, list(totals)).places
    name = "".join(areas.get(code).name for code in dict.fromkeys((area[:4], area)))
    units = tuple(
        Unit(
            number,
            f"{tier[:2].upper()}{area}-{number + 1:02d}",
            f"{name}直属单位{number + 1:02d}",
            area,
            False,
            t,
            n - t,
        )
        for number, (n, t) in enumerate(zip(totals, to_townships, strict=True))
    )
    return Sender(tier, area, units, tuple(code for code in every if code.startswith(area)))
