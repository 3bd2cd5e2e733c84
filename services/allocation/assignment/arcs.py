"""The input of an assignment in its one order: rows and columns by id, arcs by row and then by column.

Invariant: whatever the order in which rows, columns and arcs are given, equal problems have equal arrays and therefore
the same digest. No pair stands twice; every arc joins a known row to a known column.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import index

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

MUST = int(np.iinfo(np.int64).max)
"""What leaving a row unplaced costs where it must be placed."""

LARGEST = 2**60
"""The sum of the absolute costs stays below this, so no total of a plan can overflow."""


class ArcsRefused(ValueError):
    """No assignment problem: an id twice, an unknown id, a pair twice, costs that are fractions or too large."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """A problem of R rows, C columns and A arcs; all arrays are read-only int64.

    ``row_of``, ``column_of`` and ``cost`` have shape (A,): indices into ``rows`` and ``columns``, and the cost of the
    pair. ``unplaced`` has shape (R,): what it costs to leave the row without a column, or ``MUST``.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_of: Numbers
    column_of: Numbers
    cost: Numbers
    unplaced: Numbers

    @classmethod
    def of(
        cls,
        rows: Iterable[str],
        columns: Iterable[str],
        arcs: Iterable[tuple[str, str, int]],
        unplaced: Mapping[str, int] | None = None,
    ) -> Arcs:
        """The problem of arcs given as (row id, column id, cost); rows not in ``unplaced`` must be placed.

        Raises:
            ArcsRefused: see there.
        """
        own, others, given = list(rows), list(columns), list(arcs)
        row_at, column_at = _places(own, "row"), _places(others, "column")
        penalty = unplaced or {}
        try:
            tails = np.fromiter((row_at[r] for r, _, _ in given), np.int64, len(given))
            heads = np.fromiter((column_at[c] for _, c, _ in given), np.int64, len(given))
            for row in penalty:
                row_at[row]
        except KeyError as unknown:
            raise ArcsRefused(f"no such row or column: {unknown.args[0]}") from unknown
        try:
            costs = np.fromiter((index(cost) for _, _, cost in given), np.int64, len(given))
            left = np.fromiter((index(penalty.get(row, MUST)) for row in own), np.int64, len(own))
        except (TypeError, OverflowError) as unfit:
            raise ArcsRefused(f"a cost that is no integer of 64 bits: {unfit}") from unfit
        return cls.from_arrays(own, others, tails, heads, costs, left)

    @classmethod
    def from_arrays(
        cls,
        rows: Sequence[str],
        columns: Sequence[str],
        row_of: Numbers,
        column_of: Numbers,
        cost: Numbers,
        unplaced: Numbers | None = None,
    ) -> Arcs:
        """The problem of arcs given as indices into ``rows`` and ``columns``, in any order; the fast way in.

        Raises:
            ArcsRefused: see there.
        """
        left = np.full(len(rows), MUST, np.int64) if unplaced is None else unplaced
        if not len(row_of) == len(column_of) == len(cost) or len(left) != len(rows):
            raise ArcsRefused("arrays of unequal lengths")
        if any(array.dtype.kind != "i" for array in (row_of, column_of, cost, left)):
            raise ArcsRefused("numbers that are no integers")
        for places, size in ((row_of, len(rows)), (column_of, len(columns))):
            if len(places) and not 0 <= places.min() <= places.max() < size:
                raise ArcsRefused("an index beyond the rows or columns")
        if float(np.abs(cost, dtype=np.float64).sum() + np.abs(left[left != MUST], dtype=np.float64).sum()) > LARGEST:
            raise ArcsRefused("costs too large to be added")
        own, row_place = _sorted(rows, "row")
        others, column_place = _sorted(columns, "column")
        key = row_place[row_of] * max(len(others), 1) + column_place[column_of]
        order = np.argsort(key)
        key = key[order]
        if twice := np.flatnonzero(key[1:] == key[:-1])[:1].tolist():
            at = order[twice[0]]
            raise ArcsRefused(f"pair given twice: {rows[row_of[at]]}, {columns[column_of[at]]}")
        placed = np.empty_like(left)
        placed[row_place] = left
        arrays = row_place[row_of[order]], column_place[column_of[order]], cost[order].astype(np.int64), placed
        for array in arrays:
            array.setflags(write=False)
        return cls(own, others, *arrays)

    @cached_property
    def first(self) -> Numbers:
        """Where each row's arcs begin, and at the end how many arcs there are: shape (R + 1,)."""
        return np.searchsorted(self.row_of, np.arange(len(self.rows) + 1))

    @cached_property
    def _hash(self) -> str:
        known = hashlib.sha256()
        for ids in (self.rows, self.columns):
            text = "".join(f"{len(name)}:{name}" for name in ids).encode()
            known.update(b"%d %d " % (len(ids), len(text)))
            known.update(text)
        for array in (self.first, self.column_of, self.cost, self.unplaced):
            known.update(_packed(array))
        return known.hexdigest()

    def digest(self) -> str:
        """SHA-256 over the canonical bytes, in hex: the input hash of a plan."""
        return self._hash


def _packed(array: Numbers) -> bytes:
    """The numbers in the fewest bytes that hold each of them, least first, after that number of bytes."""
    low, high = (int(array.min()), int(array.max())) if len(array) else (0, 0)
    width = next(w for w in (1, 2, 4, 8) if -(2 ** (8 * w - 1)) <= low and high < 2 ** (8 * w - 1))
    return b"%d " % width + array.astype(f"<i{width}").tobytes()


def _places(ids: Sequence[str], what: str) -> dict[str, int]:
    found = {name: at for at, name in enumerate(ids)}
    if len(found) != len(ids):
        raise ArcsRefused(f"a {what} stands twice")
    return found


def _sorted(ids: Sequence[str], what: str) -> tuple[tuple[str, ...], Numbers]:
    """The ids in their order, and the place of each as given: shape (len(ids),)."""
    order = sorted(range(len(ids)), key=ids.__getitem__)
    own = tuple(ids[at] for at in order)
    if len(set(own)) != len(own):
        raise ArcsRefused(f"a {what} stands twice")
    place = np.empty(len(ids), np.int64)
    place[order] = np.arange(len(ids))
    return own, place
