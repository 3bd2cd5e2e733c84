"""Rounding a table so that rows, columns and total still fit."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.allocation.controlled_rounding import round_table, spread

Table = tuple[tuple[Fraction, ...], ...]


def test_the_matrix_of_annex_1_from_its_margins() -> None:
    rows, columns = (340, 200, 240, 20, 20, 15, 3), (51, 787)
    found = round_table(spread(rows, columns), rows, columns)
    assert found == ((21, 319), (12, 188), (15, 225), (1, 19), (1, 19), (1, 14), (0, 3))


def test_cells_that_round_down_alone_are_lifted_where_a_margin_asks_for_it() -> None:
    third = Fraction(1, 3)
    assert round_table([[third] * 3] * 3, (1, 1, 1), (1, 1, 1)) == ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    half = Fraction(1, 2)
    assert round_table([[half, half], [half, half]], (1, 1), (1, 1)) == ((1, 0), (0, 1))


def test_whole_cells_stay_as_they_are() -> None:
    assert round_table([[Fraction(2), Fraction(0)], [Fraction(1), Fraction(4)]], (2, 5), (3, 4)) == ((2, 0), (1, 4))
    assert round_table([], (), ()) == ()


@pytest.mark.parametrize(
    ("rows", "columns", "sentence"),
    [
        ((1,), (1, 1), "rows sum to 1, columns to 2"),
        ((1, 1), (1, 1), "a table of 2 by 2 is needed"),
        ((0,), (0, 0), "less than the whole parts"),
        ((4,), (2, 2), "no table of whole parts"),
    ],
)
def test_margins_no_rounding_can_have_are_refused(
    rows: tuple[int, ...], columns: tuple[int, ...], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        round_table([[Fraction(3, 2), Fraction(1, 2)]], rows, columns)


@st.composite
def margins(draw: st.DrawFn, most: int = 12) -> tuple[list[int], list[int]]:
    rows = draw(st.lists(st.integers(0, most), min_size=1, max_size=3))
    total = sum(rows)
    cuts = sorted(draw(st.lists(st.integers(0, total), min_size=0, max_size=2)))
    return rows, [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]


@given(margins(200))
def test_margins_and_whole_parts_always_hold(both: tuple[list[int], list[int]]) -> None:
    rows, columns = both
    cells = spread(rows, columns)
    found = round_table(cells, rows, columns)
    assert [sum(row) for row in found] == rows
    assert [sum(column) for column in zip(*found, strict=True)] == columns
    assert all(0 <= n - cell.__floor__() <= (cell.denominator > 1) for cell, n in flat(cells, found))


@settings(max_examples=60)
@given(margins())
def test_no_other_table_serves_larger_remainders(both: tuple[list[int], list[int]]) -> None:
    rows, columns = both
    cells = spread(rows, columns)
    found = round_table(cells, rows, columns)
    assert served(cells, found) == max(served(cells, table) for table in tables(cells, rows, columns))


def flat(cells: Table, table: tuple[tuple[int, ...], ...]) -> list[tuple[Fraction, int]]:
    return [pair for row, numbers in zip(cells, table, strict=True) for pair in zip(row, numbers, strict=True)]


def served(cells: Table, table: tuple[tuple[int, ...], ...]) -> Fraction:
    """The sum of the remainders that were rounded up."""
    return sum((cell - cell.__floor__() for cell, n in flat(cells, table) if n > cell), Fraction())


def tables(cells: Table, rows: list[int], columns: list[int]) -> list[tuple[tuple[int, ...], ...]]:
    """Every rounding that has the margins, row by row."""
    choices = [
        [row for row in product(*({c.__floor__(), c.__ceil__()} for c in line)) if sum(row) == total]
        for line, total in zip(cells, rows, strict=True)
    ]
    return [t for t in product(*choices) if [sum(column) for column in zip(*t, strict=True)] == columns]
