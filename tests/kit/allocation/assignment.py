"""Small assignment problems, drawn or written down, and their answers by trying everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np
from hypothesis import strategies as st

from services.allocation.assignment.arcs import MUST, Arcs

Triple = tuple[str, str, int]


def ids(letter: str, count: int) -> tuple[str, ...]:
    """Ids like r0, r1, … in their order."""
    return tuple(f"{letter}{n}" for n in range(count))


def table(costs: Sequence[Sequence[int | None]], unplaced: Mapping[str, int] | None = None) -> Arcs:
    """A problem written as a table of costs by row and column; None is no arc."""
    rows, columns = ids("r", len(costs)), ids("c", len(costs[0]))
    told = [
        (row, column, cost)
        for row, line in zip(rows, costs, strict=True)
        for column, cost in zip(columns, line, strict=True)
        if cost is not None
    ]
    return Arcs.of(rows, columns, told, unplaced)


def triples(arcs: Arcs) -> list[Triple]:
    """The arcs of a problem as they would be told by id."""
    told = zip(arcs.row_of.tolist(), arcs.column_of.tolist(), arcs.cost.tolist(), strict=True)
    return [(arcs.rows[row], arcs.columns[column], cost) for row, column, cost in told]


def optional(arcs: Arcs) -> dict[str, int]:
    """What leaving a row unplaced costs, of those that may be."""
    return {row: cost for row, cost in zip(arcs.rows, arcs.unplaced.tolist(), strict=True) if cost != MUST}


def plans(arcs: Arcs) -> Iterator[tuple[tuple[int, ...], int]]:
    """Every plan of a small problem with its total: the column of each row, -1 where it is unplaced."""
    options: list[list[tuple[int, int]]] = [[] for _ in arcs.rows]
    for row, column, cost in zip(arcs.row_of.tolist(), arcs.column_of.tolist(), arcs.cost.tolist(), strict=True):
        options[row].append((column, cost))
    for row, cost in enumerate(arcs.unplaced.tolist()):
        if cost != MUST:
            options[row].append((-1, cost))
    for choice in product(*options):
        placed = [column for column, _ in choice if column >= 0]
        if len(set(placed)) == len(placed):
            yield tuple(column for column, _ in choice), sum(cost for _, cost in choice)


@st.composite
def problems(draw: st.DrawFn, most: int = 5, leave: bool = True, high: int = 6) -> Arcs:
    """A problem of up to ``most`` rows and columns with many ties; some rows may stay unplaced."""
    rows, columns = ids("r", draw(st.integers(1, most))), ids("c", draw(st.integers(1, most)))
    costs = st.one_of(st.none(), st.integers(-high, high))
    told = [(r, c, cost) for r in rows for c in columns if (cost := draw(costs)) is not None]
    may = {r: draw(st.integers(-high, high)) for r in rows if leave and draw(st.booleans())}
    return Arcs.of(rows, columns, told, may)


def shuffled(arcs: Arcs, seed: int) -> Arcs:
    """The same problem, its rows, columns and arcs given in another order."""
    draw = np.random.default_rng(seed)
    rows, columns = draw.permutation(len(arcs.rows)), draw.permutation(len(arcs.columns))
    order = draw.permutation(len(arcs.cost))
    row_at, column_at = np.argsort(rows), np.argsort(columns)
    return Arcs.from_arrays(
        [arcs.rows[n] for n in rows],
        [arcs.columns[n] for n in columns],
        row_at[arcs.row_of[order]],
        column_at[arcs.column_of[order]],
        arcs.cost[order],
        arcs.unplaced[rows],
    )
