"""The problem as the solver sees it: every row gets a column, and a row that may stay unplaced has one of its own.

Invariant: arcs are grouped by row, in the order of ``Arcs``, the own column of a row last. A column at or beyond
``real`` is such an own column and stands for "unplaced".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.allocation.assignment.arcs import MUST, Arcs, Flags, Numbers


@dataclass(frozen=True, eq=False)
class Board:
    """R rows, ``len(idle)`` columns; ``first`` (R + 1,) says where each row's arcs begin.

    ``idle`` is true where a column may stay empty; ``real`` is how many columns are not a row's own.
    """

    row_of: Numbers
    column_of: Numbers
    cost: Numbers
    first: Numbers
    idle: Flags
    real: int

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.first) - 1

    @classmethod
    def of(cls, arcs: Arcs) -> Board:
        """The board of a problem."""
        optional = np.flatnonzero(arcs.unplaced != MUST)
        real, own = len(arcs.columns), len(optional)
        idle = np.full(real + own, real + own > len(arcs.rows))
        if not own:
            return cls(arcs.row_of, arcs.column_of, arcs.cost, arcs.first, idle, real)
        at = arcs.first[optional + 1]
        return cls(
            np.insert(arcs.row_of, at, optional),
            np.insert(arcs.column_of, at, real + np.arange(own)),
            np.insert(arcs.cost, at, arcs.unplaced[optional]),
            arcs.first + np.concatenate([[0], np.cumsum(arcs.unplaced != MUST)]),
            idle,
            real,
        )

    def own_arc(self, match: Numbers) -> Numbers:
        """The arc of each row's column in ``match``, shape (R,)."""
        return np.flatnonzero(self.column_of == match[self.row_of])
