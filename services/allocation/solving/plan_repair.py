"""A plan made anew from an older one, with the fewest other moves the profile's tolerance allows.

Invariant: the plan is proven the best for the two weights it was found with, of cost and of moves; its total never
passes the least one by more than the tolerance.
"""

from __future__ import annotations

from services.allocation.assignment.arcs import ArcsRefused
from services.allocation.assignment.checker import check
from services.allocation.assignment.repair import repair
from services.allocation.assignment.solve import Infeasible, Progress, quiet
from services.allocation.planning.plan_record import Certificate
from services.allocation.planning.plan_situation import Options, Situation
from services.allocation.solving.plan_arcs import Pairs
from services.allocation.solving.plan_infeasible import refusal
from services.allocation.solving.plan_solving import SOLVER, Answer, Outcome, optional_rows, placed_total
from services.allocation.solving.refusals import MOVES_OVERFLOW, REPLAN_UNDER_FLOORS


def repaired(situation: Situation, options: Options, tell: Progress = quiet) -> Outcome:
    """The assignment of a situation in which as few as possible of ``situation.planned`` go elsewhere.

    Raises:
        Rejected: ``plan_infeasible``, ``cost_overflow``, ``moves_overflow``, ``replan_under_floors``.
        NotOptimal, CertificateFalse: where the solver fails; nothing may be planned then.
    """
    if situation.settings.floors:
        raise REPLAN_UNDER_FLOORS()
    tell("input", 0, 1)
    pairs = Pairs(situation)
    arcs = pairs.arcs(optional_rows(situation, options.partial))
    try:
        found = repair(
            arcs, situation.planned, seed=options.seed, tolerance=situation.settings.tolerance, progress=tell
        )
    except Infeasible as impossible:
        raise refusal(pairs, arcs) from impossible
    except ArcsRefused as refused:
        raise MOVES_OVERFLOW(refused=refused) from refused
    proof = check(found.weighed, found.owner, found.solution.u, found.solution.v)
    certificate = Certificate("weighed", proof.gap, proof.least_reduced_cost, proof.total)
    left_over = found.total - placed_total(arcs, found.owner)
    return Outcome(
        pairs,
        arcs,
        Answer(
            found.owner,
            found.solution.u,
            found.solution.v,
            certificate,
            SOLVER,
            found.solution.unique,
            None,
            moves=len(found.moves),
            least=found.optimum - left_over,
        ),
    )
