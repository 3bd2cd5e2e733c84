"""Lower bounds beside every plan of small problems."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.allocation.assignment.arcs import Arcs
from services.allocation.assignment.lower_bounds import LowerBound, solve_bounded
from services.allocation.assignment.solve import UNPLACED, Infeasible, NotOptimal, solve
from tests.kit.allocation.assignment import plans, problems, table


def kept(arcs: Arcs, plan: tuple[int, ...], lower: LowerBound) -> int:
    """How many rows of the lower bound a plan places where it counts them."""
    return sum(
        arcs.rows[row] in lower.rows and (lower.columns is None or arcs.columns[column] in lower.columns)
        for row, column in enumerate(plan)
        if column >= 0
    )


def test_a_lower_bound_places_the_dearer_of_two() -> None:
    arcs = table([[1], [5]], {"r0": 100, "r1": 100})
    assert solve_bounded(arcs, []).owner.tolist() == [0, UNPLACED]
    found = solve_bounded(arcs, [LowerBound("women", frozenset({"r1"}), 1)])
    assert (found.owner.tolist(), found.total, found.bound) == ([UNPLACED, 0], 105, 105)
    assert found.met == (("women", 1),)
    assert found.certified_by == "milp bound"


def test_a_lower_bound_may_count_some_columns_only() -> None:
    arcs = table([[1, 9], [1, 9]])
    found = solve_bounded(arcs, [LowerBound("minorities", frozenset({"r0"}), 1, frozenset({"c1"}))])
    assert (found.owner.tolist(), found.total) == ([1, 0], 10)


def test_lower_bounds_that_nothing_can_keep_are_no_plan() -> None:
    with pytest.raises(Infeasible):
        solve_bounded(table([[1], [1]], {"r0": 1, "r1": 1}), [LowerBound("a", frozenset({"r0", "r1"}), 2)])
    with pytest.raises(Infeasible):
        solve_bounded(Arcs.of(["r0"], ["c0"], []), [])


def test_without_rows_a_lower_bound_of_zero_alone_is_kept() -> None:
    assert solve_bounded(Arcs.of([], [], []), [LowerBound("a", frozenset(), 0)]).met == (("a", 0),)
    with pytest.raises(Infeasible):
        solve_bounded(Arcs.of([], [], []), [LowerBound("a", frozenset(), 1)])


def test_costs_beyond_doubles_are_no_plan() -> None:
    with pytest.raises(NotOptimal):
        solve_bounded(table([[2**51]]), [])


@settings(max_examples=100)
@given(problems(), st.data())
def test_the_least_total_of_the_plans_that_keep_the_lower_bounds(arcs: Arcs, data: st.DataObject) -> None:
    lower_bounds = [
        LowerBound(
            name,
            frozenset(data.draw(st.sets(st.sampled_from(arcs.rows)))),
            data.draw(st.integers(0, 3)),
            data.draw(st.none() | st.sets(st.sampled_from(arcs.columns)).map(frozenset)),
        )
        for name in data.draw(st.sampled_from(["", "a", "ab"]))
    ]
    every = {p: cost for p, cost in plans(arcs) if all(kept(arcs, p, lower) >= lower.least for lower in lower_bounds)}
    if not every:
        with pytest.raises(Infeasible):
            solve_bounded(arcs, lower_bounds)
        return
    found = solve_bounded(arcs, lower_bounds)
    assert found.total == found.bound == min(every.values()) == every[tuple(found.owner.tolist())]
    assert found.met == tuple((lower.name, kept(arcs, tuple(found.owner.tolist()), lower)) for lower in lower_bounds)


def test_without_lower_bounds_it_agrees_with_the_exact_solve() -> None:
    draw = np.random.default_rng(5)
    size = 120
    names = [[f"{letter}{n:03d}" for n in range(size)] for letter in "rc"]
    pairs = np.unique(np.concatenate([np.arange(size) * (size + 1), draw.integers(0, size * size, size * 7)]))
    arcs = Arcs.from_arrays(names[0], names[1], pairs // size, pairs % size, draw.integers(0, 1000, len(pairs)))
    assert solve_bounded(arcs, []).total == solve(arcs, seed=1).total
    half = frozenset(names[0][::2])
    some = solve_bounded(arcs, [LowerBound("half", half, 30, frozenset(names[1][:50]))])
    assert some.met[0][1] >= 30
    assert some.total >= solve(arcs, seed=1).total
