"""Of all plans of the same least cost, always the same one.

The optimal plans are exactly those on tight arcs, whichever optimum and whichever duals the solver came upon. Among
them a second solve takes the one of least secondary cost, drawn from SHA-256 of seed, row and column: no order of
input, no version of a solver has a say in it, and no id is favoured for its place in the alphabet.

Invariant: a plan called unique is proven so: under the second duals no cycle of tight alternatives is left, that is,
every strongly connected component of their graph is a single node. Where one is left, the next salt is tried.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from services.allocation.assignment.arcs import Flags, Numbers
from services.allocation.assignment.board import Board
from services.allocation.assignment.duals import Residual, potentials, slack
from services.allocation.assignment.optimum import least

BITS = 32
SALTS = 16


@dataclass(frozen=True, eq=False)
class Settled:
    """The chosen match, shape (R,); whether it is proven the only one, and the salt that made it so."""

    match: Numbers
    unique: bool
    salt: int


def settle(
    board: Board,
    graph: Residual,
    price: Numbers,
    match: Numbers,
    names: tuple[Sequence[str], Sequence[str]],
    seed: int,
    bits: int = BITS,
) -> Settled:
    """The one plan among the optima that ``price`` proves; ``names`` are the ids of rows and of real columns.

    ``bits`` is the width of a secondary cost: the narrower, the more salts are tried.
    """
    tight = _changing(graph, price)
    kind = _components(graph, tight, len(price))
    shared = np.bincount(kind)[kind] > 1
    if not shared.any():
        return Settled(match, True, 0)
    arcs = len(board.row_of)
    within = np.flatnonzero(tight[:arcs] & shared[graph.tail[:arcs]] & (kind[graph.tail] == kind[graph.head])[:arcs])
    rows, columns = np.flatnonzero(shared[match]), np.flatnonzero(shared[:-1])
    row_at, column_at = _index(rows, board.rows), _index(columns, len(board.idle))
    row_of = row_at[board.row_of[within]]
    idle = board.idle[columns] & (price[columns] == 0) & (kind[columns] == kind[-1])
    first = np.searchsorted(row_of, np.arange(len(rows) + 1))
    small = Board(row_of, column_at[board.column_of[within]], np.empty(0, np.int64), first, idle, len(columns))
    for salt in range(SALTS):
        drawn = _drawn(board, within, names, f"{seed}.{salt}", bits)
        chosen, unique = _second(replace(small, cost=drawn))
        if unique:
            break
    settled = match.copy()
    settled[rows] = columns[chosen]
    return Settled(settled, unique, salt)


def _second(board: Board) -> tuple[Numbers, bool]:
    match = least(board.row_of, board.column_of, board.cost, board.rows, board.idle)
    graph = Residual.of(board, match)
    price = potentials(graph)
    kind = _components(graph, _changing(graph, price), len(price))
    return match, len(np.unique(kind)) == len(kind)


def _changing(graph: Residual, price: Numbers) -> Flags:
    """The tight edges; leaving a column empty that is empty already changes nothing, and is left out."""
    tight = slack(graph, price) == 0
    outside = len(price) - 1
    empty = np.zeros(len(price), np.bool_)
    empty[graph.tail[graph.head == outside]] = True
    changing: Flags = tight & ~((graph.tail == outside) & empty[graph.head])
    return changing


def _components(graph: Residual, kept: Flags, nodes: int) -> Numbers:
    edges = np.flatnonzero(kept & (graph.tail != graph.head))
    ones = np.ones(len(edges), np.int8)
    joined = csr_array((ones, (graph.tail[edges], graph.head[edges])), shape=(nodes, nodes))
    kind: Numbers = connected_components(joined, connection="strong")[1]
    return kind


def _index(chosen: Numbers, size: int) -> Numbers:
    at = np.full(size, -1, np.int64)
    at[chosen] = np.arange(len(chosen))
    return at


def _drawn(board: Board, arcs: Numbers, names: tuple[Sequence[str], Sequence[str]], seed: str, bits: int) -> Numbers:
    """The secondary cost of each arc: the first bits of SHA-256 over seed, row id and column id."""
    rows, columns = names
    own = [*columns, *("",) * (len(board.idle) - board.real)]
    drop = 64 - bits
    begun = hashlib.sha256(f"{seed}\n".encode())
    drawn = np.empty(len(arcs), np.int64)
    pairs = zip(board.row_of[arcs].tolist(), board.column_of[arcs].tolist(), strict=True)
    for at, (row, column) in enumerate(pairs):
        one = begun.copy()
        one.update(f"{rows[row]}\n{own[column]}".encode())
        drawn[at] = int.from_bytes(one.digest()[:8]) >> drop
    return drawn
