"""Which places the cities and counties send to: a rule of the demo, on the real register of divisions.

Sorted codes and whole numbers only, no chance. The province's 838 places are those of the scenario; the cities' 168
townships and 2,594 weak villages are picked from what is left by the same rule; the counties' 2,612 other villages come
from every village committee that is left in the 64 county units with the most of them. The pick says nothing about
these places.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demo.selection import Pool, Selection, pool, select, spread
from programmes.areas import Areas

COMMITTEES = ("村委会", "村民委员会")


@dataclass(frozen=True, slots=True)
class Whole:
    """The places of all tiers; ``counties`` are the county units in scope."""

    chosen_from: Pool
    province: Selection
    city: Selection
    county: tuple[str, ...]
    counties: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over the codes, tier by tier, one a line without a last newline."""
        tiers = ((*s.townships, *s.villages) for s in (self.province, self.city))
        return hashlib.sha256(
            "\n".join([*(code for tier in tiers for code in tier), *self.county]).encode()
        ).hexdigest()

    @property
    def weak(self) -> tuple[str, ...]:
        """The weak villages, sorted."""
        return tuple(sorted((*self.province.villages, *self.city.villages)))

    def by_county(self) -> dict[str, tuple[int, int]]:
        """(villages, weak villages) in scope for each sending county unit."""
        weak = Counter(code[:6] for code in self.weak)
        other = Counter(code[:6] for code in self.county)
        return {code: (weak[code] + other[code], weak[code]) for code in self.counties}


def committees(areas: Areas, cities: Sequence[str]) -> tuple[str, ...]:
    """Every village committee of ``cities``, also under a sub-district, sorted."""
    found = (village for city in sorted(cities) for village in areas.within(city, "village"))
    return tuple(village.code for village in found if village.name.endswith(COMMITTEES))


def largest(villages: Sequence[str], count: int) -> tuple[str, ...]:
    """The ``count`` county units with the most of ``villages``, sorted; of equals the lower code."""
    held = Counter(code[:6] for code in villages)
    return tuple(sorted(sorted(held, key=lambda code: (-held[code], code))[:count]))


def whole(areas: Areas, group: Mapping[str, Any], tiers: Mapping[str, Mapping[str, Any]]) -> Whole:
    """The places of ``group`` (as printed: cities, county_units) for the rows of ``tiers``."""
    chosen_from = pool(areas, tuple(group["cities"]))
    province = select(chosen_from, tiers["province"]["townships"], tiers["province"]["weak_villages"])
    city = select(without(chosen_from, province), tiers["city"]["townships"], tiers["city"]["weak_villages"])
    every = committees(areas, group["cities"])
    counties = largest(every, group["county_units"])
    taken = {*province.villages, *city.villages}
    rest = tuple(code for code in every if code not in taken and code[:6] in set(counties))
    return Whole(chosen_from, province, city, spread(rest, tiers["county"]["other_villages"]), counties)


def without(chosen_from: Pool, picked: Selection) -> Pool:
    """What of the pool is not picked. A township stays only where it still has a village that can be picked."""
    villages = tuple(code for code in chosen_from.villages if code not in set(picked.villages))
    left = {code[:9] for code in villages} - set(picked.townships)
    return Pool(villages, tuple(code for code in chosen_from.townships if code in left))
