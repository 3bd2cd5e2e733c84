"""Prices beside the difference of two optimal totals; the moves are a plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from services.allocation.assignment.arcs import Arcs
from services.allocation.assignment.optimum import NotOptimal
from services.allocation.assignment.prices import Change, Move, Prices
from services.allocation.assignment.solve import UNPLACED, Solution, solve
from tests.kit.allocation.assignment import plans, problems, table


def cost_of(arcs: Arcs, owner: tuple[int, ...]) -> int | None:
    """The total of a plan, None where it is none."""
    return dict(plans(arcs)).get(owner)


def changed(solution: Solution, change: Change) -> tuple[int, ...]:
    """The plan after a change; every move starts where the row was."""
    owner = solution.owner.copy()
    for move in change.moves:
        assert solution.owner[move.row] == move.before
        owner[move.row] = move.after
    return tuple(owner.tolist())


def test_the_next_best_its_price_and_who_moves() -> None:
    arcs = table([[0, 4, None], [None, 0, 3], [9, None, 0]])
    prices = Prices(arcs, solve(arcs, seed=1))
    assert prices.next_best([0])[0] == Change(16, (Move(0, 0, 1), Move(1, 1, 2), Move(2, 2, 0)))
    assert [change.column for change in prices.of(2)] == [0]


def test_a_row_with_no_other_column_in_any_plan_has_no_next_best() -> None:
    arcs = table([[0, 4], [None, 0]])
    assert Prices(arcs, solve(arcs, seed=1)).next_best() == {0: None, 1: None}
    assert Prices(arcs, solve(arcs, seed=1)).of(0) == []


def test_an_empty_column_takes_the_row_and_one_may_be_left_unplaced() -> None:
    arcs = table([[0, 4, None], [None, 0, None]], {"r1": 2})
    prices = Prices(arcs, solve(arcs, seed=1))
    assert prices.next_best() == {
        0: Change(6, (Move(0, 0, 1), Move(1, 1, UNPLACED))),
        1: Change(2, (Move(1, 1, UNPLACED),)),
    }


@settings(max_examples=300)
@given(problems())
def test_every_price_is_the_difference_of_two_optimal_totals(arcs: Arcs) -> None:
    every = dict(plans(arcs))
    if not every:
        return
    solution = solve(arcs, seed=1)
    prices = Prices(arcs, solution)
    best = prices.next_best()
    for row in range(len(arcs.rows)):
        own = solution.owner[row]
        held: dict[int, int] = {}
        for plan, total in every.items():
            if plan[row] != own:
                held[plan[row]] = min(total, held.get(plan[row], total))
        given_prices = prices.of(row)
        assert {change.column: change.price + solution.total for change in given_prices} == held
        for change in given_prices:
            assert change.moves[0].row == row
            assert every[changed(solution, change)] == change.price + solution.total
        assert [c.price for c in given_prices] == sorted(c.price for c in given_prices)
        cheapest = best[row]
        assert (cheapest is None) == (not held)
        if cheapest is not None:
            assert cheapest.price + solution.total == min(held.values())
            assert (cheapest.price, cheapest.column) == (given_prices[0].price, given_prices[0].column)


def test_duals_that_prove_nothing_give_no_prices() -> None:
    arcs = table([[0, 4], [4, 0]])
    solution = solve(arcs, seed=1)
    with pytest.raises(NotOptimal):
        Prices(arcs, replace(solution, v=np.array([0, 9])))


def test_progress_ends_at_the_number_of_rows() -> None:
    arcs = table([[0, 4, 1], [4, 0, 1], [1, 1, 0]])
    told: list[tuple[str, int, int]] = []
    Prices(arcs, solve(arcs, seed=1)).next_best(progress=lambda *step: told.append(step))
    assert told[-1] == ("prices", 3, 3)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
