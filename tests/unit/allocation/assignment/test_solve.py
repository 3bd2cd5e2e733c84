"""Plans by value, and beside every plan of small problems."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from services.allocation.assignment import optimum
from services.allocation.assignment.arcs import Arcs
from services.allocation.assignment.board import Board
from services.allocation.assignment.checker import check
from services.allocation.assignment.duals import Residual, potentials
from services.allocation.assignment.optimum import Infeasible, NotOptimal, least
from services.allocation.assignment.solve import UNPLACED, solve
from services.allocation.assignment.ties import settle
from tests.kit.allocation.assignment import plans, problems, shuffled, table

SEED = 2018


def test_the_cheapest_of_all_plans() -> None:
    arcs = table([[4, 1, 3], [2, 0, 5], [3, 2, 2]])
    solution = solve(arcs, seed=SEED)
    assert solution.owner.tolist() == [1, 0, 2]
    assert solution.total == 5
    assert solution.unique
    assert int(solution.u.sum() + solution.v.sum()) == 5


@settings(max_examples=400)
@given(problems())
def test_total_certificate_and_choice_beside_every_plan(arcs: Arcs) -> None:
    every = dict(plans(arcs))
    if not every:
        with pytest.raises(Infeasible):
            solve(arcs, seed=SEED)
        return
    solution = solve(arcs, seed=SEED)
    assert solution.total == min(every.values()) == every[tuple(solution.owner.tolist())]
    assert solution.unique
    certificate = check(arcs, solution.owner, solution.u, solution.v)
    assert (certificate.gap, certificate.total, certificate.bound) == (0, solution.total, solution.total)
    assert certificate.least_reduced_cost >= 0
    assert certificate.input_hash == arcs.digest()


@settings(max_examples=100)
@given(problems(), st.integers(0, 99))
def test_shuffled_input_moves_nobody(arcs: Arcs, order: int) -> None:
    if not any(True for _ in plans(arcs)):
        return
    assert solve(shuffled(arcs, order), seed=SEED).owner.tolist() == solve(arcs, seed=SEED).owner.tolist()


@pytest.mark.parametrize("seed", range(5))
def test_each_of_the_tied_plans_is_drawn_about_as_often(seed: int) -> None:
    arcs = table([[0, 0, 0], [0, 0, 0], [0, 0, 0]])
    drawn = [tuple(solve(arcs, seed=seed * 1000 + n).owner.tolist()) for n in range(120)]
    assert set(drawn) == {plan for plan, _ in plans(arcs)}
    assert max(drawn.count(plan) for plan in set(drawn)) <= 40


def test_a_draw_with_few_values_takes_the_next_salt_until_one_plan_is_left() -> None:
    arcs = table([[0] * 4] * 4)
    board = Board.of(arcs)
    match = least(board.row_of, board.column_of, board.cost, board.rows, board.idle)
    graph = Residual.of(board, match)
    names = (arcs.rows, arcs.columns)
    chosen = [settle(board, graph, potentials(graph), match, names, seed, bits=3) for seed in range(20)]
    assert all(one.unique for one in chosen)
    assert max(one.salt for one in chosen) > 0
    none = settle(board, graph, potentials(graph), match, names, SEED, bits=0)
    assert not none.unique


def test_a_place_too_many_stays_empty_and_a_row_too_many_unplaced() -> None:
    wide = solve(table([[5, 1, 3], [1, None, 2]]), seed=SEED)
    assert (wide.owner.tolist(), wide.total) == ([1, 0], 2)
    arcs = table([[5], [3], [4]], {"r0": 100, "r1": 100, "r2": 100})
    narrow = solve(arcs, seed=SEED)
    assert (narrow.owner.tolist(), narrow.total) == ([UNPLACED, 0, UNPLACED], 203)
    assert check(arcs, narrow.owner, narrow.u, narrow.v).placed == 1


@pytest.mark.parametrize(
    "costs",
    [
        [[1, 2], [None, None]],
        [[1, None], [2, None]],
        [[1], [2]],
        [[1, None, None], [2, None, None], [1, 1, 1]],
        [[1, None, None, None], [2, None, None, None]],
    ],
)
def test_a_row_that_cannot_be_placed_is_no_plan_at_all(costs: list[list[int | None]]) -> None:
    with pytest.raises(Infeasible):
        solve(table(costs), seed=SEED)


def test_costs_beyond_the_solver_are_no_plan() -> None:
    names = [f"{n:02d}" for n in range(40)]
    dear = Arcs.of(names, names, [(name, name, 2**59 * (name == "07")) for name in names])
    with pytest.raises(NotOptimal, match="OVERFLOW"):
        solve(dear, seed=SEED)


@pytest.mark.parametrize(
    ("costs", "total"),
    [
        ([[4, None, -3], [None, None, -2], [-2, 3, None]], 5),
        ([[-2, -6, 3], [-5, 2, None], [-2, None, None]], 3),
        ([[-2, None, 3, None], [5, -2, None, None], [-3, None, -5, 4], [None, -2, None, None]], 10),
    ],
)
def test_negative_costs_that_the_solver_takes_for_impossible(costs: list[list[int | None]], total: int) -> None:
    assert solve(table(costs), seed=SEED).total == total


@settings(max_examples=300)
@given(problems(high=10**9))
def test_negative_costs_hide_no_plan(arcs: Arcs) -> None:
    if any(True for _ in plans(arcs)):
        assert solve(arcs, seed=SEED).total == min(total for _, total in plans(arcs))


def test_a_solver_that_denies_a_plan_that_exists_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Denying(SimpleLinearSumAssignment):
        def solve(self) -> object:
            return self.INFEASIBLE

    class DenyingFlow(SimpleMinCostFlow):
        def solve(self) -> object:
            return self.INFEASIBLE

    monkeypatch.setattr(optimum, "SimpleLinearSumAssignment", Denying)
    monkeypatch.setattr(optimum, "SimpleMinCostFlow", DenyingFlow)
    for costs in ([[1, 2], [2, 1]], [[1, 2, 3], [2, 1, 3]]):
        with pytest.raises(NotOptimal, match="INFEASIBLE"):
            solve(table(costs), seed=SEED)
    with pytest.raises(Infeasible):
        solve(table([[1, None, None], [1, None, None], [None, 1, 1]]), seed=SEED)


def test_a_match_that_is_no_optimum_has_no_duals() -> None:
    board = Board.of(table([[0, 1], [1, 0]]))
    with pytest.raises(NotOptimal, match="cycle"):
        potentials(Residual.of(board, np.array([1, 0])))


def test_no_rows_are_a_plan() -> None:
    solution = solve(Arcs.of([], ["c0"], []), seed=SEED)
    assert (solution.owner.tolist(), solution.total, solution.unique) == ([], 0, True)


@pytest.mark.parametrize(("size", "high"), [(60, 3), (300, 40), (300, 10**6)])
def test_total_beside_scipy(size: int, high: int) -> None:
    draw = np.random.default_rng(size + high)
    columns = np.concatenate([draw.permutation(size), draw.integers(0, size, size * 8)])
    rows = np.tile(np.arange(size), 9)
    pairs = np.unique(rows * size + columns)
    cost = draw.integers(1, high + 1, len(pairs))
    names = [[f"{letter}{n:04d}" for n in range(size)] for letter in "rc"]
    arcs = Arcs.from_arrays(names[0], names[1], pairs // size, pairs % size, cost)
    solution = solve(arcs, seed=SEED)
    sparse = csr_array((cost.astype(float), (pairs // size, pairs % size)), shape=(size, size))
    assert solution.total == sparse[min_weight_full_bipartite_matching(sparse)].sum()
    check(arcs, solution.owner, solution.u, solution.v)
    for order in range(3):
        assert solve(shuffled(arcs, order), seed=SEED).owner.tolist() == solution.owner.tolist()


def test_the_plan_of_a_seed_does_not_change_with_releases() -> None:
    arcs = table([[0, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]])
    assert [solve(arcs, seed=n).owner.tolist() for n in (1, 2, 3)] == [[3, 1, 2, 0], [0, 2, 1, 3], [3, 1, 2, 0]]


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    solve(table([[1]]), seed=SEED, progress=lambda *step: told.append(step))
    assert told == [("optimum", 0, 3), ("duals", 1, 3), ("ties", 2, 3), ("ties", 3, 3)]
