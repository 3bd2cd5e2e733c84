"""What a profile says of planning: weights of the parts of a cost, what may be waived by whom, floors, tolerance.

Invariant: no weight and no signatory is known here; a profile that is silent on weights gives no plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.rules import Rules
from programmes.readers.placement import (
    FIRST_BATCH,
    FLOORS,
    LEVELS,
    MATCH_MOST,
    RANKS,
    TOLERANCE,
    WAIVABLE,
    WEIGHTS,
    Floor,
    Signatory,
)

PARTS = ("nearness", "need_match", "first_batch", "level_emphasis")
"""The parts of a cost, by the names the profile weighs them with."""


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
            Rejected: ``rule_unknown`` where one is not there, ``rule_unreadable`` where one has not its form.
        """
        tolerance = rules.value(TOLERANCE)
        return cls(
            ranks=rules.value(RANKS).plain(),
            weights=rules.value(WEIGHTS).plain(),
            levels=dict(rules.value(LEVELS).items()),
            match_most=rules.value(MATCH_MOST),
            first_batch_most=rules.value(FIRST_BATCH),
            waivable=rules.value(WAIVABLE),
            floors=rules.value(FLOORS),
            tolerance=(tolerance.parts, tolerance.of),
        )

    def signatory(self, rule: str) -> Signatory | None:
        """Who may waive ``rule``; None where nobody may."""
        return next((one for one in self.waivable if one.rule == rule), None)

    def cost(self, measures: Mapping[str, int]) -> int:
        """The cost of a pair: each part's measure by its weight."""
        return sum(self.weights[part] * measures[part] for part in PARTS)
