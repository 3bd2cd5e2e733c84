"""Nearness: how far a target lies from the villages and townships a unit helps and the contact points of its leaders.

Invariant: a rank is read off the division codes alone, and the ranks themselves come from the rules (AL-016).
Source: 辽组通字〔2018〕23号 四.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_NESTING = (("same_village", 12), ("same_township", 9), ("same_county", 6), ("same_city", 4))


@dataclass(frozen=True, slots=True)
class Nearest:
    """The least rank over a unit's ties, and the tie that gives it (None where only "elsewhere" is left)."""

    rank: int
    tie: str | None


class Ties:
    """The ties of one unit, made ready for many questions."""

    def __init__(self, villages: Iterable[str], ranks: Mapping[str, int]) -> None:
        """``villages``: codes of 12 digits, or 9; ``ranks``: same_village, same_township, same_county, same_city,
        elsewhere."""
        self._ranks = ranks
        villages = tuple(villages)
        self._places = frozenset(villages)
        self._by_prefix: dict[str, str] = {}
        for village in sorted(villages):
            for _, digits in _NESTING:
                self._by_prefix.setdefault(village[:digits], village)

    def nearest(self, target: str) -> Nearest:
        """How near ``target`` (9 or 12 digits) lies to the nearest tie (AL-016): the tie itself, else the longest
        prefix wins. A village in a township that is tied lies in the same township."""
        if target in self._places:
            return Nearest(self._ranks["same_village"], target)
        for name, digits in _NESTING:
            if len(target) >= digits and (tie := self._by_prefix.get(target[:digits])) is not None:
                return Nearest(self._ranks[name], tie)
        return Nearest(self._ranks["elsewhere"], None)
