"""One least-cost assignment, exactly, by OR-Tools' cost-scaling solvers.

Invariant: an answer is proven optimal by the solver or it is no answer, and that none exists is believed only where a
largest matching agrees. Every row gets a column; columns may outnumber rows. Which of several optima comes back is the
solver's affair: ``ties`` makes the choice.

As many rows as columns go to the solver made for that. More columns than rows are a flow: each row sends one unit to a
column, which keeps it if it must be filled and passes it on to a common sink if not.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
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
    needed = ~idle if rows < columns else np.ones(columns, np.bool_)
    if not np.bincount(column_of, minlength=columns)[needed].all():
        raise Infeasible("a column without an arc")
    # Below 0 the solver's bound on its prices does not hold, and it can miss a plan that exists.
    cost = cost - cost.min()
    return _square(row_of, column_of, cost, rows) if rows == columns else _wide(row_of, column_of, cost, rows, needed)


def _square(row_of: Numbers, column_of: Numbers, cost: Numbers, size: int) -> Numbers:
    solver = SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(row_of.astype(np.int32), column_of.astype(np.int32), cost)
    status = solver.solve()
    if status == solver.INFEASIBLE and _largest(row_of, column_of, size, size) < size:
        raise Infeasible("not every row finds a column")
    if status != solver.OPTIMAL or solver.num_nodes() != size:
        raise NotOptimal(f"the assignment solver ended with {status}")
    return np.fromiter(map(solver.right_mate, range(size)), np.int64, size)


def _wide(row_of: Numbers, column_of: Numbers, cost: Numbers, rows: int, needed: Flags) -> Numbers:
    columns, free = len(needed), np.flatnonzero(~needed)
    sink, passed = rows + columns, rows - int(needed.sum())
    tail = np.concatenate([row_of, rows + free]).astype(np.int32)
    head = np.concatenate([rows + column_of, np.full(len(free), sink)]).astype(np.int32)
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        tail, head, np.ones(len(tail), np.int64), np.concatenate([cost, np.zeros(len(free), np.int64)])
    )
    supply = np.concatenate([np.ones(rows, np.int64), -needed.astype(np.int64), [-passed]])
    solver.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply)
    status = solver.solve() if passed >= 0 else solver.INFEASIBLE
    if status == solver.INFEASIBLE and not _fits(row_of, column_of, rows, needed):
        raise Infeasible("not every row finds a column")
    if status != solver.OPTIMAL:
        raise NotOptimal(f"the flow solver ended with {status}")
    used = np.flatnonzero(solver.flows(np.arange(len(row_of), dtype=np.int32)))
    match = np.empty(rows, np.int64)
    match[row_of[used]] = column_of[used]
    return match


def _fits(row_of: Numbers, column_of: Numbers, rows: int, needed: Flags) -> bool:
    """Whether all rows can be matched, and all needed columns: then both can be at once (Mendelsohn and Dulmage)."""
    inside = needed[column_of]
    return (
        _largest(row_of, column_of, rows, len(needed)) == rows
        and _largest(row_of[inside], column_of[inside], rows, len(needed)) == needed.sum()
    )


def _largest(row_of: Numbers, column_of: Numbers, rows: int, columns: int) -> int:
    """How many rows can be matched at most."""
    joined = csr_array((np.ones(len(row_of), np.int8), (row_of, column_of)), shape=(rows, columns))
    return int((maximum_bipartite_matching(joined, perm_type="column") >= 0).sum())
