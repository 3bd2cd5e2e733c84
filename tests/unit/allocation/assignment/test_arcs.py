"""A problem has one order and one digest, whatever the order in which it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.allocation.assignment.arcs import MUST, Arcs, ArcsRefused
from tests.kit.allocation.assignment import problems, shuffled, table


def test_rows_columns_and_arcs_come_in_their_order() -> None:
    arcs = Arcs.of(["b", "a"], ["y", "x"], [("b", "x", 3), ("a", "y", 2), ("a", "x", 1)], {"b": 9})
    assert arcs.rows == ("a", "b")
    assert arcs.columns == ("x", "y")
    assert arcs.row_of.tolist() == [0, 0, 1]
    assert arcs.column_of.tolist() == [0, 1, 0]
    assert arcs.cost.tolist() == [1, 2, 3]
    assert arcs.first.tolist() == [0, 2, 3]
    assert arcs.unplaced.tolist() == [MUST, 9]
    with pytest.raises(ValueError, match="read-only"):
        arcs.cost[0] = 0


@given(problems(), st.integers(0, 9))
def test_order_of_input_leaves_no_trace(arcs: Arcs, seed: int) -> None:
    again = shuffled(arcs, seed)
    assert again.digest() == arcs.digest()
    assert (again.rows, again.columns) == (arcs.rows, arcs.columns)
    for name in ("row_of", "column_of", "cost", "unplaced"):
        assert getattr(again, name).tolist() == getattr(arcs, name).tolist()


def test_each_part_of_the_input_is_in_the_digest() -> None:
    whole = [("a", "x", 1), ("a", "y", 2)]
    others = [
        Arcs.of("ab", "xy", whole, {"a": 3, "b": 3}),
        Arcs.of("ac", "xy", whole, {"a": 3, "c": 3}),
        Arcs.of("ab", "xyz", whole, {"a": 3, "b": 3}),
        Arcs.of("ab", "xy", [("a", "x", 1), ("a", "y", 3)], {"a": 3, "b": 3}),
        Arcs.of("ab", "xy", [("b", "x", 1), ("a", "y", 2)], {"a": 3, "b": 3}),
        Arcs.of("ab", "xy", whole, {"a": 3, "b": 4}),
        Arcs.of("ab", "xy", whole, {"b": 3}),
        Arcs.of("ab", "xy", [("a", "x", 1), ("a", "y", 2 + 2**16)], {"a": 3, "b": 3}),
    ]
    assert len({arcs.digest() for arcs in others}) == len(others)


def test_the_digest_does_not_change_with_releases() -> None:
    arcs = table([[4, None], [1, 2]])
    assert arcs.digest() == "63a9ae93d52b3c91616cedf6c8ee1ae17230b8608174708ceab8970a0c2b9301"


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Arcs.of("aa", "x", []), "row stands twice"),
        (lambda: Arcs.of("a", "xx", []), "column stands twice"),
        (lambda: Arcs.of("a", "x", [("b", "x", 1)]), "no such row or column: b"),
        (lambda: Arcs.of("a", "x", [("a", "y", 1)]), "no such row or column: y"),
        (lambda: Arcs.of("a", "x", [], {"b": 1}), "no such row or column: b"),
        (lambda: Arcs.of("a", "x", [("a", "x", 1), ("a", "x", 2)]), "pair given twice: a, x"),
        (lambda: Arcs.of("a", "xy", [("a", "x", 2**60), ("a", "y", 2**60)]), "too large"),
        (lambda: Arcs.of("a", "x", [("a", "x", cast(int, 1.5))]), "no integer"),
        (lambda: Arcs.of("a", "x", [("a", "x", 2**64)]), "no integer of 64 bits"),
        (lambda: Arcs.from_arrays("a", "x", np.array([0]), np.array([0]), np.array([1.5])), "no integers"),
        (lambda: Arcs.from_arrays("a", "x", np.array([0]), np.array([1]), np.array([1])), "beyond"),
        (lambda: Arcs.from_arrays("a", "x", np.array([0]), np.array([0]), np.array([1, 2])), "unequal"),
    ],
)  # fmt: skip
def test_what_is_no_problem_is_refused(make: Callable[[], Arcs], why: str) -> None:
    with pytest.raises(ArcsRefused, match=why):
        make()
