"""Which townships and villages the demo sends cadres to: a rule of the demo, on the real register of divisions.

Sorted codes and whole numbers only, no chance: every run on the same edition picks the same 838 places. The pick says
nothing about these places.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from programmes.areas import Areas, Division


@dataclass(frozen=True, slots=True)
class Pool:
    """What can be picked, in the order of the codes: villages, and the townships that hold them."""

    villages: tuple[str, ...]
    townships: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The picked places: ``townships`` in the order picked, ``villages`` sorted."""

    townships: tuple[str, ...]
    villages: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over the codes, townships first, one a line without a last newline."""
        return hashlib.sha256("\n".join((*self.townships, *self.villages)).encode()).hexdigest()

    def by(self, digits: int) -> dict[str, tuple[int, int]]:
        """(townships, villages) for each area whose code has so many digits: 4 a city, 6 a county."""
        townships = Counter(code[:digits] for code in self.townships)
        villages = Counter(code[:digits] for code in self.villages)
        return {code: (townships[code], villages[code]) for code in sorted(townships | villages)}


def pool(areas: Areas, cities: tuple[str, ...]) -> Pool:
    """Villages (村委会 or 村民委员会, rural by the tenth digit of the code) of the townships (乡, 镇) of ``cities``."""
    villages = tuple(
        village.code
        for city in sorted(cities)
        for village in areas.within(city, "village")
        if _rural(village) and areas.get(village.code[:9]).name.endswith(("乡", "镇"))
    )
    return Pool(villages, tuple(sorted({code[:9] for code in villages})))


def _rural(village: Division) -> bool:
    return village.code[9] == "2" and village.name.endswith(("村委会", "村民委员会"))


def spread(codes: tuple[str, ...], places: int) -> tuple[str, ...]:
    """``places`` of the codes, at even distances from the first."""
    return tuple(codes[place * len(codes) // places] for place in range(places))


def select(chosen_from: Pool, townships: int, villages: int) -> Selection:
    """So many townships and villages; the first village of each picked township is among them.

    A first deputy secretary of a township needs a weak village in that township, hence the second half of the rule.
    """
    picked = spread(chosen_from.townships, townships)
    first: dict[str, str] = {}
    for code in chosen_from.villages:
        first.setdefault(code[:9], code)
    own = tuple(first[township] for township in picked)
    rest = tuple(code for code in chosen_from.villages if code not in set(own))
    return Selection(picked, tuple(sorted((*own, *spread(rest, villages - len(own))))))
