"""The arcs of a situation: every pair no hard rule forbids, with the measures of its cost, and what each rule removed.

Invariant: the arcs follow from the situation alone, and an arc's cost is its measures weighed as the profile says.
Units are looked at once, however many cadres they send.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from programmes.readers.placement import WEIGHTS
from services.allocation.assignment.arcs import LARGEST, MUST, Arcs, Numbers
from services.allocation.planning.plan_rules import Cadre
from services.allocation.planning.plan_settings import PARTS
from services.allocation.planning.plan_situation import Sender, Situation
from services.allocation.ranking.nearness import Nearest, Ties
from services.allocation.ranking.preferences import level_emphasis, match, need_match
from services.allocation.solving.plan_reach import NAMES, Places, Reach
from services.allocation.solving.refusals import COST_OVERFLOW

_NOBODY = Sender("", (), ())


class Pairs:
    """The pairs of a situation: cadres are rows, places are columns, both in the order of their ids."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.row_at = {cadre.person: at for at, cadre in enumerate(situation.cadres)}
        self.column_at = {place.target: at for at, place in enumerate(situation.places)}
        self._reach: dict[tuple[str, str], Reach] = {}
        self._places = Places(situation.places)
        self._matches: dict[tuple[str, str, tuple[str, ...]], Numbers] = {}
        self._needy = np.array([at for at, place in enumerate(situation.places) if place.needs], np.int64)
        most = situation.settings.first_batch_most
        self._first_batch = np.fromiter(
            (min(place.first_batch, most) for place in situation.places), np.int64, len(situation.places)
        )

    def reach(self, cadre: Cadre) -> Reach:
        """What the cadre's unit can do for the cadre's kind."""
        key = (cadre.unit, cadre.kind)
        found = self._reach.get(key)
        if found is None:
            near = Ties(self._unit(cadre).ties, self.situation.settings.ranks)
            found = self._reach[key] = self._places.reach(cadre.unit, cadre.channel, cadre.kind, near)
        return found

    def _unit(self, cadre: Cadre) -> Sender:
        return self.situation.units.get(cadre.unit, _NOBODY)

    def nearest(self, row: int, column: int) -> Nearest:
        """The rank of a pair and the village that gives it; also of one that only a waiver allows."""
        return self.reach(self.situation.cadres[row]).near.nearest(self.situation.places[column].target)

    def needs_unmet(self, row: int, column: int) -> int:
        """The measure of need match of a pair (AL-038)."""
        cadre, place = self.situation.cadres[row], self.situation.places[column]
        helped = self._unit(cadre).helped
        found = match(place.needs, cadre.tags, place.target in helped)
        return need_match(found, self.situation.settings.match_most).cost

    def level(self, row: int) -> int:
        """The measure of the level of the cadre's unit (AL-015)."""
        unit = self._unit(self.situation.cadres[row])
        return level_emphasis(unit.level, self.situation.settings.levels).cost

    def measures(self, row: int, column: int) -> dict[str, int]:
        """Every part's measure of a pair."""
        return {
            "nearness": self.nearest(row, column).rank,
            "need_match": self.needs_unmet(row, column),
            "first_batch": int(self._first_batch[column]),
            "level_emphasis": self.level(row),
        }

    def waived(self, row: int, column: int) -> tuple[str, ...]:
        """The rules that were waived for a pair that breaks one, none for a pair that breaks none."""
        person, target = self.situation.cadres[row].person, self.situation.places[column].target
        rule = NAMES[int(self.reach(self.situation.cadres[row]).breaks[column])]
        return (rule,) if rule and (rule, person, target) in self.situation.waivers else ()

    def blocked(self, row: int, column: int) -> str:
        """The rule that keeps the pair apart, "" where it is an arc."""
        cadre, place = self.situation.cadres[row], self.situation.places[column]
        rule = NAMES[int(self.reach(cadre).breaks[column])]
        if rule and not self.waived(row, column):
            return rule
        locks = self.situation.locks
        apart = locks.get(cadre.person, place.target) != place.target
        held = self.held.get(place.target, cadre.person) != cadre.person
        return "locked_elsewhere" if apart or held else ""

    @cached_property
    def held(self) -> Mapping[str, str]:
        """Locked targets, each with its person."""
        return {target: person for person, target in self.situation.locks.items()}

    @cached_property
    def _loose(self) -> Numbers:
        """1 at columns that are not locked to anybody, 0 at the others."""
        loose = np.ones(len(self.situation.places), np.int64)
        loose[[self.column_at[target] for target in self.held]] = 0
        return loose

    @cached_property
    def _signed(self) -> Mapping[int, Numbers]:
        """Columns that a waiver gives to a row."""
        found: dict[int, list[int]] = {}
        for _, person, target in sorted(self.situation.waivers):
            row, column = self.row_at.get(person), self.column_at.get(target)
            if row is not None and column is not None and self.waived(row, column):
                found.setdefault(row, []).append(column)
        return {row: np.array(sorted(set(columns)), np.int64) for row, columns in found.items()}

    def columns(self, row: int) -> Numbers:
        """The columns a row has arcs to, in no special order."""
        cadre = self.situation.cadres[row]
        allowed = self.reach(cadre).own
        if row in self._signed:
            allowed = np.concatenate([allowed, self._signed[row]])
        lock = self.column_at.get(self.situation.locks.get(cadre.person, ""))
        own: Numbers = allowed[self._loose[allowed] == 1] if lock is None else allowed[allowed == lock]
        return own

    def ranks(self, row: int, columns: Numbers) -> Numbers:
        """The rank of a row on each of ``columns``, which are its own."""
        reach = self.reach(self.situation.cadres[row])
        if row not in self._signed:
            return reach.rank[np.searchsorted(reach.own, columns)]
        return np.fromiter((self.nearest(row, at).rank for at in columns.tolist()), np.int64, len(columns))

    def _unmet(self, row: int, columns: Numbers) -> Numbers:
        """The measure of need match of a row on each of ``columns``, which are its own."""
        found = np.full(len(columns), self.situation.settings.match_most, np.int64)
        if not len(self._needy):
            return found
        if row in self._signed:
            return np.fromiter((self.needs_unmet(row, at) for at in columns.tolist()), np.int64, len(columns))
        cadre = self.situation.cadres[row]
        own, key = self.reach(cadre).own, (cadre.unit, cadre.kind, cadre.tags)
        known = self._matches.get(key)
        if known is None:
            known = self._matches[key] = np.full(len(own), self.situation.settings.match_most, np.int64)
            for at in np.flatnonzero(np.isin(own, self._needy)):
                known[at] = self.needs_unmet(row, int(own[at]))
        return known[np.searchsorted(own, columns)]

    def arcs(self, optional: Iterable[int] = ()) -> Arcs:
        """The problem; rows in ``optional`` may stay without a column, which costs more than all arcs together.

        Raises:
            Rejected: ``cost_overflow`` where the profile's weights are too large to be added over all arcs.
        """
        weights = self.situation.settings.weights
        own = [self.columns(row) for row in range(len(self.situation.cadres))]
        tails = np.repeat(np.arange(len(own)), [len(columns) for columns in own])
        heads = np.concatenate(own) if own else np.empty(0, np.int64)
        may = np.array(sorted(optional), np.int64)
        most = self._dearest()
        penalty = (len(own) + 1) * (most + 1)
        self._must_fit(most * len(heads) + penalty * len(may))
        costs = [
            weights["nearness"] * self.ranks(row, columns)
            + weights["need_match"] * self._unmet(row, columns)
            + weights["first_batch"] * self._first_batch[columns]
            + weights["level_emphasis"] * self.level(row)
            for row, columns in enumerate(own)
        ]
        cost = np.concatenate(costs) if costs else np.empty(0, np.int64)
        unplaced = np.full(len(own), MUST, np.int64)
        unplaced[may] = penalty
        names = [c.person for c in self.situation.cadres], [p.target for p in self.situation.places]
        return Arcs.from_arrays(*names, tails, heads, cost, unplaced)

    def _dearest(self) -> int:
        """The cost no arc can pass."""
        s = self.situation.settings
        levels = max(s.levels.values(), default=0)
        return s.cost(dict(zip(PARTS, (max(s.ranks.values()), s.match_most, s.first_batch_most, levels), strict=True)))

    def _must_fit(self, bound: int) -> None:
        if bound >= LARGEST:
            raise COST_OVERFLOW(bound=bound, largest=LARGEST).cited(*self.situation.rules.basis(WEIGHTS.path))
