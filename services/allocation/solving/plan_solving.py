"""From a situation to a plan: solved, proven by the independent checker, every row with its reasons.

Invariant: nothing that was not proven optimal leaves this room, and the same situation, options and seed give the same
plan down to the last field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import ortools

from services.allocation.assignment.arcs import Arcs, Numbers
from services.allocation.assignment.checker import check
from services.allocation.assignment.solve import Infeasible, Progress, Solution, quiet, solve
from services.allocation.planning.plan_record import Certificate, Left, PlanHead, PlanRow
from services.allocation.planning.plan_rules import RULES
from services.allocation.planning.plan_settings import PARTS
from services.allocation.planning.plan_situation import Options, Situation
from services.allocation.solving.plan_arcs import Pairs
from services.allocation.solving.plan_blocks import Blocks
from services.allocation.solving.plan_infeasible import refusal
from services.allocation.solving.plan_reasons import Reasons

SOLVER = f"ortools {ortools.__version__}"
"""Name and version of what solved a plan, as the plan records it; which of its algorithms ran depends on the sides."""


@dataclass(frozen=True, eq=False)
class Answer:
    """A proven assignment: the column of each row (-1: none), duals, certificate, and how it came about.

    ``solution`` is what prices are worked out from, None where the duals are those of another problem.
    """

    owner: Numbers
    u: Numbers
    v: Numbers
    certificate: Certificate
    solver: str
    unique: bool
    solution: Solution | None = None
    moves: int = 0
    least: int = 0
    floors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Outcome:
    """A problem and its answer."""

    pairs: Pairs
    arcs: Arcs
    answer: Answer


NextBest = tuple[str, int, tuple[str, ...]]
"""Target, price, whom it displaces."""


@dataclass(frozen=True)
class Solved:
    """A plan as it is recorded."""

    head: PlanHead
    rows: tuple[PlanRow, ...]
    left: tuple[Left, ...]


def optional_rows(situation: Situation, partial: bool) -> list[int]:
    """The rows that may stay without a place: all where a partial plan is asked for, else those of a kind that has
    fewer places than cadres. A locked cadre always gets its place."""
    cadres = Counter(cadre.kind for cadre in situation.cadres)
    places = Counter(place.kind for place in situation.places)
    short = {kind for kind, count in cadres.items() if partial or count > places[kind]}
    return [
        row for row, cadre in enumerate(situation.cadres) if cadre.kind in short and cadre.person not in situation.locks
    ]


def best(situation: Situation, options: Options, tell: Progress = quiet) -> Outcome:
    """The least-cost assignment of a situation.

    Raises:
        Rejected: ``plan_infeasible``, ``cost_overflow``.
        NotOptimal, CertificateFalse: where the solver fails; nothing may be planned then.
    """
    tell("input", 0, 1)
    pairs = Pairs(situation)
    arcs = pairs.arcs(optional_rows(situation, options.partial))
    try:
        found = solve(arcs, seed=options.seed, progress=tell)
    except Infeasible as impossible:
        raise refusal(pairs, arcs) from impossible
    proof = check(arcs, found.owner, found.u, found.v)
    certificate = Certificate("duals", proof.gap, proof.least_reduced_cost, proof.total)
    return Outcome(pairs, arcs, Answer(found.owner, found.u, found.v, certificate, SOLVER, found.unique, found))


def placed_total(arcs: Arcs, owner: Numbers) -> int:
    """What the pairs of an assignment cost, without the rows that have none."""
    return sum(arcs.cost[arcs.column_of == owner[arcs.row_of]].tolist())


def plan(
    situation: Situation,
    options: Options,
    number: int,
    outcome: Outcome,
    next_best: Mapping[str, NextBest] | None = None,
) -> Solved:
    """The plan of an assignment, with its reasons; ``next_best`` by person."""
    pairs, answer = outcome.pairs, outcome.answer
    reasons, blocks = Reasons(pairs, answer.owner), Blocks(pairs)
    rows, left = [], []
    for row, cadre in enumerate(situation.cadres):
        column, u = int(answer.owner[row]), int(answer.u[row])
        if column < 0:
            left.append(Left(cadre.person, cadre.unit, "", cadre.kind, blocks.of_cadre(row), u))
            continue
        place, near = situation.places[column], pairs.nearest(row, column)
        target, price, displaces = (next_best or {}).get(cadre.person, ("", None, ()))
        rows.append(
            PlanRow(
                cadre.person,
                cadre.nomination,
                cadre.unit,
                cadre.channel,
                place.target,
                cadre.kind,
                **pairs.measures(row, column),
                tie=near.tie or "",
                reason=reasons.of(row, column),
                u=u,
                v=int(answer.v[column]),
                locked=cadre.person in situation.locks,
                waived=pairs.waived(row, column),
                next_target=target,
                price=price,
                displaces=displaces,
            )
        )
    empty = sorted(set(range(len(situation.places))) - set(answer.owner.tolist()))
    left += [
        Left("", "", place.target, place.kind, blocks.of_place(column), int(answer.v[column]))
        for column, place in ((column, situation.places[column]) for column in empty)
    ]
    counted = len(left) - len(empty), len(empty)
    head = _head(situation, options, number, outcome, rows, counted, next_best is not None)
    return Solved(head, tuple(rows), tuple(left))


def _head(
    situation: Situation,
    options: Options,
    number: int,
    outcome: Outcome,
    rows: list[PlanRow],
    counted: tuple[int, int],
    explained: bool,
) -> PlanHead:
    scope, settings, answer = situation.scope, situation.settings, outcome.answer
    sums = {part: sum(getattr(row, part) for row in rows) for part in PARTS}
    total = settings.cost(sums)
    return PlanHead(
        programme=scope.programme,
        tier=scope.tier,
        area=scope.area,
        number=number,
        plan=scope.plan(number),
        position=situation.position,
        input=outcome.arcs.digest(),
        seed=options.seed,
        solver=answer.solver,
        rows=len(rows),
        left=counted[0],
        vacant=counted[1],
        total=total,
        measures=sums,
        weights=dict(settings.weights),
        certificate=answer.certificate,
        rules=tuple(rule.name for rule in RULES),
        without=options.without,
        closed=options.closed,
        partial=options.partial,
        replaces=options.base,
        moves=answer.moves,
        least=answer.least or total,
        floors=dict(answer.floors),
        unique=answer.unique,
        explained=explained,
    )
