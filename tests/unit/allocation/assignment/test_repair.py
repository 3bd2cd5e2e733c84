"""Repairs beside every plan of small problems, and what a recall does to a larger one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.allocation.assignment.arcs import Arcs
from services.allocation.assignment.checker import check
from services.allocation.assignment.repair import Repaired, repair
from services.allocation.assignment.solve import Infeasible, solve
from tests.kit.allocation.assignment import plans, problems, shuffled, table

TOLERANCE = (25, 10_000)


def certified(found: Repaired) -> Repaired:
    """The result, after its proof and its figures have been checked."""
    check(found.weighed, found.solution.owner, found.solution.u, found.solution.v)
    assert found.owner.tolist() == found.solution.owner.tolist()
    assert found.solution.total == found.cost_weight * found.total + found.move_weight * len(found.moves)
    return found


def test_nobody_moves_for_a_gain_within_the_tolerance() -> None:
    arcs = table([[1001, 1000], [1000, 1000]])
    found = certified(repair(arcs, {"r0": "c0", "r1": "c1"}, seed=1, tolerance=TOLERANCE))
    assert (found.moves, found.total, found.optimum, found.plain_moves) == ((), 2001, 2000, 2)
    exact = certified(repair(arcs, {"r0": "c0", "r1": "c1"}, seed=1, tolerance=(0, 1)))
    assert (exact.moves, exact.total) == ((0, 1), 2000)


def test_a_row_arrives_where_another_must_give_way() -> None:
    arcs = table([[0, 5, None], [None, 0, 7], [3, None, None]])
    found = certified(repair(arcs, {"r0": "c0", "r1": "c1", "gone": "c2"}, seed=1, tolerance=TOLERANCE))
    assert found.owner.tolist() == [1, 2, 0]
    assert (found.moves, found.total) == ((0, 1), 15)


def test_a_column_that_is_no_longer_allowed_is_no_move_of_choice() -> None:
    arcs = table([[None, 1], [1, 1]])
    found = certified(repair(arcs, {"r0": "c0", "r1": "c1"}, seed=1, tolerance=TOLERANCE))
    assert found.owner.tolist() == [1, 0]
    assert found.moves == (1,)


@settings(max_examples=200)
@given(problems(), st.data())
def test_the_ends_of_the_curve_beside_every_plan(arcs: Arcs, data: st.DataObject) -> None:
    every = dict(plans(arcs))
    if not every:
        with pytest.raises(Infeasible):
            repair(arcs, {}, seed=1, tolerance=TOLERANCE)
        return
    columns = {row: int(column) for row, column in enumerate(data.draw(st.sampled_from(sorted(every)))) if column >= 0}
    former = {arcs.rows[row]: arcs.columns[column] for row, column in columns.items()}

    def moved(plan: tuple[int, ...]) -> int:
        return sum(plan[row] != column for row, column in columns.items())

    least = min(every.values())
    exact = certified(repair(arcs, former, seed=1, tolerance=(0, 1)))
    assert exact.total == exact.optimum == least == every[tuple(exact.owner.tolist())]
    assert len(exact.moves) == exact.plain_moves == min(moved(p) for p, total in every.items() if total == least)
    boundless = certified(repair(arcs, former, seed=1, tolerance=(10**6, 1)))
    if least:
        assert boundless.moves == ()
    some = certified(repair(arcs, former, seed=1, tolerance=(1, 2)))
    assert some.total <= least + abs(least) // 2
    assert len(some.moves) == moved(tuple(some.owner.tolist()))
    assert len(some.moves) == min(moved(p) for p, total in every.items() if total <= some.total)


@pytest.mark.parametrize("recalled", [1, 5, 20])
def test_a_recall_moves_few_at_hardly_any_cost(recalled: int) -> None:
    draw = np.random.default_rng(recalled)
    size, each = 400, 12
    rows = np.repeat(np.arange(size), each)
    columns = np.concatenate([np.append(draw.choice(size, each - 1, replace=False), n) for n in range(size)])
    pairs = np.unique(rows * size + columns)
    cost = draw.integers(1000, 2000, len(pairs))
    names = [[f"{letter}{n:03d}" for n in range(size)] for letter in "rc"]
    arcs = Arcs.from_arrays(names[0], names[1], pairs // size, pairs % size, cost)
    before = solve(arcs, seed=1)
    former = {arcs.rows[row]: arcs.columns[column] for row, column in enumerate(before.owner)}
    gone = set(draw.choice(size, recalled, replace=False).tolist())
    kept = [n for n in range(size) if n not in gone]
    stays = np.isin(arcs.row_of, kept)
    again = np.cumsum([n not in gone for n in range(size)]) - 1
    own = [names[0][n] for n in kept]
    staying = again[arcs.row_of[stays]], arcs.column_of[stays], arcs.cost[stays]
    left = Arcs.from_arrays(own, names[1], *staying)
    found = certified(repair(left, former, seed=1, tolerance=TOLERANCE))
    assert found.optimum == solve(left, seed=1).total
    assert (found.total - found.optimum) * 10_000 <= 25 * found.optimum
    assert len(found.moves) < found.plain_moves or found.plain_moves == 0
    assert repair(shuffled(left, 3), former, seed=1, tolerance=TOLERANCE).owner.tolist() == found.owner.tolist()
