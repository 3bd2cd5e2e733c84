"""Plans under proportion floors of the profile: at least so many of the placed carry a tag (AL-059 asks for no figure).

Invariant: a floor ties cadres together, so there are no duals; the plan is certified by the solver's own bound without
a gap, says so, and has no prices. Without a floor in the profile nothing of this is used.
"""

from __future__ import annotations

import numpy as np
import scipy

from services.allocation.assignment.arcs import Arcs
from services.allocation.assignment.lower_bounds import Bounded, LowerBound, solve_bounded
from services.allocation.assignment.solve import Infeasible, Progress, quiet
from services.allocation.planning.plan_record import Certificate
from services.allocation.planning.plan_situation import Options, Situation
from services.allocation.solving.plan_arcs import Pairs
from services.allocation.solving.plan_solving import Answer, Outcome, best
from services.allocation.solving.refusals import FLOOR_INFEASIBLE

SOLVER = f"scipy {scipy.__version__} milp"


def best_of_floors(situation: Situation, options: Options, tell: Progress = quiet) -> Outcome:
    """The least-cost assignment of a situation under the floors of its profile, plain where there is none.

    Raises:
        Rejected: as ``plan_solving.best`` does; ``floor_infeasible``.
        NotOptimal, CertificateFalse: where a solver fails; nothing may be planned then.
    """
    plain = best(situation, options, tell)
    if not situation.settings.floors:
        return plain
    tell("floors", 0, 1)
    return Outcome(plain.pairs, plain.arcs, floored(plain.pairs, plain.arcs))


def floored(pairs: Pairs, arcs: Arcs) -> Answer:
    """The least-cost assignment that keeps every floor of the profile, for a problem that has a plan without them.

    Raises:
        Rejected: ``floor_infeasible``, naming each floor and how many cadres carry its tag.
        NotOptimal: where the solver does not close the gap; nothing may be planned then.
    """
    situation = pairs.situation
    bounds = [
        LowerBound(one.tag, frozenset(c.person for c in situation.cadres if one.tag in c.tags), one.least)
        for one in situation.settings.floors
    ]
    try:
        found = solve_bounded(arcs, bounds)
    except Infeasible as impossible:
        figures = "、".join(
            f"{bound.name} 不少于 {bound.least} 名（人选中有 {len(bound.rows)} 名）" for bound in bounds
        )
        raise FLOOR_INFEASIBLE(figures=figures) from impossible
    return answered(arcs, found)


def answered(arcs: Arcs, found: Bounded) -> Answer:
    """The answer of a solved problem with floors."""
    certificate = Certificate("bound", found.total - found.bound, 0, found.total)
    none = np.zeros(len(arcs.rows), np.int64), np.zeros(len(arcs.columns), np.int64)
    return Answer(found.owner, *none, certificate, SOLVER, unique=False, floors=dict(found.met))
