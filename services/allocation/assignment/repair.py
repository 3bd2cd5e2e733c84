"""A plan that stands is changed as little as need be: rows left or arrived, few others move, at nearly no cost.

Staying is rewarded: every other column of a row that has one, and leaving it unplaced, costs a penalty more. Each
penalty gives a plan that has the fewest moves of all plans of its cost or less. The plans that some penalty gives lie
on a convex curve of cost over moves; along it, from the fewest moves of all and from the least cost of all, the search
closes in on the tolerance, each time with the slope between the two ends as penalty.

Invariant: integers throughout (a slope p/q weighs costs by q and moves by p); the cost never exceeds the tolerance; the
result is certified: its duals prove it the best for its two weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from services.allocation.assignment.arcs import MUST, Arcs, Numbers
from services.allocation.assignment.solve import Progress, Solution, quiet, solve

NONE = -2
"""The former column of a row that had none: whatever it gets is no move."""


@dataclass(frozen=True, eq=False)
class Repaired:
    """A plan near a former one; totals in the unit of the costs.

    ``moves`` are the rows that the former plan placed and this one puts elsewhere, by index; ``optimum`` is the least
    total of all, ``plain_moves`` how many rows a plan of that total moves at least. ``solution`` solves ``weighed``,
    whose costs are the problem's times ``cost_weight``, plus ``move_weight`` for a move.
    """

    owner: Numbers
    total: int
    moves: tuple[int, ...]
    optimum: int
    plain_moves: int
    cost_weight: int
    move_weight: int
    weighed: Arcs
    solution: Solution


def repair(
    arcs: Arcs, former: Mapping[str, str], *, seed: int, tolerance: tuple[int, int], progress: Progress | None = None
) -> Repaired:
    """The plan with the fewest moves found along the curve whose total is within the tolerance of the optimum.

    ``former`` says which column each row had; rows and columns that are no more are passed over. ``tolerance`` is a
    ratio (numerator, denominator) of the optimum's absolute value.

    Raises:
        Infeasible: where no plan exists.
        NotOptimal: where the solver does not prove its answer.
    """
    tell = progress or quiet
    stayed = _former(arcs, former)
    span = _span(arcs)
    tell("repair", 0, 1)
    least = _weighed(arcs, stayed, len(arcs.rows) + 1, 1, seed)
    part, whole = tolerance
    most = least.total + abs(least.total) * part // whole
    calm = _weighed(arcs, stayed, 1, span + 1, seed)
    low, high, steps = least, calm, 1
    while high.total > most:
        tell("repair", steps, steps + 1)
        steps += 1
        slope = Fraction(high.total - low.total, len(low.moves) - len(high.moves))
        between = _weighed(arcs, stayed, slope.denominator, slope.numerator, seed)
        if _value(between, slope) == _value(low, slope):
            break
        low, high = (between, high) if between.total <= most else (low, between)
    found = high if high.total <= most else low
    tell("repair", steps, steps)
    return Repaired(
        found.solution.owner,
        found.total,
        found.moves,
        least.total,
        len(least.moves),
        found.cost_weight,
        found.move_weight,
        found.weighed,
        found.solution,
    )


@dataclass(frozen=True, eq=False)
class _Point:
    total: int
    moves: tuple[int, ...]
    cost_weight: int
    move_weight: int
    weighed: Arcs
    solution: Solution


def _weighed(arcs: Arcs, stayed: Numbers, cost_weight: int, move_weight: int, seed: int) -> _Point:
    moved = (stayed[arcs.row_of] != NONE) & (stayed[arcs.row_of] != arcs.column_of)
    dropped = stayed != NONE
    must = arcs.unplaced == MUST
    left = np.where(must, 0, arcs.unplaced) * cost_weight + move_weight * dropped
    weighed = Arcs.from_arrays(
        arcs.rows,
        arcs.columns,
        arcs.row_of,
        arcs.column_of,
        arcs.cost * cost_weight + move_weight * moved,
        np.where(must, MUST, left),
    )
    solution = solve(weighed, seed=seed)
    elsewhere = np.flatnonzero((stayed != NONE) & (stayed != solution.owner))
    total = (solution.total - move_weight * len(elsewhere)) // cost_weight
    return _Point(total, tuple(elsewhere.tolist()), cost_weight, move_weight, weighed, solution)


def _value(point: _Point, slope: Fraction) -> Fraction:
    return point.total + slope * len(point.moves)


def _former(arcs: Arcs, former: Mapping[str, str]) -> Numbers:
    """The former column of each row; ``NONE`` for a row without, or whose column is no more or no longer allowed."""
    column_at = {column: at for at, column in enumerate(arcs.columns)}
    own = [column_at.get(former.get(row, ""), NONE) for row in arcs.rows]
    stayed = np.array(own, np.int64).reshape(len(arcs.rows))
    allowed = np.zeros(len(arcs.rows), np.bool_)
    allowed[arcs.row_of[stayed[arcs.row_of] == arcs.column_of]] = True
    return np.where(allowed, stayed, NONE)


def _span(arcs: Arcs) -> int:
    """More than any two plans can differ in cost."""
    must = arcs.unplaced == MUST
    costs = np.concatenate([arcs.cost, arcs.unplaced[~must]])
    return int(costs.max() - costs.min()) * len(arcs.rows) if len(costs) else 0
