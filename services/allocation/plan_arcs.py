"""The arcs of a situation: every pair no hard rule forbids, with the measures of its cost, and what each rule removed.

Invariant: the arcs follow from the situation alone, and an arc's cost is its measures weighed as the profile says.
Units are looked at once, however many cadres they send.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kernel.messages import Rejected
from services.allocation.assignment.arcs import LARGEST, MUST, Arcs, Numbers
from services.allocation.nearness import Nearest, Ties
from services.allocation.plan_rules import RULES, Cadre, broken
from services.allocation.plan_settings import PARTS, WEIGHTS
from services.allocation.plan_situation import Sender, Situation
from services.allocation.preferences import level_emphasis, match, need_match

_NAMES = ("", *(rule.name for rule in RULES))
_CODE = {name: code for code, name in enumerate(_NAMES)}
_NOBODY = Sender("", (), ())


@dataclass(frozen=True, eq=False)
class Reach:
    """What one unit can do for one kind: by column (C,) the code of the rule it breaks, its rank, its nearest tie."""

    breaks: Numbers
    rank: Numbers
    ties: tuple[Nearest, ...]


class Pairs:
    """The pairs of a situation: cadres are rows, places are columns, both in the order of their ids."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.row_at = {cadre.person: at for at, cadre in enumerate(situation.cadres)}
        self.column_at = {place.target: at for at, place in enumerate(situation.places)}
        self._reach: dict[tuple[str, str], Reach] = {}
        self._matches: dict[tuple[str, tuple[str, ...]], Numbers] = {}
        self._needy = [at for at, place in enumerate(situation.places) if place.needs]
        most = situation.settings.first_batch_most
        self._first_batch = np.fromiter(
            (min(place.first_batch, most) for place in situation.places), np.int64, len(situation.places)
        )

    def reach(self, cadre: Cadre) -> Reach:
        """What the cadre's unit can do for the cadre's kind."""
        key = (cadre.unit, cadre.kind)
        found = self._reach.get(key)
        if found is None:
            found = self._reach[key] = self._looked(cadre)
        return found

    def _looked(self, cadre: Cadre) -> Reach:
        places, settings = self.situation.places, self.situation.settings
        near = Ties(self.situation.units.get(cadre.unit, _NOBODY).ties, settings.ranks)
        breaks = np.fromiter(
            (_CODE[broken(cadre.unit, cadre.channel, cadre.kind, place)] for place in places), np.int64, len(places)
        )
        far = Nearest(settings.ranks["elsewhere"], None)
        ties = tuple(far if code else near.nearest(p.target) for code, p in zip(breaks, places, strict=True))
        return Reach(breaks, np.fromiter((tie.rank for tie in ties), np.int64, len(ties)), ties)

    def nearest(self, row: int, column: int) -> Nearest:
        """The rank of a pair and the village that gives it; also of one that only a waiver allows."""
        cadre, place = self.situation.cadres[row], self.situation.places[column]
        if self.reach(cadre).breaks[column]:
            own = self.situation.units.get(cadre.unit, _NOBODY).ties
            return Ties(own, self.situation.settings.ranks).nearest(place.target)
        return self.reach(cadre).ties[column]

    def needs_unmet(self, row: int, column: int) -> int:
        """The measure of need match of a pair (AL-038)."""
        cadre, place = self.situation.cadres[row], self.situation.places[column]
        helped = self.situation.units.get(cadre.unit, _NOBODY).helped
        found = match(place.needs, cadre.tags, place.target in helped)
        return need_match(found, self.situation.settings.match_most).cost

    def level(self, row: int) -> int:
        """The measure of the level of the cadre's unit (AL-015)."""
        unit = self.situation.units.get(self.situation.cadres[row].unit, _NOBODY)
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
        rule = _NAMES[int(self.reach(self.situation.cadres[row]).breaks[column])]
        return (rule,) if rule and (rule, person, target) in self.situation.waivers else ()

    def blocked(self, row: int, column: int) -> str:
        """The rule that keeps the pair apart, "" where it is an arc."""
        cadre, place = self.situation.cadres[row], self.situation.places[column]
        rule = _NAMES[int(self.reach(cadre).breaks[column])]
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
        allowed = np.flatnonzero(self.reach(cadre).breaks == 0)
        if row in self._signed:
            allowed = np.concatenate([allowed, self._signed[row]])
        lock = self.column_at.get(self.situation.locks.get(cadre.person, ""))
        own: Numbers = allowed[self._loose[allowed] == 1] if lock is None else allowed[allowed == lock]
        return own

    def ranks(self, row: int, columns: Numbers) -> Numbers:
        """The rank of a row on each of ``columns``, which are its own."""
        own = self.reach(self.situation.cadres[row])
        found = own.rank[columns]
        for at in np.flatnonzero(own.breaks[columns]):  # allowed by a waiver: nobody looked how near it lies
            found[at] = self.nearest(row, int(columns[at])).rank
        return found

    def _unmet(self, row: int) -> Numbers:
        """The measure of need match of a row on every column."""
        cadre = self.situation.cadres[row]
        key = (cadre.unit, cadre.tags)
        found = self._matches.get(key)
        if found is None:
            found = np.full(len(self.situation.places), self.situation.settings.match_most, np.int64)
            for column in self._needy:
                found[column] = self.needs_unmet(row, column)
            self._matches[key] = found
        return found

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
            + weights["need_match"] * self._unmet(row)[columns]
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
            notice, clause = self.situation.rules.basis(WEIGHTS)
            raise Rejected(
                "cost_overflow",
                f"各项权重使总成本可达 {bound}，超出求解器整数所能容纳的 {LARGEST}。",
                rule=WEIGHTS,
                field=WEIGHTS,
                accepted=f"使总成本小于 {LARGEST} 的权重",
                notice=notice,
                clause=clause,
            )


def blocking(pairs: Pairs, row: int | None = None, column: int | None = None) -> str:
    """The rule that blocks most pairs of a row, or of a column; "" where most of them are arcs or there are none.

    Pairs of different kinds are looked at only where there is no other.
    """
    cadres, places = pairs.situation.cadres, pairs.situation.places
    if row is not None:
        kind = cadres[row].kind
        found = [(row, at) for at, place in enumerate(places) if place.kind == kind] or [
            (row, at) for at in range(len(places))
        ]
    else:
        at = int(column or 0)
        kind = places[at].kind
        found = [(n, at) for n, cadre in enumerate(cadres) if cadre.kind == kind]
    counts = Counter(pairs.blocked(*pair) for pair in found)
    if not counts or counts[""]:
        return ""
    ((rule, _),) = counts.most_common(1)
    return rule
