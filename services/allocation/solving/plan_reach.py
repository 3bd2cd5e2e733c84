"""What a unit can reach: for each place the first hard rule its nominees break, and how near the others lie.

Invariant: column for column this says what ``plan_rules.broken`` says of the pair; it only says it of all places of a
province at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.allocation.assignment.arcs import Numbers
from services.allocation.planning.plan_rules import RULES, Place
from services.allocation.ranking.nearness import Ties
from services.allocation.registers.tier_organs import own_area, tier_of

NAMES = ("", *(rule.name for rule in RULES))
"""The rules by their codes; code 0 is none."""
_CODE = {name: code for code, name in enumerate(NAMES)}
Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Reach:
    """What one unit can do for one kind: ``breaks`` (C,) is the code of the rule each place breaks, ``own`` (A,) the
    columns that break none, in their order, ``rank`` (A,) how near those lie."""

    breaks: Codes
    own: Numbers
    rank: Numbers
    near: Ties


class Places:
    """The places of a situation, ready to be asked by many units."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._kinds: dict[str, Flags] = {}
        self._tiers: dict[str, Flags] = {}
        self._areas: dict[str, Flags] = {}
        self._bound = [(at, place.successor_of) for at, place in enumerate(places) if place.successor_of]

    def reach(self, unit: str, channel: str, kind: str, near: Ties) -> Reach:
        """What nominees of ``unit`` for ``kind`` can do; ``near`` are the unit's ties."""
        breaks = np.zeros(len(self._places), np.int8)
        for at, successor in self._bound:
            if successor != unit:
                breaks[at] = _CODE["unit_bound"]
        # The first rule in the printed order is the one that is named, so the first comes last.
        breaks[~self._inside(own_area(channel))] = _CODE["foreign_area"]
        breaks[~self._of(self._tiers, "tier", tier_of(channel))] = _CODE["foreign_tier"]
        breaks[~self._of(self._kinds, "kind", kind)] = _CODE["kind_differs"]
        own = np.flatnonzero(breaks == 0)
        rank = np.fromiter((near.nearest(self._places[at].target).rank for at in own.tolist()), np.int64, len(own))
        return Reach(breaks, own, rank, near)

    def _inside(self, area: str) -> Flags:
        found = self._areas.get(area)
        if found is None:
            found = self._areas[area] = np.array([p.target.startswith(area) for p in self._places], np.bool_)
        return found

    def _of(self, known: dict[str, Flags], name: str, value: str) -> Flags:
        found = known.get(value)
        if found is None:
            found = known[value] = np.array([getattr(p, name) == value for p in self._places], np.bool_)
        return found
