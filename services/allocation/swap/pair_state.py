"""A swap pair's state: two sides that exchange cadres, the places of either direction and what became of each.

Invariant: a place (direction, level, seat) has one leg at a time; a lost leg's place waits for a substitute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from services.allocation.words import Level

LEVELS: tuple[Level, ...] = ("city", "county", "township")
DIRECTIONS = ("out", "back")
CITY = 4
"""Digits of the code of a city."""


@dataclass(frozen=True, slots=True)
class Place:
    """A filled place. ``leg`` is the leg's key; ``post`` is agreed or "", ``lost`` after a withdrawal.

    ``substitute`` where an earlier leg of the place was lost; ``proposed`` is the post that the role ``party`` is for.
    """

    leg: str
    direction: str
    level: str
    seat: int
    person: str
    sending: str
    host: str
    post: str = ""
    lost: bool = False
    substitute: bool = False
    proposed: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair. ``developed_area`` is None while a partner is not named; ``each`` counts the places of one way.

    ``batch`` counts the rounds of the programme from 1, ``starts_on`` is the first day of a later one. ``reported``
    holds the legs whose cadre reported for duty, ``ended_on`` the last day of a term that is over.
    """

    programme: str
    pair: int
    mode: str
    poor_city: str
    poor_area: str
    developed_city: str
    developed_area: str | None
    each: Mapping[str, int]
    places: Mapping[tuple[str, str, int], Place] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    unbalanced: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    ended_on: date | None = None
    batch: int = 1
    starts_on: date | None = None

    @property
    def levels(self) -> Iterator[str]:
        """The levels at which the pair exchanges."""
        return (level for level in LEVELS if self.each[level])

    def filled(self, direction: str, level: str, *, agreed: bool = False) -> int:
        """Places of a direction and level that hold a leg (with ``agreed``: whose post is agreed)."""
        return sum(
            p.direction == direction and p.level == level and not p.lost and (bool(p.post) or not agreed)
            for p in self.places.values()
        )

    def imbalance(self, level: str) -> int:
        """Legs out minus legs back at a level."""
        return self.filled("out", level) - self.filled("back", level)

    def whole(self, level: str, reporting: str) -> bool:
        """True where every place of a level holds a leg and no substitute is still awaited but ``reporting``."""
        awaited = [p.leg for p in self.places.values() if p.level == level and p.substitute and not p.lost]
        full = all(self.filled(way, level) == self.each[level] for way in DIRECTIONS)
        return full and self.reported.union({reporting}).issuperset(awaited)

    @property
    def ready(self) -> bool:
        """True where every place of both directions holds a leg."""
        return all(self.filled(way, level) == self.each[level] for level in self.levels for way in DIRECTIONS)

    def find(self, leg: str) -> Place | None:
        """The place that holds ``leg``."""
        return next((place for place in self.places.values() if place.leg == leg), None)

    def side(self, direction: str) -> tuple[str, str]:
        """(sending city, host city) of a direction (X-003); out goes from the poor to the developed side."""
        ways = (self.poor_city, self.developed_city)
        return ways if direction == "out" else (ways[1], ways[0])

    def agreeing_city(self, direction: str) -> str:
        """The city whose department agrees on the posts of a direction: the one that receives (X-003).

        Where a department of the province receives, the city that sends is the only one concerned.
        """
        sending, receiving = self.side(direction)
        return receiving if len(receiving) == CITY else sending
