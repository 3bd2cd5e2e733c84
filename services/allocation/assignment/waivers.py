"""Why no plan exists, and the fewest waivers that make one.

Two answers to an impossible problem. The least number of waivers: pairs that a waivable rule removed come back at the
cost of one waiver each, above every other cost, and the exact solve takes the fewest, among them the cheapest plan.
The wants: by Hall's theorem, a plan fails to exist just because some rows together reach too few columns. The rows
reached by alternating paths from the unmatched ones are that set, the same whichever largest matching it is found from
(Dulmage and Mendelsohn, 1958); its connected parts are separate wants.

Invariant: the number of waivers is the least there is; the wants do not depend on the order of input.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, maximum_bipartite_matching

from services.allocation.assignment.arcs import MUST, Arcs, ArcsRefused, Numbers
from services.allocation.assignment.solve import UNPLACED, Solution, solve

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Blocked:
    """A pair that the waivable ``rules`` remove, all of which one signature must waive, and what it would cost."""

    row: str
    column: str
    cost: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Want:
    """Rows that together reach only these columns, ``short`` too few; ``rules`` keep them from others, by pairs."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    short: int
    rules: tuple[tuple[str, int], ...]


@dataclass(frozen=True, eq=False)
class Remedy:
    """The plan with the fewest waivers, over ``arcs``; ``stranded`` rows have no place even with every waiver."""

    waivers: tuple[Blocked, ...]
    stranded: tuple[str, ...]
    wants: tuple[Want, ...]
    arcs: Arcs
    solution: Solution


def remedy(arcs: Arcs, blocked: Iterable[Blocked], *, seed: int) -> Remedy:
    """The least that must be waived so that every row that must be placed is; no waiver where none is needed.

    ``arcs`` are the allowed pairs alone. Where not even every waiver helps, the fewest rows are left out, as
    ``stranded``.

    Raises:
        ArcsRefused: a blocked pair is allowed as well, stands twice or is unknown, or the costs are too large.
        NotOptimal: where the solver does not prove its answer.
    """
    known = {(pair.row, pair.column): pair for pair in sorted(blocked, key=lambda b: (b.row, b.column, b.rules))}
    must = arcs.unplaced == MUST
    every = [arcs.cost, arcs.unplaced[~must], np.array([pair.cost for pair in known.values()], np.int64)]
    costs = np.concatenate(every)
    low, high = (int(costs.min()), int(costs.max())) if len(costs) else (0, 0)
    waiver = (high - low) * len(arcs.rows) + 1
    stranding = waiver * (len(arcs.rows) + 1)
    triples = [(r, c, cost - low) for r, c, cost in _triples(arcs)]
    triples += [(pair.row, pair.column, pair.cost - low + waiver) for pair in known.values()]
    left = {row: stranding if needed else cost - low
            for row, needed, cost in zip(arcs.rows, must.tolist(), arcs.unplaced.tolist(), strict=True)}  # fmt: skip
    open_arcs = Arcs.of(arcs.rows, arcs.columns, triples, left)
    solution = solve(open_arcs, seed=seed)
    chosen = [(arcs.rows[row], arcs.columns[column]) for row, column in enumerate(solution.owner) if column != UNPLACED]
    stranded = np.flatnonzero((solution.owner == UNPLACED) & must)
    return Remedy(
        tuple(known[pair] for pair in chosen if pair in known),
        tuple(arcs.rows[row] for row in stranded),
        wants(arcs, known.values()),
        open_arcs,
        solution,
    )


def wants(arcs: Arcs, blocked: Iterable[Blocked] = ()) -> tuple[Want, ...]:
    """The sets of rows that must be placed and cannot all be, largest shortage first; none where a plan exists."""
    rows, columns = len(arcs.rows), len(arcs.columns)
    bound = np.flatnonzero(arcs.unplaced[arcs.row_of] == MUST)
    tails, heads = arcs.row_of[bound], arcs.column_of[bound]
    ones = np.ones(len(bound), np.int8)
    joined = csr_array((ones, (tails, heads)), shape=(rows, columns))
    column_of_row: Numbers = maximum_bipartite_matching(joined, perm_type="column").astype(np.int64)
    taker = np.full(columns, -1, np.int64)
    placed = np.flatnonzero(column_of_row >= 0)
    taker[column_of_row[placed]] = placed
    wanting = (column_of_row < 0) & (arcs.unplaced == MUST)
    while True:
        reached = np.unique(heads[wanting[tails]])
        fresh = taker[reached][~wanting[taker[reached]]]
        if not len(fresh):
            break
        wanting[fresh] = True
    within = np.flatnonzero(wanting[tails])
    edges = csr_array((ones[within], (tails[within], rows + heads[within])), shape=(rows + columns,) * 2)
    kind = connected_components(edges, directed=False)[1]
    removed = sorted((pair.row, pair.column, pair.rules) for pair in blocked)
    found = [
        _want(arcs, np.flatnonzero(wanting & (kind[:rows] == part)), np.flatnonzero(kind[rows:] == part), removed)
        for part in np.unique(kind[:rows][wanting])
    ]
    return tuple(sorted(found, key=lambda want: (-want.short, want.rows)))


def _want(arcs: Arcs, rows: Numbers, columns: Numbers, removed: list[tuple[str, str, tuple[str, ...]]]) -> Want:
    own, reach = {arcs.rows[row] for row in rows}, {arcs.columns[column] for column in columns}
    counted: dict[str, int] = {}
    for row, column, rules in removed:
        if row in own and column not in reach:
            for rule in rules:
                counted[rule] = counted.get(rule, 0) + 1
    by_rule = tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
    return Want(tuple(sorted(own)), tuple(sorted(reach)), len(rows) - len(columns), by_rule)


def _triples(arcs: Arcs) -> Iterable[tuple[str, str, int]]:
    for row, column, cost in zip(arcs.row_of.tolist(), arcs.column_of.tolist(), arcs.cost.tolist(), strict=True):
        yield arcs.rows[row], arcs.columns[column], cost


__all__ = ["ArcsRefused", "Blocked", "Remedy", "Want", "remedy", "wants"]
