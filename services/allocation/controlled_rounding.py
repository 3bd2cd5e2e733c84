"""Controlled rounding: a table of exact shares becomes whole numbers, and every row, column and the total still fit.

Invariant: each cell becomes its whole part or one more, each row and column has exactly its given sum, and among all
such tables the one is taken in which the largest remainders are served; where two serve them equally, the one that
serves the earlier cell in reading order. All of it in whole numbers.
Source: L. H. Cox, A constructive procedure for unbiased controlled rounding, J. Am. Statist. Assoc. 82 (1987), for the
existence; here solved as a transport problem of unit arcs.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm


def round_table(
    cells: Sequence[Sequence[Fraction]], rows: Sequence[int], columns: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    """Round ``cells`` so that row ``i`` sums to ``rows[i]`` and column ``j`` to ``columns[j]``.

    Raises:
        ValueError: where the margins do not have the same total, do not match the table's shape, or no table of whole
            parts and ones more has them. A table that has the margins itself can always be rounded.
    """
    if len(cells) != len(rows) or any(len(row) != len(columns) for row in cells):
        raise ValueError(f"a table of {len(rows)} by {len(columns)} is needed")
    if sum(rows) != sum(columns):
        raise ValueError(f"rows sum to {sum(rows)}, columns to {sum(columns)}")
    whole = [[cell.numerator // cell.denominator for cell in row] for row in cells]
    supply = [total - sum(row) for total, row in zip(rows, whole, strict=True)]
    demand = [total - sum(column) for total, column in zip(columns, _turned(whole, len(columns)), strict=True)]
    if min((*supply, *demand), default=0) < 0:
        raise ValueError("a row or column has less than the whole parts of its cells")
    served = _serve(_gains(cells, whole), supply, demand)
    return tuple(tuple(part + ((i, j) in served) for j, part in enumerate(row)) for i, row in enumerate(whole))


def spread(rows: Sequence[int], columns: Sequence[int]) -> tuple[tuple[Fraction, ...], ...]:
    """The table of exact shares in which every row has the columns' proportions: row by column over the total."""
    total = sum(rows) or 1
    return tuple(tuple(Fraction(row * column, total) for column in columns) for row in rows)


def _turned(whole: list[list[int]], width: int) -> list[list[int]]:
    return [[row[j] for row in whole] for j in range(width)]


def _gains(cells: Sequence[Sequence[Fraction]], whole: list[list[int]]) -> dict[tuple[int, int], int]:
    """What serving a cell that is not whole is worth: its remainder first, then its place in reading order.

    The places are powers of two below one unit of the remainder, so no two sets of cells are worth the same.
    """
    left = {
        (i, j): cell - whole[i][j] for i, row in enumerate(cells) for j, cell in enumerate(row) if cell.denominator != 1
    }
    unit = lcm(*(part.denominator for part in left.values())) if left else 1
    return {
        cell: (part.numerator * (unit // part.denominator) << len(left)) + (1 << (len(left) - 1 - place))
        for place, (cell, part) in enumerate(left.items())
    }


def _serve(gains: dict[tuple[int, int], int], supply: list[int], demand: list[int]) -> set[tuple[int, int]]:
    """The cells to round up: one unit at a time along the dearest chain of cells taken and given back."""
    supply, demand, served = list(supply), list(demand), set[tuple[int, int]]()
    while any(supply):
        chain = _dearest_chain(gains, served, supply, demand)
        if chain is None:
            raise ValueError("no table of whole parts and ones more has these margins")
        served ^= set(chain)
        supply[chain[0][0]] -= 1
        demand[chain[-1][1]] -= 1
    return served


def _dearest_chain(
    gains: dict[tuple[int, int], int], served: set[tuple[int, int]], supply: list[int], demand: list[int]
) -> list[tuple[int, int]] | None:
    """Cells of an alternating chain from a row with supply to a column with demand, worth most (Bellman and Ford)."""
    at_row: dict[int, tuple[int, list[tuple[int, int]]]] = {i: (0, []) for i, left in enumerate(supply) if left}
    at_column: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    moved = True
    while moved:
        moved = False
        for (i, j), gain in gains.items():
            if (i, j) not in served and i in at_row:
                worth, chain = at_row[i]
                if j not in at_column or at_column[j][0] < worth + gain:
                    at_column[j], moved = (worth + gain, [*chain, (i, j)]), True
            elif (i, j) in served and j in at_column:
                worth, chain = at_column[j]
                if i not in at_row or at_row[i][0] < worth - gain:
                    at_row[i], moved = (worth - gain, [*chain, (i, j)]), True
    reached = [(at_column[j][0], at_column[j][1]) for j, left in enumerate(demand) if left and j in at_column]
    return max(reached)[1] if reached else None
