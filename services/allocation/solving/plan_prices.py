"""The second best of a cadre: where else it could go, what the whole plan would then cost more, whom it displaces.

Invariant: a price is exact, the difference of two optimal totals. A plan that floors or fewer moves shaped has no
prices: there the duals are those of another problem.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.allocation.assignment.prices import Change, Prices
from services.allocation.assignment.solve import Progress
from services.allocation.solving.plan_solving import NextBest, Outcome
from services.allocation.solving.refusals import PERSON_NOT_PLANNED, PLAN_WITHOUT_PRICES


def of_all(outcome: Outcome, tell: Progress) -> Mapping[str, NextBest]:
    """The second best of everybody who has one, by person; nobody's where the plan has no prices."""
    return _priced(outcome, None, tell) if outcome.answer.solution is not None else {}


def of_some(outcome: Outcome, persons: Sequence[str], tell: Progress) -> Mapping[str, NextBest]:
    """The second best of ``persons``, of everybody where none is named.

    Raises:
        Rejected: ``person_not_planned``, ``plan_without_prices``.
    """
    known = outcome.pairs.row_at
    for person in persons:
        if person not in known:
            raise PERSON_NOT_PLANNED(person=person)
    if outcome.answer.solution is None:
        raise PLAN_WITHOUT_PRICES()
    return _priced(outcome, [known[person] for person in persons] or None, tell)


def _priced(outcome: Outcome, rows: Sequence[int] | None, tell: Progress) -> dict[str, NextBest]:
    solution = outcome.answer.solution
    if solution is None:
        return {}
    found = Prices(outcome.arcs, solution).next_best(rows, tell)
    cadres, places = outcome.pairs.situation.cadres, outcome.pairs.situation.places

    def shown(change: Change) -> NextBest:
        target = places[change.column].target if change.column >= 0 else ""
        return target, change.price, tuple(cadres[move.row].person for move in change.moves[1:])

    return {cadres[row].person: shown(change) for row, change in sorted(found.items()) if change is not None}
