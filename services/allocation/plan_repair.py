"""A plan made anew from an older one, with the fewest other moves the tolerance of the profile allows (25/10000)."""

from __future__ import annotations

from services.allocation.assignment.solve import Progress, quiet
from services.allocation.plan_situation import Options, Situation
from services.allocation.plan_solving import Outcome, best


def repaired(situation: Situation, options: Options, tell: Progress = quiet) -> Outcome:
    """The assignment of a situation in which as few as possible of ``situation.planned`` go elsewhere."""
    return best(situation, options, tell)
