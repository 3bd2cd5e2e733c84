"""What a plan costs to change: the next best column of a row, its price, and whom the change would move.

The price of giving a row another column is the difference of two optimal totals: with the row held there, and without.
It is the length of the shortest way, in the graph of alternatives, from that column back to the row's own, over
lengths that the duals make nonnegative; the rows on the way are those that move (Dijkstra, for many rows at once and no
further than needed).

Invariant: every price is exact. Distances are doubles, which hold all integers below 2^53; a length beyond is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from services.allocation.assignment.arcs import Arcs, Numbers
from services.allocation.assignment.board import Board
from services.allocation.assignment.duals import Residual, slack
from services.allocation.assignment.optimum import NotOptimal
from services.allocation.assignment.solve import UNPLACED, Progress, Solution, quiet

EXACT = 2**53
BATCH = 256
GROWTH = 2
START = 0.02
"""The share of lengths within the first limit: few rows have their next best nearer than that."""


@dataclass(frozen=True, slots=True)
class Move:
    """A row goes from one column to another; ``UNPLACED`` is none. All are indices."""

    row: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """The price of the first move, in the unit of the costs, and the moves it brings about: others' come after it."""

    price: int
    moves: tuple[Move, ...]

    @property
    def column(self) -> int:
        """Where the row itself would go."""
        return self.moves[0].after


class Prices:
    """The prices around one certified plan."""

    def __init__(self, arcs: Arcs, solution: Solution) -> None:
        """``solution`` is the plan of ``arcs``, with its duals.

        Raises:
            NotOptimal: where the duals do not fit the plan.
        """
        self._board = board = Board.of(arcs)
        own = np.cumsum(np.bincount(board.row_of[board.column_of >= board.real], minlength=board.rows)) - 1
        self._match = np.where(solution.owner == UNPLACED, board.real + own, solution.owner)
        graph = Residual.of(board, self._match)
        price = np.concatenate([solution.v, np.zeros(len(board.idle) - board.real + 1, np.int64)])
        length = slack(graph, price)
        if len(length) and length.min() < 0:
            raise NotOptimal("the duals do not prove this plan")
        kept = np.flatnonzero(graph.tail != graph.head)
        self._tail, self._head, self._length = graph.tail[kept], graph.head[kept], length[kept]
        if len(kept) and int(self._length.max()) * len(price) >= EXACT:
            raise NotOptimal("lengths beyond the integers of a double")
        self._nodes = len(price)
        self._row_at = np.full(self._nodes, -1, np.int64)
        self._row_at[self._match] = np.arange(board.rows)
        order = np.argsort(self._tail, kind="stable")
        self._out = order
        self._step = np.full(self._nodes, EXACT)
        np.minimum.at(self._step, self._tail, self._length)
        self._out_first = np.searchsorted(self._tail[order], np.arange(self._nodes + 1))

    def of(self, row: int) -> list[Change]:
        """Every other column of a row that it could be given, cheapest first; equal prices by column."""
        back, after = self._ways(np.array([self._match[row]]), np.inf)
        edges = self._edges(self._match[row])
        prices = self._length[edges] + back[0][self._head[edges]]
        order = np.lexsort((self._head[edges], prices))
        return [
            self._change(row, int(self._head[edges[at]]), int(prices[at]), after[0])
            for at in order
            if np.isfinite(prices[at])
        ]

    def next_best(
        self, rows: Sequence[int] | None = None, progress: Progress | None = None
    ) -> dict[int, Change | None]:
        """The cheapest other column of each row (of all, if not told); None where a row has no other in any plan."""
        wanted = np.arange(self._board.rows) if rows is None else np.array(rows, np.int64)
        found: dict[int, Change | None] = {int(row): None for row in wanted}
        ones = np.ones(len(self._tail), np.int8)
        joined = csr_array((ones, (self._tail, self._head)), shape=(self._nodes, self._nodes))
        kind = connected_components(joined, connection="strong")[1]
        left = wanted[np.bincount(kind)[kind[self._match[wanted]]] > 1]
        tell, of = progress or quiet, len(wanted)
        limit = int(np.quantile(self._length, START)) if len(self._length) else 0
        while len(left):
            limit = max(1, limit * GROWTH)
            missed: list[int] = []
            for row, change in self._within(left, limit):
                if change is None:
                    missed.append(row)
                else:
                    found[row] = change
                    tell("prices", of - len(left) + len(missed), of)
            left = np.array(missed, np.int64)
        tell("prices", of, of)
        return found

    def _within(self, rows: Numbers, limit: int) -> Iterator[tuple[int, Change | None]]:
        """The cheapest change of each row, if its price is within the limit.

        The way back need not be looked for beyond what the first step leaves of the limit.
        """
        step = self._step[self._match[rows]]
        yield from ((row, None) for row in rows[step > limit].tolist())
        rows = rows[np.argsort(step, kind="stable")][: np.count_nonzero(step <= limit)]
        for at in range(0, len(rows), BATCH):
            batch = rows[at : at + BATCH]
            back, after = self._ways(self._match[batch], limit - self._step[self._match[batch[0]]])
            for row, distance, way in zip(batch.tolist(), back, after, strict=True):
                edges = self._edges(self._match[row])
                prices = self._length[edges] + distance[self._head[edges]]
                least = prices.min()
                if least > limit:
                    yield row, None
                    continue
                column = int(self._head[edges[prices == least]].min())
                yield row, self._change(row, column, int(least), way)

    def _edges(self, node: int) -> Numbers:
        return self._out[self._out_first[node] : self._out_first[node + 1]]

    def _ways(self, nodes: Numbers, limit: float) -> tuple[np.ndarray[tuple[int, int]], np.ndarray[tuple[int, int]]]:
        """How far it is to each node from every other, and the next on that way, both of shape (len(nodes), N)."""
        near = np.flatnonzero(self._length <= limit)
        lengths = self._length[near].astype(np.float64)
        turned = csr_array((lengths, (self._head[near], self._tail[near])), shape=(self._nodes, self._nodes))
        back, after = dijkstra(turned, indices=nodes, limit=limit, return_predecessors=True)
        return back, after

    def _change(self, row: int, column: int, price: int, after: np.ndarray[tuple[int]]) -> Change:
        own, node = int(self._match[row]), column
        moves = [Move(row, self._shown(own), self._shown(node))]
        while node != own:
            following = int(after[node])
            if (mover := int(self._row_at[node])) >= 0:
                moves.append(Move(mover, self._shown(node), self._shown(following)))
            node = following
        return Change(price, tuple(moves))

    def _shown(self, node: int) -> int:
        return node if node < self._board.real else UNPLACED
