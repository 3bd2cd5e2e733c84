"""A plan of placement as a fact: what was solved, from which input, with the proof, in one append.

Invariant: a plan is recorded once and never changed; its rows come in parts that are whole together with the head. Only
a plan whose totals add up and whose certificate proves it is recorded; a change of mind is a new plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kernel.grounds import rules_of
from kernel.messages import Area, Event, Order
from kernel.part import Part
from services.allocation.planning.plan_scope import Scope, must_plan
from services.allocation.planning.plan_settings import PARTS, Settings
from services.allocation.planning.refusals import PLAN_FALSE, PLAN_RECORDED
from services.allocation.words import programme_of

CONFIRM = "placement.confirm"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A cadre and the target planned for it.

    ``nearness`` to ``level_emphasis`` are the measures of the cost parts before weighing. ``tie`` is the unit's nearest
    village, ``reason`` why nothing nearer was free. ``next_target`` is the second best, ``price`` what the whole
    plan would cost more with it (None where there is none), ``displaces`` who would have to move. ``u`` and ``v`` are
    the duals of cadre and target.
    """

    person: str
    nomination: str
    unit: str
    channel: str
    target: Area
    kind: str
    nearness: int
    need_match: int
    first_batch: int
    level_emphasis: int
    tie: str
    reason: str
    u: int
    v: int
    locked: bool = False
    waived: tuple[str, ...] = ()
    next_target: str = ""
    price: int | None = None
    displaces: tuple[str, ...] = ()

    def measures(self) -> dict[str, int]:
        """The measure of each part."""
        return {part: getattr(self, part) for part in PARTS}


@dataclass(frozen=True, slots=True)
class Left:
    """A cadre without a place, or a place (``target``) without a cadre: the ``rule`` that blocks most of its pairs, ""
    where there are simply fewer on the other side, and the dual ``price``."""

    person: str
    unit: str
    target: str
    kind: str
    rule: str
    price: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why the plan is optimal: primal and dual totals are equal (``gap`` 0) and no pair could gain.

    ``proof`` is ``duals`` where the independent checker proved it for the costs, ``weighed`` where it proved it for the
    costs and moves of a replan, ``bound`` where floors leave no duals and the solver's own bound stands for them.
    """

    proof: str
    gap: int
    least_reduced_cost: int
    total: int


@dataclass(frozen=True, slots=True)
class PlanHead:
    """All of a plan but its rows.

    ``position`` is the log's position the input was read at, ``input`` the SHA-256 of the arcs, ``seed`` what chose
    among plans of equal cost. ``rows`` counts the placed, ``left`` cadres and ``vacant`` places without one another;
    ``measures`` sums the parts before, ``total`` after weighing. ``without`` and ``closed`` were left out by request;
    ``partial`` allowed cadres without a place. ``replaces`` is the plan a replan started from, ``moves`` how many
    others moved, ``least`` the least total without regard to moves. ``unique``: no other plan of this cost comes out
    under the seed; ``explained``: every second best was priced; ``floors``: how many
    of the placed carry the tag of each floor.
    """

    programme: str
    tier: str
    area: str | None
    number: int
    plan: str
    position: int
    input: str
    seed: int
    solver: str
    rows: int
    left: int
    vacant: int
    total: int
    measures: Mapping[str, int]
    weights: Mapping[str, int]
    certificate: Certificate
    rules: tuple[str, ...]
    without: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    partial: bool = False
    replaces: str = ""
    moves: int = 0
    least: int = 0
    unique: bool = True
    explained: bool = False
    floors: Mapping[str, int] = field(default_factory=dict)


class PlacementPlanned(Event, title="分配方案"):
    """A plan was solved and proven. Its rows follow in ``parts`` parts, in the same append."""

    rule = CONFIRM

    head: PlanHead
    parts: int


class PlacementPlanPart(Event, title="分配方案明细"):
    """The n-th part of a plan: cadres placed, cadres left and places left, in the order of persons and targets."""

    rule = CONFIRM

    plan: str
    part: int
    rows: tuple[PlanRow, ...]
    left: tuple[Left, ...]


class RecordPlan(Order):
    """Record a plan that was solved for whoever asked for it. ``size`` is how many rows a part holds at most."""

    head: PlanHead
    rows: tuple[PlanRow, ...]
    left: tuple[Left, ...]
    size: int


def decide(state: bool, command: RecordPlan) -> Sequence[PlacementPlanPart | PlacementPlanned]:
    """Record the plan where it proves itself. ``state``: whether this number is taken."""
    head, on = command.head, command.context.occurred_on
    must_plan(Scope(head.programme, head.tier, head.area), command.context.actor)
    if state:
        raise PLAN_RECORDED(plan=head.plan)
    _must_add_up(command)
    return events(head, command.rows, command.left, command.size, on)


def events(
    head: PlanHead, rows: Sequence[PlanRow], left: Sequence[Left], size: int, on: date
) -> list[PlacementPlanPart | PlacementPlanned]:
    """The events of a plan: its head, and its rows in parts of at most ``size``."""
    parts: list[PlacementPlanPart | PlacementPlanned] = [
        PlacementPlanPart(occurred_on=on, plan=head.plan, part=number, rows=own, left=over)
        for number, (own, over) in enumerate(_cut(rows, left, size), 1)
    ]
    return [PlacementPlanned(occurred_on=on, head=head, parts=len(parts)), *parts]


def _must_add_up(command: RecordPlan) -> None:
    head, rows = command.head, command.rows
    settings = Settings.of(rules_of(command))
    sums = {part: sum(getattr(row, part) for row in rows) for part in PARTS}
    wrong = {
        "weights": dict(head.weights) != dict(settings.weights),
        "measures": dict(head.measures) != sums,
        "total": head.total != settings.cost(sums),
        "rows": len({row.person for row in rows}) != head.rows or len({row.target for row in rows}) != head.rows,
        "certificate": head.certificate.gap != 0 or head.certificate.least_reduced_cost < 0,
    }
    for name, found in wrong.items():
        if found:
            raise PLAN_FALSE(plan=head.plan, name=name)


def _cut(rows: Sequence[PlanRow], left: Sequence[Left], size: int) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """Parts of at most ``size`` rows, then of at most ``size`` left over; one empty part for an empty plan."""
    for start in range(0, len(rows), size):
        yield tuple(rows[start : start + size]), ()
    for start in range(0, len(left), size):
        yield (), tuple(left[start : start + size])
    if not rows and not left:
        yield (), ()


def evolve(state: bool, event: Any) -> bool:
    """Whether the plan stands."""
    return state or isinstance(event, PlacementPlanned)


PLAN: Part[bool] = Part("placement-plan/{plan}", False, decides=(decide,), evolve=evolve, scope=programme_of)
