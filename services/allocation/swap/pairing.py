"""Free pairing of a round: areas that want to exchange, which of them may send to which, and at what weight.

Invariant: an area sends only to one of its own level, never to the partner of the round before, and weights come from
the rules alone; whatever may not be is told by the name of its reason.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, permutations

WISHED = "wished"
REASONS: Mapping[str, str] = {
    "other_level": "层级不同",
    "not_wished": "不在意向之内",
    "paired_last_round": "上一批已互派",
    "no_weight": "双方类别不列入互派",
}
"""Why one area may not send to another: the name and the sentence."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is known when a round is paired.

    ``wishes`` maps an area (4 digits a city, 6 a county) to those it would send to, none named: any. ``poor`` are the
    poor areas, ``last`` the pairs of the round before, each sorted. ``weights`` are the rule's; ``room`` limits how
    many areas of a level, by the digits of its code, may be paired; a level it does not name has no limit.
    """

    wishes: Mapping[str, tuple[str, ...]]
    poor: frozenset[str]
    weights: Mapping[str, int]
    last: frozenset[tuple[str, str]] = frozenset()
    room: Mapping[int, int] = field(default_factory=dict)

    @property
    def areas(self) -> tuple[str, ...]:
        """Who wants to exchange, in the one order of everything that follows."""
        return tuple(sorted(self.wishes))

    def digest(self) -> str:
        """SHA-256 over everything a pairing depends on, the same for any order of input."""
        plain = {
            "wishes": {area: sorted(hosts) for area, hosts in self.wishes.items()},
            "poor": sorted(self.poor.intersection(self.wishes)),
            "weights": dict(self.weights),
            "last": sorted(self.last),
            "room": {str(digits): most for digits, most in self.room.items()},
        }
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def parts(self, sender: str, host: str) -> Mapping[str, int] | str:
        """The weight of one direction by its named parts, or the name of the reason why there is none."""
        hosts = self.wishes[sender]
        if len(sender) != len(host):
            return "other_level"
        if hosts and host not in hosts:
            return "not_wished"
        if (min(sender, host), max(sender, host)) in self.last:
            return "paired_last_round"
        sides = ("poor" if area in self.poor else "developed" for area in (sender, host))
        kind = "_to_".join(sides)
        weight = self.weights.get(kind, 0)
        if weight < 1:
            return "no_weight"
        named = self.weights.get(WISHED, 0) if hosts else 0
        return {kind: weight, WISHED: named} if named > 0 else {kind: weight}


@dataclass(frozen=True, slots=True)
class Ring:
    """Areas that exchange: each sends to the next and the last to the first. Two are a pair (互派).

    ``areas`` begins with the smallest code; ``parts`` are the named parts of the weight, summed over all directions.
    """

    areas: tuple[str, ...]
    weight: int
    parts: Mapping[str, int]

    @property
    def ways(self) -> Iterator[tuple[str, str]]:
        """(sender, host) of each direction."""
        return zip(self.areas, (*self.areas[1:], self.areas[0]), strict=True)


class NotProven(Exception):
    """The solver did not prove its answer; nothing may be proposed on it."""


class TooManyRings(Exception):
    """More rings are possible than can be weighed while somebody waits. ``args``: how many, how many at most."""


@dataclass(frozen=True, slots=True)
class Alone:
    """An area without a partner. ``reasons`` counts why others fall out.

    ``loss`` is what the total would lose by giving it a partner after all, ``instead`` the ring it would then be in and
    ``displaced`` whom that leaves alone; None and empty where it can have none.
    """

    area: str
    reasons: dict[str, int]
    loss: int | None = None
    instead: tuple[str, ...] = ()
    displaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairing:
    """The rings taken, in order, their total weight, the bound over rings of any length, and who stays alone."""

    rings: tuple[Ring, ...]
    total: int
    bound: int
    alone: tuple[Alone, ...]


def rings(known: Wishes, longest: int) -> list[Ring]:
    """Every ring of two up to ``longest`` areas that may be, by size and then by code."""
    allowed = {
        (sender, host): parts
        for sender, host in permutations(known.areas, 2)
        if not isinstance(parts := known.parts(sender, host), str)
    }
    found = [_ring(allowed, (a, b)) for a, b in combinations(known.areas, 2) if {(a, b), (b, a)} <= allowed.keys()]
    return found + [ring for size in range(2, longest) for ring in _longer(known.areas, allowed, size + 1)]


def _longer(areas: tuple[str, ...], allowed: Mapping[tuple[str, str], Mapping[str, int]], size: int) -> Iterator[Ring]:
    """Rings of ``size``, each grown from its smallest area along directions that may be."""
    hosts: dict[str, list[str]] = {area: [] for area in areas}
    for sender, host in sorted(allowed):
        hosts[sender].append(host)
    paths: list[tuple[str, ...]] = [(area,) for area in areas]
    for _ in range(1, size):
        paths = [(*p, n) for p in paths for n in hosts[p[-1]] if n > p[0] and n not in p]
    return (_ring(allowed, path) for path in paths if (path[-1], path[0]) in allowed)


def _ring(allowed: Mapping[tuple[str, str], Mapping[str, int]], areas: tuple[str, ...]) -> Ring:
    parts: dict[str, int] = {}
    for way in zip(areas, (*areas[1:], areas[0]), strict=True):
        for name, weight in allowed[way].items():
            parts[name] = parts.get(name, 0) + weight
    return Ring(areas, sum(parts.values()), parts)


def why_none(known: Wishes, area: str) -> Mapping[str, int]:
    """How many other areas fall out as a partner of ``area`` for which reason; either direction may be the cause."""
    counts: dict[str, int] = {}
    for other in known.areas:
        if other != area:
            ways = (known.parts(area, other), known.parts(other, area))
            reason = next((way for way in ways if isinstance(way, str)), None)
            if reason is not None:
                counts[reason] = counts.get(reason, 0) + 1
    return counts
