"""What a profile says of planning: weights of the parts of a cost, what may be waived by whom, floors, tolerance.

Invariant: no weight and no signatory is known here; a profile that is silent on weights gives no plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kernel.rules import Rules
from services.allocation.planning.refusals import SETTING_WRONG
from services.allocation.ranking.nearness import RANKS
from services.allocation.ranking.preferences import LEVELS, MATCH_MOST

PARTS = ("nearness", "need_match", "first_batch", "level_emphasis")
"""The parts of a cost, by the names the profile weighs them with."""
WEIGHTS = "placement.weights"
WAIVABLE = "placement.waivable"
FLOORS = "placement.floors"
TOLERANCE = "placement.move_tolerance"
FIRST_BATCH = "placement.first_batch_most"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Whose signature waives ``rule`` for one pair: a role of organs, and the post in it."""

    rule: str
    role: str
    post: str


@dataclass(frozen=True, slots=True)
class Floor:
    """At least ``least`` of the placed carry ``tag``."""

    tag: str
    least: int


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one programme."""

    ranks: Mapping[str, int]
    weights: Mapping[str, int]
    levels: Mapping[str, int]
    match_most: int
    first_batch_most: int
    waivable: tuple[Signatory, ...]
    floors: tuple[Floor, ...]
    tolerance: tuple[int, int]

    @classmethod
    def of(cls, rules: Rules) -> Settings:
        """The settings in ``rules``.

        Raises:
            Rejected: ``rule_unknown`` where one is not there, ``setting_wrong`` where one has not its form.
        """
        weights, tolerance = rules.value(WEIGHTS), rules.value(TOLERANCE)
        _must_be(rules, WEIGHTS, set(weights) == set(PARTS) and _counts(weights.values()), "、".join(PARTS))
        _must_be(rules, RANKS, _counts(rules.value(RANKS).values()), "不小于 0 的整数")
        _must_be(rules, LEVELS, _counts(rules.value(LEVELS).values()), "不小于 0 的整数")
        for path in (MATCH_MOST, FIRST_BATCH):
            _must_be(rules, path, _counts([rules.value(path)]), "不小于 0 的整数")
        parts = [tolerance.get(name) for name in ("parts", "of")]
        _must_be(rules, TOLERANCE, _counts(parts) and parts[1] > 0, "parts 与大于 0 的 of")
        return cls(
            ranks=dict(rules.value(RANKS)),
            weights={part: weights[part] for part in PARTS},
            levels=dict(rules.value(LEVELS)),
            match_most=rules.value(MATCH_MOST),
            first_batch_most=rules.value(FIRST_BATCH),
            waivable=tuple(Signatory(**one) for one in rules.value(WAIVABLE)),
            floors=tuple(Floor(**one) for one in rules.value(FLOORS)),
            tolerance=(tolerance["parts"], tolerance["of"]),
        )

    def signatory(self, rule: str) -> Signatory | None:
        """Who may waive ``rule``; None where nobody may."""
        return next((one for one in self.waivable if one.rule == rule), None)

    def cost(self, measures: Mapping[str, int]) -> int:
        """The cost of a pair: each part's measure by its weight."""
        return sum(self.weights[part] * measures[part] for part in PARTS)


def _counts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, int) and value >= 0 for value in values)


def _must_be(rules: Rules, path: str, right: bool, accepted: str) -> None:
    if not right:
        raise SETTING_WRONG(programme=rules.programme, path=path, wanted=accepted)
