"""Which rule blocks a cadre that has no place, or a place that has no cadre.

Invariant: the rule that forbids most pairs of the same kind is named; "" where a pair is allowed and there are simply
fewer on the other side.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from services.allocation.assignment.arcs import Numbers
from services.allocation.solving.plan_arcs import Pairs
from services.allocation.solving.plan_reach import NAMES


class Blocks:
    """The rules that block, counted over all pairs of a situation."""

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs

    def of_cadre(self, row: int) -> str:
        """The rule that blocks most places of the cadre's kind, of any kind where there is none."""
        pairs = self._pairs
        if len(pairs.columns(row)):
            return ""
        cadre = pairs.situation.cadres[row]
        breaks = pairs.reach(cadre).breaks
        same = breaks[[place.kind == cadre.kind for place in pairs.situation.places]] if len(breaks) else breaks
        counts = np.bincount(same if len(same) else breaks, minlength=len(NAMES))
        return "locked_elsewhere" if counts[0] else _most(counts)

    def of_place(self, column: int) -> str:
        """The rule that keeps most cadres of the place's kind away."""
        return _most(self._by_place[:, column])

    @cached_property
    def _by_place(self) -> Numbers:
        """How many cadres of its kind break each rule on each place, shape (rules, C); row 0 counts the allowed."""
        situation = self._pairs.situation
        counts = np.zeros((len(NAMES), len(situation.places)), np.int64)
        kinds = {c.kind: np.array([p.kind == c.kind for p in situation.places], np.bool_) for c in situation.cadres}
        columns = np.arange(len(situation.places))
        for cadre in situation.cadres:
            own = columns[kinds[cadre.kind]]
            counts[self._pairs.reach(cadre).breaks[own], own] += 1
        return counts


def _most(counts: Numbers) -> str:
    """The name of the rule counted most, the first of equals; "" where anything is allowed or nothing was counted."""
    return "" if counts[0] or not counts.any() else NAMES[int(counts.argmax())]
