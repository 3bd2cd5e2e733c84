"""Impossible problems with a known number of waivers, and small ones beside every set of waivers."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.allocation.assignment.arcs import Arcs, ArcsRefused
from services.allocation.assignment.checker import check
from services.allocation.assignment.solve import Infeasible, solve
from services.allocation.assignment.waivers import Blocked, Want, remedy, wants
from tests.kit.allocation.assignment import optional, plans, problems, shuffled, table, triples

KIND, TIER = "kind_differs", "foreign_tier"


def test_two_rows_want_one_column_and_one_waiver_helps() -> None:
    arcs = table([[1, None, None], [2, None, None], [None, 3, 3]])
    blocked = [Blocked("r0", "c1", 50, (KIND,)), Blocked("r1", "c1", 9, (KIND, TIER)), Blocked("r2", "c0", 0, (TIER,))]
    found = remedy(arcs, blocked, seed=1)
    assert found.waivers == (blocked[1],)
    assert found.stranded == ()
    assert found.solution.owner.tolist() == [0, 1, 2]
    assert found.wants == (Want(("r0", "r1"), ("c0",), 1, ((KIND, 2), (TIER, 1))),)


def test_a_problem_that_has_a_plan_needs_no_waiver() -> None:
    found = remedy(table([[9, None], [None, 9]]), [Blocked("r0", "c1", 0, (KIND,))], seed=1)
    assert (found.waivers, found.stranded, found.wants) == ((), (), ())


def test_a_row_that_no_waiver_helps_is_stranded_and_named() -> None:
    arcs = table([[1, None], [2, None], [3, None]])
    found = remedy(arcs, [Blocked("r2", "c1", 0, (KIND,))], seed=1)
    assert [w.row for w in found.waivers] == ["r2"]
    assert found.stranded == ("r1",)
    assert found.wants[0].short == 2


def test_separate_shortages_are_separate_wants() -> None:
    arcs = table([[1, None, None], [2, None, None], [None, 3, None], [None, 3, None], [None, 3, None]])
    assert [(w.rows, w.columns, w.short) for w in wants(arcs)] == [
        (("r2", "r3", "r4"), ("c1",), 2),
        (("r0", "r1"), ("c0",), 1),
    ]


def test_an_optional_row_wants_nothing() -> None:
    arcs = table([[1], [2]], {"r1": 5})
    assert wants(arcs) == ()
    assert remedy(arcs, [], seed=1).stranded == ()


@settings(max_examples=200)
@given(problems(most=4), st.data())
def test_the_number_is_the_least_of_all_sets_of_waivers(arcs: Arcs, data: st.DataObject) -> None:
    allowed = {(arcs.rows[r], arcs.columns[c]) for r, c in zip(arcs.row_of, arcs.column_of, strict=True)}
    missing = [(r, c) for r in arcs.rows for c in arcs.columns if (r, c) not in allowed]
    chosen = data.draw(st.lists(st.sampled_from(missing), unique=True, max_size=6)) if missing else []
    blocked = [Blocked(r, c, data.draw(st.integers(0, 5)), (KIND,)) for r, c in chosen]
    found = remedy(arcs, blocked, seed=1)
    check(found.arcs, found.solution.owner, found.solution.u, found.solution.v)

    def possible(some: tuple[Blocked, ...]) -> bool:
        waived = [(pair.row, pair.column, pair.cost) for pair in some]
        return any(True for _ in plans(Arcs.of(arcs.rows, arcs.columns, triples(arcs) + waived, optional(arcs))))

    every = (count for count in range(len(blocked) + 1) for some in combinations(blocked, count) if possible(some))
    least = next(every, None)
    assert bool(found.stranded) == (least is None)
    if least is not None:
        assert len(found.waivers) == least
    assert bool(found.wants) == (not any(True for _ in plans(arcs)))


@given(problems(), st.integers(0, 9))
def test_each_want_is_a_proof_and_no_order_changes_it(arcs: Arcs, seed: int) -> None:
    found = wants(arcs)
    reach = {(arcs.rows[r], arcs.columns[c]) for r, c in zip(arcs.row_of, arcs.column_of, strict=True)}
    for want in found:
        assert {column for row, column in reach if row in want.rows} == set(want.columns)
        assert want.short == len(want.rows) - len(want.columns) > 0
    assert wants(shuffled(arcs, seed)) == found


@pytest.mark.parametrize("planted", [1, 7, 23])
def test_a_planted_impossibility_needs_exactly_as_many_waivers(planted: int) -> None:
    """A group of rows has ``planted`` columns too few; the rule between it and a group with spare ones is waivable."""
    draw = np.random.default_rng(planted)
    size = 60
    names = [[f"{letter}{n:03d}" for n in range(2 * size)] for letter in "rc"]
    told, blocked = {}, {}
    for row in range(2 * size):
        narrow = row < size
        reach = range(size - planted) if narrow else range(size - planted, 2 * size)
        for column in draw.choice(np.array(reach), 8, replace=False):
            told[names[0][row], names[1][column]] = int(draw.integers(1, 99))
        if narrow:
            for column in draw.choice(np.arange(size - planted, 2 * size), 8, replace=False):
                blocked[names[0][row], names[1][column]] = Blocked(names[0][row], names[1][column], 5, (KIND,))
    for n in range(size - planted):
        told[names[0][n], names[1][n]] = 9
    for n in range(size, 2 * size):
        told[names[0][n], names[1][n]] = 9
    arcs = Arcs.of(names[0], names[1], [(r, c, cost) for (r, c), cost in told.items()])
    with pytest.raises(Infeasible):
        solve(arcs, seed=1)
    found = remedy(arcs, blocked.values(), seed=1)
    assert len(found.waivers) == planted
    assert found.stranded == ()
    assert [want.short for want in found.wants] == [planted]
    assert {waived.row for waived in found.waivers} <= set(found.wants[0].rows)


def test_a_pair_both_blocked_and_allowed_is_refused() -> None:
    with pytest.raises(ArcsRefused, match="twice: r0, c0"):
        remedy(table([[1]]), [Blocked("r0", "c0", 1, (KIND,))], seed=1)
