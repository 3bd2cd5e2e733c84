"""Lower bounds: of some rows at least so many are placed, on given columns or anywhere.

A lower bound ties rows together, so the problem is no assignment any more and has no duals of its own: HiGHS solves it
as a mixed-integer program. Invariant: a result is within the solver's own bound with no gap, the bound rounded up to
the next integer, which any plan's total is; it is certified by that bound, not by duals, and says so. Which of several
plans of the least total comes back depends on the version of the solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from services.allocation.assignment.arcs import MUST, Arcs, Numbers
from services.allocation.assignment.optimum import Infeasible, NotOptimal
from services.allocation.assignment.solve import UNPLACED

EXACT = 2**50
"""Totals stay below this: a double holds them and what the solver rounds."""

SLACK = 1e-3
"""How far the solver's bound may lie above an integer and still mean it."""

INFEASIBLE = 2
"""scipy's status of a program without a solution."""


@dataclass(frozen=True, slots=True)
class LowerBound:
    """At least ``least`` of the ``rows`` are placed on ``columns``, or on any column where there are none."""

    name: str
    rows: frozenset[str]
    least: int
    columns: frozenset[str] | None = None


@dataclass(frozen=True, eq=False)
class Bounded:
    """A plan under lower bounds: ``owner`` (R,) as of ``solve``, total, the solver's bound (equal), each count."""

    owner: Numbers
    total: int
    bound: int
    met: tuple[tuple[str, int], ...]
    certified_by: str = "milp bound"


def solve_bounded(arcs: Arcs, lower_bounds: Sequence[LowerBound], *, seconds: float | None = None) -> Bounded:
    """The plan of least total that keeps every lower bound; ``seconds`` is the solver's time limit.

    Raises:
        Infeasible: no plan keeps all lower bounds.
        NotOptimal: the solver did not close the gap, or the costs are too large for doubles.
    """
    optional = np.flatnonzero(arcs.unplaced != MUST)
    cost = np.concatenate([arcs.cost, arcs.unplaced[optional]])
    if int(np.abs(cost).sum()) >= EXACT:
        raise NotOptimal("costs beyond the integers of a double")
    count, rows, columns = len(cost), len(arcs.rows), len(arcs.columns)
    if not count:
        if rows or any(lower.least > 0 for lower in lower_bounds):
            raise Infeasible("no pair is allowed")
        return Bounded(np.empty(0, np.int64), 0, 0, tuple((lower.name, 0) for lower in lower_bounds))
    every = np.arange(count)
    row_of = np.concatenate([arcs.row_of, optional])
    by_row = coo_array((np.ones(count), (row_of, every)), shape=(rows, count))
    by_column = coo_array((np.ones(len(arcs.cost)), (arcs.column_of, every[: len(arcs.cost)])), shape=(columns, count))
    counted = [_counted(arcs, lower, count) for lower in lower_bounds]
    found = milp(
        cost.astype(np.float64),
        integrality=np.ones(count),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(csr_array(by_row), 1, 1),
            LinearConstraint(csr_array(by_column), 0, 1),
            *(
                [LinearConstraint(vstack(counted), [lower.least for lower in lower_bounds], np.inf)]
                if lower_bounds
                else []
            ),
        ],
        options={"mip_rel_gap": 0, **({} if seconds is None else {"time_limit": seconds})},
    )
    if found.status == INFEASIBLE:
        raise Infeasible("no plan keeps every lower bound")
    if not found.success:
        raise NotOptimal(f"the solver of the lower bounds ended with status {found.status}")
    taken = np.flatnonzero(np.rint(found.x) == 1)
    return _proven(arcs, lower_bounds, counted, taken, cost, found.mip_dual_bound)


def _counted(arcs: Arcs, lower: LowerBound, count: int) -> csr_array:
    """A line that is 1 at each arc that counts towards the lower bound: shape (1, count)."""
    row = np.array([name in lower.rows for name in arcs.rows], np.bool_)
    column = np.array([lower.columns is None or name in lower.columns for name in arcs.columns], np.bool_)
    at = np.flatnonzero(row[arcs.row_of] & column[arcs.column_of])
    return csr_array((np.ones(len(at)), (np.zeros(len(at), np.int64), at)), shape=(1, count))


def _proven(
    arcs: Arcs,
    lower_bounds: Sequence[LowerBound],
    counted: Sequence[csr_array],
    taken: Numbers,
    cost: Numbers,
    bound: float,
) -> Bounded:
    """The plan of the taken arcs, after counting again in integers what the solver found in doubles."""
    total = int(cost[taken].sum())
    chosen = np.zeros(len(cost), np.int64)
    chosen[taken] = 1
    met = [int((line @ chosen)[0]) for line in counted]
    placed = taken[taken < len(arcs.cost)]
    owner = np.full(len(arcs.rows), UNPLACED, np.int64)
    owner[arcs.row_of[placed]] = arcs.column_of[placed]
    whole = len(taken) == len(arcs.rows) and len(np.unique(arcs.column_of[placed])) == len(placed)
    kept = all(number >= lower.least for lower, number in zip(lower_bounds, met, strict=True))
    proven = ceil(bound - SLACK)
    if not whole or not kept or proven != total:
        raise NotOptimal(f"the solver's plan of {total} is not proven by its bound {bound}")
    return Bounded(owner, total, proven, tuple((lower.name, n) for lower, n in zip(lower_bounds, met, strict=True)))
