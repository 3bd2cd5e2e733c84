"""The duals of an optimum: shortest distances in the graph of what each row could do instead.

A matched column and its row are one node; an arc (row, other column) is an edge from the row's own column at the
difference of the two costs. One node more, "outside", is where a row comes from that leaves a column empty, and goes
to that takes an empty one. Distances from everywhere at once are the columns' prices; they exist just because no cycle
is negative, which is what optimal means (Ahuja, Magnanti and Orlin, "Network Flows", 1993, chapters 5 and 9).

Invariant: all integers; the relaxation (Bellman and Ford) follows only nodes that changed and ends when none did.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.allocation.assignment.arcs import Numbers
from services.allocation.assignment.board import Board
from services.allocation.assignment.optimum import NotOptimal


@dataclass(frozen=True, eq=False)
class Residual:
    """The graph of alternatives to a match: nodes are the columns and, last, the outside.

    ``tail``, ``head`` and ``weight`` have shape (E,): the board's arcs first, in their order, then each empty column to
    the outside, then the outside to each column that may stay empty. The edges out of a node stand together from
    ``begin`` to ``end``, both of shape (nodes,).
    """

    tail: Numbers
    head: Numbers
    weight: Numbers
    begin: Numbers
    end: Numbers

    @classmethod
    def of(cls, board: Board, match: Numbers) -> Residual:
        """The graph of the alternatives to ``match``, shape (R,)."""
        columns, arcs = len(board.idle), len(board.row_of)
        weight = board.cost - board.cost[board.own_arc(match)][board.row_of]
        begin, end = np.zeros(columns + 1, np.int64), np.zeros(columns + 1, np.int64)
        begin[match], end[match] = board.first[:-1], board.first[1:]
        taken = np.zeros(columns, np.bool_)
        taken[match] = True
        empty, leave = np.flatnonzero(~taken), np.flatnonzero(board.idle)
        begin[empty] = arcs + np.arange(len(empty))
        end[empty] = begin[empty] + 1
        begin[columns], end[columns] = arcs + len(empty), arcs + len(empty) + len(leave)
        outside = np.int64(columns)
        tail = np.concatenate([match[board.row_of], empty, np.full(len(leave), outside)])
        head = np.concatenate([board.column_of, np.full(len(empty), outside), leave])
        nothing = np.zeros(len(empty) + len(leave), np.int64)
        return cls(tail, head, np.concatenate([weight, nothing]), begin, end)

    def out_of(self, nodes: Numbers) -> tuple[Numbers, Numbers]:
        """The edges out of some nodes: how many of each, and which, node by node."""
        count = self.end[nodes] - self.begin[nodes]
        last = np.cumsum(count)
        return count, np.arange(last[-1] if len(last) else 0) + np.repeat(self.begin[nodes] - last + count, count)


def potentials(graph: Residual) -> Numbers:
    """A price of each node, shape (nodes,), that no edge undercuts; the outside has price 0.

    Raises:
        NotOptimal: a cycle is negative, so the match the graph came from is no optimum.
    """
    nodes = len(graph.begin)
    price = np.zeros(nodes, np.int64)
    falling = np.flatnonzero(graph.weight < 0)
    np.minimum.at(price, graph.head[falling], graph.weight[falling])
    changed = np.unique(graph.head[falling])
    for _ in range(nodes + 1):
        if not len(changed):
            price -= price[-1]
            return price
        count, edges = graph.out_of(changed)
        offer = np.repeat(price[changed], count) + graph.weight[edges]
        head = graph.head[edges]
        better = offer < price[head]
        np.minimum.at(price, head[better], offer[better])
        changed = np.unique(head[better])
    raise NotOptimal("a cycle of changes would cost less")


def duals(board: Board, match: Numbers, price: Numbers) -> tuple[Numbers, Numbers]:
    """The duals (u of the rows, v of the columns) that belong to the prices."""
    v = price[: len(board.idle)]
    return board.cost[board.own_arc(match)] - v[match], v


def slack(graph: Residual, price: Numbers) -> Numbers:
    """What each edge costs beyond the prices, shape (E,), never negative."""
    return graph.weight + price[graph.tail] - price[graph.head]
