"""One least-cost assignment, exactly, by OR-Tools' cost-scaling solver.

Invariant: an answer is proven optimal by the solver or it is no answer, and that none exists is believed only where a
largest matching agrees. Every row gets a column; columns may outnumber
rows. Which of several optima comes back is the solver's affair: ``ties`` makes the choice.

The solver wants as many rows as columns. Unequal sides are made equal without dense dummies by the mirror of Ramshaw
and Tarjan ("On minimum-cost assignments in unbalanced bipartite graphs", 2012): beside the problem its mirror image at
no cost, and each column joined to its own image, which is where it goes when it stays empty.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from services.allocation.assignment.arcs import Flags, Numbers


class Infeasible(Exception):
    """No assignment places every row that must be placed; ``waivers`` says why."""


class NotOptimal(Exception):
    """The solver gave no proven optimum; nothing may be planned on its answer."""


def least(row_of: Numbers, column_of: Numbers, cost: Numbers, rows: int, idle: Flags) -> Numbers:
    """The column of each row, shape (rows,), at the least total of ``cost``.

    ``idle`` has shape (columns,): true where the column may stay empty. Arcs are index pairs, in a settled order.

    Raises:
        Infeasible: where not every row, or not every column that must be filled, finds its partner.
        NotOptimal: where the solver does not prove its answer.
    """
    columns = len(idle)
    if not rows:
        return np.empty(0, np.int64)
    if rows > columns or not np.bincount(row_of, minlength=rows).all():
        raise Infeasible("a row without an arc")
    # Below 0 the solver's bound on its prices does not hold, and it can miss a plan that exists.
    cost = cost - cost.min()
    if rows == columns:
        if not np.bincount(column_of, minlength=columns).all():
            raise Infeasible("a column without an arc")
        return _solved(row_of, column_of, cost, rows, rows)
    free = np.flatnonzero(idle)
    filled = np.bincount(column_of, minlength=columns) > 0
    if not (filled | idle).all():
        raise Infeasible("a column without an arc")
    nothing = np.zeros(len(row_of) + len(free), np.int64)
    return _solved(
        np.concatenate([row_of, rows + column_of, rows + free]),
        np.concatenate([column_of, columns + row_of, free]),
        np.concatenate([cost, nothing]),
        rows + columns,
        rows,
    )


def _solved(left: Numbers, right: Numbers, cost: Numbers, size: int, rows: int) -> Numbers:
    solver = SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(left.astype(np.int32), right.astype(np.int32), cost)
    status = solver.solve()
    if status == solver.INFEASIBLE and _largest(left, right, size) < size:
        raise Infeasible("not every row finds a column")
    if status != solver.OPTIMAL or solver.num_nodes() != size:
        raise NotOptimal(f"the assignment solver ended with {status}")
    return np.fromiter(map(solver.right_mate, range(rows)), np.int64, rows)


def _largest(left: Numbers, right: Numbers, size: int) -> int:
    """How many of the left can be matched at most."""
    joined = csr_array((np.ones(len(left), np.int8), (left, right)), shape=(size, size))
    return int((maximum_bipartite_matching(joined) >= 0).sum())
