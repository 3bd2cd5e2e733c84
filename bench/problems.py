"""Synthetic placements for the bench: as many rows as columns, about 31 arcs each, a plan surely exists.

A cost is the distance of a row's unit to the column, ten a step, and up to a thousand for what the person brings.
``even``: arcs and distances drawn evenly, so that every row competes with every other. ``near``: units and columns lie
on a plane and arcs go to the nearest columns, so that rows of one place compete for few columns, in long chains.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from services.allocation.assignment.arcs import Arcs

Numbers = NDArray[np.int64]
EACH = 31
FAR = 10_000
STEP = 10
PERSON = 1000


@dataclass(frozen=True, eq=False)
class Problem:
    """Rows and columns by id; arcs as index arrays in no order, each with its two parts of the cost."""

    name: str
    rows: list[str]
    columns: list[str]
    row_of: Numbers
    column_of: Numbers
    distance: Numbers
    person: Numbers

    @property
    def cost(self) -> Numbers:
        """The cost of each arc: distance and person."""
        return self.distance * STEP + self.person

    def arcs(self) -> Arcs:
        """The problem in its one order."""
        return Arcs.from_arrays(self.rows, self.columns, self.row_of, self.column_of, self.cost)

    def shuffled(self, seed: int) -> Problem:
        """The same problem with rows, columns and arcs in another order."""
        draw = np.random.default_rng(seed)
        rows, columns = draw.permutation(len(self.rows)), draw.permutation(len(self.columns))
        order = draw.permutation(len(self.row_of))
        return Problem(
            self.name,
            [self.rows[n] for n in rows],
            [self.columns[n] for n in columns],
            np.argsort(rows)[self.row_of[order]],
            np.argsort(columns)[self.column_of[order]],
            self.distance[order],
            self.person[order],
        )

    def recalled(self, count: int) -> Problem:
        """Some rows are recalled and their units send somebody else: the same distances, another person."""
        draw = np.random.default_rng(count)
        gone = draw.choice(len(self.rows), count, replace=False)
        rows, person = list(self.rows), self.person.copy()
        for row in gone.tolist():
            rows[row] += "-again"
        fresh = np.isin(self.row_of, gone)
        person[fresh] = draw.integers(0, PERSON, np.count_nonzero(fresh))
        return replace(self, rows=rows, person=person)

    def left(self, count: int) -> Problem:
        """Some rows leave for good: as many columns may stay empty."""
        draw = np.random.default_rng(count)
        gone = draw.choice(len(self.rows), count, replace=False)
        stays, kept = ~np.isin(self.row_of, gone), np.setdiff1d(np.arange(len(self.rows)), gone)
        return replace(
            self,
            rows=[self.rows[row] for row in kept.tolist()],
            row_of=np.searchsorted(kept, self.row_of[stays]),
            column_of=self.column_of[stays],
            distance=self.distance[stays],
            person=self.person[stays],
        )


def even(size: int, seed: int = 1) -> Problem:
    """Arcs and distances drawn evenly."""
    draw = np.random.default_rng(seed)
    columns = draw.integers(0, size, (size, EACH))
    columns[:, 0] = draw.permutation(size)
    return _problem("even", columns, draw.integers(1, FAR + 1, (size, EACH)), draw)


def near(size: int, seed: int = 1) -> Problem:
    """The nearest columns on a plane ten thousand steps wide, and one anywhere."""
    draw = np.random.default_rng(seed)
    homes, places = draw.random((size, 2)), draw.random((size, 2))
    _, columns = KDTree(places).query(homes, k=EACH)
    columns[:, -1] = draw.permutation(size)
    away = np.hypot(*(homes[:, None] - places[columns]).transpose(2, 0, 1))
    return _problem("near", columns, (away * FAR).astype(np.int64), draw)


def _problem(name: str, columns: Numbers, distance: Numbers, draw: np.random.Generator) -> Problem:
    size = len(columns)
    pairs, first = np.unique(np.repeat(np.arange(size), EACH) * size + columns.ravel(), return_index=True)
    order = draw.permutation(len(pairs))
    return Problem(
        name,
        [f"r{n:06d}" for n in range(size)],
        [f"c{n:06d}" for n in range(size)],
        pairs[order] // size,
        pairs[order] % size,
        distance.ravel()[first][order],
        draw.integers(0, PERSON, len(pairs)),
    )
