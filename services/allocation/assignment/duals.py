"""The duals of an optimum: shortest distances in the graph of what each row could do instead.

A matched column and its row are one node; an arc (row, other column) is an edge from the row's own column at the
difference of the two costs. One node more, "outside", is where a row comes from that leaves a column empty, and goes
to that takes an empty one. Distances from everywhere at once are the columns' prices; they exist just because no cycle
is negative, which is what optimal means (Ahuja, Magnanti and Orlin, "Network Flows", 1993, chapters 5 and 9).

Distances are found by relaxation (Bellman and Ford) that follows only nodes that changed. So that long chains of small
corrections stay short, prices are first good to a coarse grain, then to finer ones, down to none; and at each grain
only edges near to undercutting a price are looked at, the rest when the others are done.

Invariant: all integers; when the prices are given out, no edge at all undercuts them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.allocation.assignment.arcs import Numbers
from services.allocation.assignment.board import Board
from services.allocation.assignment.optimum import NotOptimal

COARSER = 4
"""Each grain is this many times the next."""

REACH = 10
"""Edges are looked at that miss undercutting a price by at most so many grains: measured, not exact."""


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


def potentials(graph: Residual) -> Numbers:
    """A price of each node, shape (nodes,), that no edge undercuts; the outside has price 0.

    Raises:
        NotOptimal: a cycle is negative, so the match the graph came from is no optimum.
    """
    price = np.zeros(len(graph.begin), np.int64)
    left = slack(graph, price)
    grain = -int(left.min()) // 2 if len(left) else 0
    reach = REACH * max(grain, 1)
    while True:
        undercut = np.flatnonzero(left < -grain)
        if len(undercut):
            fall = _relaxed(graph, left, undercut, grain, reach)
            price += fall
            left += fall[graph.tail] - fall[graph.head]
            reach *= COARSER
        elif grain:
            grain //= COARSER
            reach = REACH * max(grain, 1)
        else:
            price -= price[-1]
            return price


def _relaxed(graph: Residual, left: Numbers, undercut: Numbers, grain: int, reach: int) -> Numbers:
    """How far each price falls, shape (nodes,), until none of the edges within reach undercuts it by over a grain."""
    kept = np.flatnonzero(left <= reach)
    before = np.zeros(len(left) + 1, np.int64)
    before[kept + 1] = 1
    np.cumsum(before, out=before)
    begin = before[graph.begin]
    count = before[graph.end] - begin
    head, length = graph.head[kept], left[kept]
    fall, mark = np.zeros(len(begin), np.int64), np.zeros(len(begin), np.bool_)
    np.minimum.at(fall, graph.head[undercut], left[undercut])
    mark[graph.head[undercut]] = True
    for _ in range(len(begin) + 1):
        changed = mark.nonzero()[0]
        if not len(changed):
            return fall
        mark[changed] = False
        many = count[changed]
        last = many.cumsum()
        edges = np.arange(last[-1]) + (begin[changed] - last + many).repeat(many)
        offer, to = fall[changed].repeat(many) + length[edges], head[edges]
        better = (offer < fall[to] - grain).nonzero()[0]
        to = to[better]
        np.minimum.at(fall, to, offer[better])
        mark[to] = True
    raise NotOptimal("a cycle of changes would cost less")


def duals(board: Board, match: Numbers, price: Numbers) -> tuple[Numbers, Numbers]:
    """The duals (u of the rows, v of the columns) that belong to the prices."""
    v = price[: len(board.idle)]
    return board.cost[board.own_arc(match)] - v[match], v


def slack(graph: Residual, price: Numbers) -> Numbers:
    """What each edge costs beyond the prices, shape (E,), never negative."""
    return graph.weight + price[graph.tail] - price[graph.head]
