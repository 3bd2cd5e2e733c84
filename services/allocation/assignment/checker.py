"""Proof that no plan costs less, by weak duality alone: independent of how the plan was found.

For any plan, the sum of its arcs' costs is at least the sum of the rows' duals and of the duals of the columns it
uses; where no column's dual is above zero, that is at least the sum of all duals. A plan that meets this bound is
optimal. The checker recomputes the bound and trusts nothing: it shares no code with the solver.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.allocation.assignment.arcs import MUST, Arcs, Numbers


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was proven: ``gap`` is total less bound (0), in the unit of the costs; ``input_hash`` names the problem."""

    total: int
    bound: int
    gap: int
    least_reduced_cost: int
    rows: int
    placed: int
    input_hash: str


class CertificateFalse(Exception):
    """The proof does not hold; ``row`` and ``column`` name where, "" where it is no single one."""

    def __init__(self, why: str, row: str = "", column: str = "") -> None:
        super().__init__(f"{why}: {row} -> {column}" if row or column else why)
        self.why, self.row, self.column = why, row, column


def check(arcs: Arcs, assignment: Numbers, u: Numbers, v: Numbers) -> Certificate:
    """Prove that ``assignment`` (R,), a column index of each row or -1, is a plan of least total cost.

    Raises:
        CertificateFalse: naming the arc, row or column where the proof fails.
    """
    rows, columns = len(arcs.rows), len(arcs.columns)
    if len(assignment) != rows or len(u) != rows or len(v) != columns:
        raise CertificateFalse("wrong number of rows or columns")
    if rows and not -1 <= assignment.min() <= assignment.max() < columns:
        raise CertificateFalse("no such column")
    total = _total(arcs, assignment)
    reduced = arcs.cost - u[arcs.row_of] - v[arcs.column_of]
    least = int(reduced.min()) if len(reduced) else 0
    if least < 0:
        at = int(reduced.argmin())
        raise CertificateFalse("reduced cost below 0", arcs.rows[arcs.row_of[at]], arcs.columns[arcs.column_of[at]])
    for row in np.flatnonzero(u > arcs.unplaced)[:1]:
        raise CertificateFalse("cheaper unplaced", arcs.rows[row])
    for column in np.flatnonzero(v > 0)[:1]:
        raise CertificateFalse("a column's dual above 0", "", arcs.columns[column])
    bound: int = sum(u.tolist()) + sum(v.tolist())
    if total != bound:
        raise CertificateFalse(f"total {total} is not the bound {bound}", *_gap(arcs, assignment, u, v))
    placed = int((assignment >= 0).sum())
    return Certificate(total, bound, total - bound, least, rows, placed, arcs.digest())


def _total(arcs: Arcs, assignment: Numbers) -> int:
    """The cost of a plan, after making sure it is one."""
    used = np.bincount(assignment[assignment >= 0], minlength=len(arcs.columns))
    for column in np.flatnonzero(used > 1)[:1]:
        row = np.flatnonzero(assignment == column)[1]
        raise CertificateFalse("column given twice", arcs.rows[row], arcs.columns[column])
    taken = arcs.column_of == assignment[arcs.row_of]
    met = np.zeros(len(arcs.rows), np.bool_)
    met[arcs.row_of[taken]] = True
    stay = assignment < 0
    for row in np.flatnonzero(~met & ~stay)[:1]:
        raise CertificateFalse("no such arc", arcs.rows[row], arcs.columns[assignment[row]])
    for row in np.flatnonzero(stay & (arcs.unplaced == MUST))[:1]:
        raise CertificateFalse("must be placed", arcs.rows[row])
    return int(arcs.cost[taken].sum() + arcs.unplaced[stay].sum())


def _gap(arcs: Arcs, assignment: Numbers, u: Numbers, v: Numbers) -> tuple[str, str]:
    """An arc of the plan that is not tight, or an empty column with a dual below 0."""
    taken = np.flatnonzero(arcs.column_of == assignment[arcs.row_of])
    tight = arcs.cost[taken] == u[arcs.row_of[taken]] + v[arcs.column_of[taken]]
    for at in taken[~tight][:1]:
        return arcs.rows[arcs.row_of[at]], arcs.columns[arcs.column_of[at]]
    for row in np.flatnonzero((assignment < 0) & (u != arcs.unplaced))[:1]:
        return arcs.rows[row], ""
    empty = np.ones(len(arcs.columns), np.bool_)
    empty[assignment[assignment >= 0]] = False
    return "", arcs.columns[np.flatnonzero(empty & (v != 0))[0]]
