"""The one plan of a problem, with the duals that prove it.

Invariant: equal problems and seeds give equal solutions, whatever the order of input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from services.allocation.assignment.arcs import Arcs, Numbers
from services.allocation.assignment.board import Board
from services.allocation.assignment.duals import Residual, duals, potentials
from services.allocation.assignment.optimum import Infeasible, NotOptimal, least
from services.allocation.assignment.ties import settle

Progress = Callable[[str, int, int], None]
"""Told the stage, how many of its steps are done and how many there are."""

UNPLACED = -1
STAGES = ("optimum", "duals", "ties")


@dataclass(frozen=True, eq=False)
class Solution:
    """A certified plan. All numbers are integers in the unit of the costs.

    ``owner`` (R,) is the column of each row or ``UNPLACED``; ``u`` (R,) and ``v`` (C,) are the duals: u + v never
    exceeds an arc's cost and meets it on every arc of the plan. ``unique`` says no other plan of this total has the
    same secondary cost under ``salt``.
    """

    owner: Numbers
    total: int
    u: Numbers
    v: Numbers
    unique: bool
    salt: int


def quiet(stage: str, done: int, of: int) -> None:
    """Progress that nobody listens to."""


def solve(arcs: Arcs, *, seed: int, progress: Progress | None = None) -> Solution:
    """The plan of least total cost; among equals the one that the seed draws.

    Raises:
        Infeasible: where a row that must be placed cannot be; nothing is returned for the others.
        NotOptimal: where the solver does not prove its answer.
    """
    tell = progress or quiet
    board = Board.of(arcs)
    tell(STAGES[0], 0, len(STAGES))
    match = least(board.row_of, board.column_of, board.cost, board.rows, board.idle)
    tell(STAGES[1], 1, len(STAGES))
    graph = Residual.of(board, match)
    price = potentials(graph)
    tell(STAGES[2], 2, len(STAGES))
    settled = settle(board, graph, price, match, (arcs.rows, arcs.columns), seed)
    u, v = duals(board, settled.match, price)
    total = int(board.cost[board.own_arc(settled.match)].sum())
    tell(STAGES[2], 3, len(STAGES))
    owner = np.where(settled.match < board.real, settled.match, UNPLACED)
    return Solution(owner, total, u, v[: board.real], settled.unique, settled.salt)


__all__ = ["STAGES", "UNPLACED", "Infeasible", "NotOptimal", "Progress", "Solution", "quiet", "solve"]
