"""The second best of a cadre: where else it could go, what the whole plan would then cost more, whom it displaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.allocation.assignment.solve import Progress
from services.allocation.plan_solving import NextBest, Outcome


def of_all(outcome: Outcome, tell: Progress) -> Mapping[str, NextBest]:
    """The second best of everybody who has one, by person."""
    return {}


def of_some(outcome: Outcome, persons: Sequence[str], tell: Progress) -> Mapping[str, NextBest]:
    """The second best of ``persons``, of everybody where none is named."""
    return {}
