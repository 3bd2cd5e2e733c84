"""Nearness: how far a target lies from the villages a unit helps and the contact points of its leaders.

Invariant: a rank is read off the division codes alone, and the ranks themselves come from the rules (AL-016).
Source: 辽组通字〔2018〕23号 四.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RANKS = "nearness.ranks"
_NESTING = (("same_village", 12), ("same_township", 9), ("same_county", 6), ("same_city", 4))


@dataclass(frozen=True, slots=True)
class Nearest:
    """The least rank over a unit's ties, and the village that gives it (None where only "elsewhere" is left)."""

    rank: int
    tie: str | None


def nearest(target: str, ties: Iterable[str], ranks: Mapping[str, int]) -> Nearest:
    """How near ``target`` (9 or 12 digits) lies to the nearest of ``ties`` (villages, 12 digits)."""
    best = Nearest(ranks["elsewhere"], None)
    for tie in sorted(ties):
        for name, digits in _NESTING:
            if len(target) >= digits and target[:digits] == tie[:digits]:
                if ranks[name] < best.rank:
                    best = Nearest(ranks[name], tie)
                break
    return best
