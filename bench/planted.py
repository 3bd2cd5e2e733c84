"""An impossible placement whose least number of waivers is known, because it was planted."""

from __future__ import annotations

import numpy as np

from bench.problems import EACH
from services.allocation.assignment.arcs import Arcs
from services.allocation.assignment.waivers import Blocked

RULE = "kind_differs"


def planted(size: int, short: int) -> tuple[Arcs, list[Blocked]]:
    """Half of the rows reach ``short`` columns too few; a rule keeps them from the others', which are as many too many.

    Row n can have column n, if need be by a waiver, so exactly ``short`` waivers are enough.
    """
    draw = np.random.default_rng(short)
    half = size // 2
    border = half - short
    rows, columns = [f"r{n:06d}" for n in range(size)], [f"c{n:06d}" for n in range(size)]
    allowed: set[tuple[int, int]] = set()
    removed: set[tuple[int, int]] = set()
    for row in range(size):
        reach = np.append(draw.integers(0, border, EACH) if row < half else draw.integers(border, size, EACH), row)
        for column in reach.tolist():
            (removed if row < half and column >= border else allowed).add((row, column))
        if row < half:
            removed |= {(row, column) for column in draw.integers(border, size, EACH).tolist()}
    cost = draw.integers(1, 1000, len(allowed)).tolist()
    arcs = [(rows[row], columns[column], price) for (row, column), price in zip(sorted(allowed), cost, strict=True)]
    blocked = [Blocked(rows[row], columns[column], 1000, (RULE,)) for row, column in sorted(removed)]
    return Arcs.of(rows, columns, arcs), blocked
