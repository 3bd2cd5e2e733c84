"""The checker believes no proof that is wrong anywhere."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import services.allocation.assignment.checker as checker
from services.allocation.assignment.arcs import Arcs
from services.allocation.assignment.checker import Certificate, CertificateFalse, check
from services.allocation.assignment.solve import UNPLACED, solve
from tests.kit.allocation.assignment import plans, problems, table

ARCS = table([[4, 1, 3, 9], [2, 0, 5, 9], [3, 2, 2, 9]], {"r0": 20})


def test_what_was_proven() -> None:
    right = solve(ARCS, seed=1)
    found = check(ARCS, right.owner, right.u, right.v)
    assert found == Certificate(5, 5, 0, 0, 3, 3, ARCS.digest())


@given(problems(), st.data())
def test_a_dual_changed_in_one_place_is_refused(arcs: Arcs, data: st.DataObject) -> None:
    if not any(True for _ in plans(arcs)):
        return
    right = solve(arcs, seed=1)
    u, v = right.u.copy(), right.v.copy()
    one = data.draw(st.sampled_from([u, v]))
    one[data.draw(st.integers(0, len(one) - 1))] += data.draw(st.integers(-9, 9).filter(bool))
    with pytest.raises(CertificateFalse):
        check(arcs, right.owner, u, v)


@given(problems())
def test_a_dearer_plan_is_refused_with_the_duals_of_the_best(arcs: Arcs) -> None:
    every = dict(plans(arcs))
    if not every:
        return
    right = solve(arcs, seed=1)
    for plan, total in every.items():
        if total == right.total:
            assert check(arcs, np.array(plan), right.u, right.v).gap == 0
        else:
            with pytest.raises(CertificateFalse):
                check(arcs, np.array(plan), right.u, right.v)


@pytest.mark.parametrize(
    ("owner", "u", "v", "why"),
    [
        ([1, 0], [0, 0, 0], [0] * 4, "number"),
        ([1, 0, 7], [0, 0, 0], [0] * 4, "no such column"),
        ([1, 1, 2], [0, 0, 0], [0] * 4, "given twice: r1 -> c1"),
        ([1, UNPLACED, 2], [0, 0, 0], [0] * 4, "must be placed: r1"),
        ([1, 0, 2], [2, 0, 0], [0] * 4, "below 0: r0 -> c1"),
        ([1, 0, 2], [21, -99, -99], [-30] * 4, "cheaper unplaced: r0"),
        ([1, 0, 2], [0, 0, 0], [0, 0, 0, 1], "above 0:  -> c3"),
        ([1, 0, 2], [0, 0, 0], [0] * 4, "not the bound 0: r0 -> c1"),
        ([1, 0, 2], [1, 2, 2], [0, -2, 0, -1], "not the bound"),
        ([UNPLACED, 0, 2], [1, 0, 2], [0] * 4, "not the bound"),
    ],
)
def test_the_place_is_named(owner: list[int], u: list[int], v: list[int], why: str) -> None:
    with pytest.raises(CertificateFalse, match=why):
        check(ARCS, np.array(owner), np.array(u), np.array(v))


def test_a_pair_without_an_arc_is_named() -> None:
    arcs = table([[1, None], [1, 1]])
    with pytest.raises(CertificateFalse, match="no such arc: r0 -> c1"):
        check(arcs, np.array([1, 0]), np.zeros(2, np.int64), np.zeros(2, np.int64))


def test_it_shares_no_code_with_the_solver() -> None:
    tree = ast.parse(Path(checker.__file__).read_text(encoding="utf-8"))
    known = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    known |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert known == {"__future__", "dataclasses", "numpy", "services.allocation.assignment.arcs"}
