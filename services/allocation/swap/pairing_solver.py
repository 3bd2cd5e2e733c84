"""The best pairing of a round, exactly: which rings are taken so that the total weight is greatest.

A set packing over the rings that may be: each area in at most one, at most so many areas of a level. HiGHS solves it
with no gap, and its answer counts only where solver and integers agree. Among pairings of the same total the one is
taken in which the first area by code has its first partner by code, then the second area, and so on: it is unique, so
it does not depend on the order in which anything comes.

The bound is what rings of any length could reach, an assignment of each area to the one it sends to (Kuhn 1955).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, linprog, milp
from scipy.sparse import csc_array

from services.allocation.swap.pairing import Alone, NotProven, Pairing, Ring, TooManyRings, Wishes, rings, why_none

LARGEST = 10_000
"""Rings up to which a proposal is worked out while somebody waits."""

_SLACK = 1e-6
_INFEASIBLE = 2


def pair(known: Wishes, longest: int = 2) -> Pairing:
    """The best pairing with rings of up to ``longest`` areas.

    Raises:
        NotProven: where the solver does not prove an optimum.
        TooManyRings: where there are more than ``LARGEST`` rings.
    """
    packing = _Packing(known, rings(known, longest))
    highest = bound(known)
    taken = packing.best(twins=True)
    if packing.total(taken) < highest:
        taken = packing.best()
    taken = packing.first(taken)
    return Pairing(
        tuple(packing.rings[at] for at in taken),
        packing.total(taken),
        highest,
        tuple(packing.alone(area, taken) for area in packing.without(taken)),
    )


def best_total(known: Wishes, longest: int = 2) -> int:
    """The greatest total alone; raises as ``pair`` does."""
    packing = _Packing(known, rings(known, longest))
    return packing.total(packing.best())


def bound(known: Wishes) -> int:
    """What rings of any length could reach at most: each area sends to one and receives from one, or stays out."""
    areas = known.areas
    if not areas:
        return 0
    weight = np.zeros((len(areas), len(areas)), dtype=np.int64)
    for row, sender in enumerate(areas):
        for column, host in enumerate(areas):
            if row != column:
                parts = known.parts(sender, host)
                weight[row, column] = -1 if isinstance(parts, str) else sum(parts.values())
    # What may not be costs more than everything else could bring, while to stay out, one's own cell, is free.
    weight[weight < 0] = -1 - weight.clip(min=0).sum()
    return int(weight[linear_sum_assignment(weight, maximize=True)].sum())


class _Packing:
    """The packing of one question: a column a ring, a row an area, a row a level that has a limit."""

    def __init__(self, known: Wishes, found: Sequence[Ring]) -> None:
        if len(found) > LARGEST:
            raise TooManyRings(len(found), LARGEST)
        self.known = known
        self.rings = tuple(found)
        self.weights = np.array([ring.weight for ring in found], dtype=np.int64)
        self.sizes = np.array([len(ring.areas) for ring in found], dtype=np.int64)
        row_of = {area: row for row, area in enumerate(known.areas)}
        self.of: dict[str, list[int]] = {area: [] for area in known.areas}
        rows, columns, values = [], [], []
        for column, ring in enumerate(found):
            for area in ring.areas:
                self.of[area].append(column)
                rows.append(row_of[area])
                columns.append(column)
                values.append(1)
        most = [1] * len(row_of)
        for digits, room in sorted(known.room.items()):
            of_level = [(c, len(ring.areas)) for c, ring in enumerate(found) if len(ring.areas[0]) == digits]
            rows += [len(most)] * len(of_level)
            columns += [column for column, _ in of_level]
            values += [size for _, size in of_level]
            most.append(room)
        self.matrix = csc_array((values, (rows, columns)), shape=(len(most), len(found)), dtype=np.int64)
        self.most = np.array(most, dtype=np.int64)

    def best(
        self, held: Sequence[int] = (), shut: Iterable[int] = (), forced: str | None = None, *, twins: bool = False
    ) -> list[int]:
        """A choice of the greatest total that has the columns ``held``, none of ``shut``, and ``forced`` in a ring.

        With ``twins`` no longer ring is looked at besides. None there, as ``forced`` or ``held`` may have it, is an
        empty choice.
        """
        chosen = list(held)
        left = self.most - self.matrix[:, chosen].sum(axis=1)
        open_ = self.matrix[: len(self.of)].T @ (left[: len(self.of)] < 1) == 0
        open_[list(shut)] = False
        if twins:
            open_ &= self.sizes == 2
        if forced is not None:
            mine = np.zeros(len(self.rings), dtype=bool)
            mine[self.of[forced]] = True
            if not np.any(mine & open_):
                return []
        if left.min(initial=0) < 0:
            return []
        active = np.flatnonzero(open_)
        must = np.isin(active, self.of[forced]) if forced is not None else None
        return sorted([*chosen, *self._solve(active, left, must)]) if active.size else chosen

    def total(self, taken: Sequence[int]) -> int:
        """The weight of a choice."""
        return int(self.weights[list(taken)].sum())

    def first(self, taken: Sequence[int]) -> list[int]:
        """Of all choices with the total of ``taken`` the one in which areas, in order, have the earliest ring they can.

        A column is tried by holding it: where the total stays, it is held for good, else it is shut.
        """
        best, total = list(taken), self.total(taken)
        held: list[int] = []
        shut = self._beyond(total)
        settled: set[str] = set()
        for area in self.known.areas:
            if area in settled:
                continue
            for column in sorted(self.of[area], key=lambda c: self._after(c, area)):
                if column in shut or settled.intersection(self.rings[column].areas):
                    continue
                if column not in best:
                    tried = self._reaching(total, [*held, column], shut)
                    if not tried:
                        shut.add(column)
                        continue
                    best = tried
                held.append(column)
                settled.update(self.rings[column].areas)
                break
        return sorted(held)

    def _reaching(self, total: int, held: Sequence[int], shut: Iterable[int]) -> list[int]:
        """A choice of that total with ``held`` and none of ``shut``, empty where there is none.

        Twins alone reach it as a rule where there are many equal ones, and are soon looked through.
        """
        for twins in (True, False) if self.sizes.max(initial=2) > 2 else (False,):
            tried = self.best(held, shut, twins=twins)
            if tried and self.total(tried) == total:
                return tried
        return []

    def _beyond(self, total: int) -> set[int]:
        """Columns no best choice holds: those whose reduced cost in the relaxation is beyond its gap to ``total``."""
        if not self.rings:
            return set()
        relaxed = linprog(-self.weights, A_ub=self.matrix, b_ub=self.most, bounds=(0, None), method="highs-ds")
        if relaxed.status != 0:
            raise NotProven(str(relaxed.message))
        gap = -relaxed.fun - total
        reduced = -self.weights - self.matrix.T @ relaxed.ineqlin.marginals
        return {int(column) for column in np.flatnonzero(reduced > gap + _SLACK)}

    def without(self, taken: Sequence[int]) -> list[str]:
        """The areas no chosen ring holds."""
        held = {area for column in taken for area in self.rings[column].areas}
        return [area for area in self.known.areas if area not in held]

    def alone(self, area: str, taken: Sequence[int]) -> Alone:
        """Why ``area`` has no partner, and the price of giving it one."""
        reasons = dict(why_none(self.known, area))
        choice = self.best(forced=area) if self.of[area] else []
        own = next((self.rings[column].areas for column in choice if area in self.rings[column].areas), None)
        if own is None:
            return Alone(area, reasons)
        displaced = sorted(set(self.without(choice)) - set(self.without(taken)))
        return Alone(area, reasons, self.total(taken) - self.total(choice), own, tuple(displaced))

    def _after(self, column: int, area: str) -> tuple[str, ...]:
        areas = self.rings[column].areas
        at = areas.index(area)
        return (*areas[at + 1 :], *areas[:at])

    def _solve(self, active: NDArray[np.int64], left: NDArray[np.int64], must: NDArray[np.bool_] | None) -> list[int]:
        """The columns of the greatest weight among ``active``, within ``left`` of each row, one of those that ``must``.

        The answer is rounded and held against the rows in integers.
        """
        rows, weights = self.matrix[:, active], self.weights[active]
        limits = [LinearConstraint(rows, -np.inf, left)]
        if must is not None:
            limits.append(LinearConstraint(must.astype(float), 1, 1))
        answer = milp(
            -weights, integrality=np.ones(active.size), bounds=Bounds(0, 1), constraints=limits,
            options={"mip_rel_gap": 0},
        )  # fmt: skip
        if answer.status == _INFEASIBLE:
            return []
        if answer.status != 0 or answer.x is None:
            raise NotProven(str(answer.message))
        chosen = np.rint(answer.x).astype(np.int64)
        # Weights are whole numbers: a bound less than one away from the total leaves nothing better.
        if np.any(rows @ chosen > left) or -answer.mip_dual_bound - weights @ chosen >= 1 - _SLACK:
            raise NotProven("the integers of the answer do not keep what the solver says of them")
        return [int(column) for column in active[np.flatnonzero(chosen)]]
