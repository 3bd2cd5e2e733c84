"""The jobs of planning: make a plan, ask what if, plan anew with few moves, price the second best, derive a plan again.

Invariant: only ``placement_plan`` and ``replan`` record anything, each one plan in one append under the job's id; the
others leave no event. Whatever a job refuses it refuses before anything is recorded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kernel.codec import plain
from kernel.concern import foreign_to
from kernel.messages import Area, Command, Key, Order
from kernel.reach import Foreign, Whose
from kernel.service import Room
from kernel.text import digits
from kernel.work import Job, Task
from programmes.concerns import of_programme
from programmes.roles import AUDITOR, CITIES, COUNTIES, PROVINCE
from services.allocation.assignment.checker import CertificateFalse
from services.allocation.assignment.solve import NotOptimal
from services.allocation.jobs import plan_derivation
from services.allocation.jobs.refusals import NOBODY_WAITS, PLAN_OF_OTHER_SCOPE, PLAN_UNKNOWN, PLAN_UNPROVEN
from services.allocation.planning import planning_plans
from services.allocation.planning.plan_record import RecordPlan
from services.allocation.planning.plan_scope import Scope, must_plan
from services.allocation.planning.plan_situation import Options, Situation, situation
from services.allocation.solving import plan_prices
from services.allocation.solving.plan_floors import best_of_floors
from services.allocation.solving.plan_reading import today
from services.allocation.solving.plan_repair import repaired
from services.allocation.solving.plan_solving import Outcome, plan
from services.allocation.words import Tier

_TIERS: Final = {"province": "省级", "city": "市级", "county": "县级"}
PART: Final = 500
"""Rows in one event of a plan."""
_LISTED: Final = 500
"""Moves a what-if lists; it counts all of them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair that is supposed to be locked."""

    person: Key
    target: Area


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that is supposed to be waived for a pair."""

    rule: Key
    person: Key
    target: Area


class PlanPlacement(Order):
    """Plan a scope and record it. ``partial`` admits cadres without a place: where there are more cadres than
    targets, those over are left unplaced. ``explain`` prices every second best."""

    programme: Key
    tier: Tier = "province"
    area: Area | None = None
    seed: int = 0
    partial: bool = False
    explain: bool = True
    without: tuple[Key, ...] = ()
    closed: tuple[Area, ...] = ()


class SupposePlacement(PlanPlacement):
    """What the plan would be with these locks and waivers, beside ``plan``; nothing is recorded."""

    locks: tuple[Pair, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    plan: Key | None = None


class PlanAnew(PlanPlacement):
    """Plan again from ``plan`` after cadres left or came: as few others as possible move, within the tolerance."""

    plan: Key


class PricePlan(Order):
    """The exact second best of ``persons`` in a recorded plan, of all where none is named."""

    plan: Key
    persons: tuple[Key, ...] = ()


class DerivePlan(Order):
    """Derive a recorded plan again from the log alone and compare it field by field."""

    plan: Key


def _scope(asked: PlanPlacement) -> Scope:
    return Scope(asked.programme, asked.tier, asked.area)


def _options(asked: PlanPlacement, base: str = "") -> Options:
    locks, waivers = getattr(asked, "locks", ()), getattr(asked, "waivers", ())
    return Options(
        seed=asked.seed,
        partial=asked.partial,
        without=tuple(sorted(set(asked.without))),
        closed=tuple(sorted(set(asked.closed))),
        locks=tuple((one.person, one.target) for one in locks),
        waivers=tuple((one.rule, one.person, one.target) for one in waivers),
        base=base,
    )


def _looked(task: Task, options: Options) -> Situation:
    position, tables = today(task.rows, task.asked.programme, options.base)
    return situation(_scope(task.asked), options, position, tables)


def make(task: Task) -> Mapping[str, Any]:
    """Plan, prove, record. Gives {plan, position, …}."""
    return _recorded(task, _options(task.asked), best_of_floors)


def anew(task: Task) -> Mapping[str, Any]:
    """Plan again with the fewest other moves, record."""
    _base(task, task.asked.plan)
    return _recorded(task, _options(task.asked, task.asked.plan), repaired)


def _recorded(task: Task, options: Options, way: Callable[..., Any]) -> Mapping[str, Any]:
    found = _looked(task, options)
    _must_have_cadres(found)
    outcome = _proven(way, found, options, task)
    prices = plan_prices.of_all(outcome, task.progress) if task.asked.explain else None
    solved = plan(found, options, 0, outcome, prices)
    task.progress("record", 0, 1)
    command = RecordPlan(context=task.asked.context, head=solved.head, rows=solved.rows, left=solved.left, size=PART)
    receipt = task.decides.decide(planning_plans.record, command, _digest(task.asked))
    (stream,) = receipt.streams
    name = stream.split("/", 1)[1]
    # A worker that died after the append is followed by one that may have seen more: what stands in the log is told.
    return {"plan": name, "log": receipt.position, **_figures(known(task, name))}


def _must_have_cadres(found: Situation) -> None:
    """Check that a cadre waits. Raises Rejected: ``nobody_waits``; a plan without cadres is not recorded."""
    if not found.cadres:
        raise NOBODY_WAITS(programme=found.scope.programme, tier=_TIERS[found.scope.tier])


def _proven(way: Callable[..., Outcome], found: Situation, options: Options, task: Task) -> Outcome:
    """The outcome of ``way``. Raises Rejected ``plan_unproven`` where the solver or the checker fails."""
    try:
        return way(found, options, task.progress)
    except (NotOptimal, CertificateFalse) as unproven:
        f"方案未能证明为最优（{type(unproven).__name__}），未作任何记录。"
        raise PLAN_UNPROVEN(failure=type(unproven).__name__) from unproven


def suppose(task: Task) -> Mapping[str, Any]:
    """What would be, and who would move compared with the plan named; without a plan, everybody is new."""
    base = task.asked.plan or ""
    if base:
        _base(task, base)
    options = _options(task.asked, base)
    found = _looked(task, options)
    solved = plan(found, options, 0, _proven(best_of_floors, found, options, task))
    moved = [
        {"person": row.person, "from": found.planned.get(row.person, ""), "to": row.target}
        for row in solved.rows
        if found.planned.get(row.person, "") != row.target
    ]
    left = [{"person": one.person, "target": one.target, "rule": one.rule} for one in solved.left]
    return {
        **_figures(plain(solved.head)),
        "moved": len(moved),
        "moves": moved[:_LISTED],
        "without_place": left[:_LISTED],
    }


def price(task: Task) -> Mapping[str, Any]:
    """The second best of each person asked for."""
    return {"plan": task.asked.plan, "prices": plan_derivation.prices(task, known(task, task.asked.plan))}


def derive(task: Task) -> Mapping[str, Any]:
    """Whether the plan comes out again, and in which fields it does not."""
    return plan_derivation.derived(task, known(task, task.asked.plan))


def known(task: Task, name: str) -> Mapping[str, Any]:
    """The head of a recorded plan. Raises Unknown."""
    rows = task.rows("select head from placement_plans where plan = %s", name)
    if not rows:
        raise PLAN_UNKNOWN(name=name)
    head: Mapping[str, Any] = rows[0]["head"]
    if task.asked.context.actor.role not in _AUDITED:
        must_plan(Scope(head["programme"], head["tier"], head["area"]), task.asked.context.actor)
    return head


def _base(task: Task, name: str) -> None:
    """Check that the plan of this name is of the scope asked for: people and places of another have not moved.

    Raises:
        Rejected: ``plan_unknown``, ``plan_of_other_scope``.
    """
    head, scope = known(task, name), _scope(task.asked)
    if Scope(head["programme"], head["tier"], head["area"]) != scope:
        raise PLAN_OF_OTHER_SCOPE(plan=name, scope=scope.key)


def _figures(head: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: head[name] for name in ("input", "seed", "rows", "left", "vacant", "total", "measures", "least")}
    return {**told, "gap": head["certificate"]["gap"], "other_moves": head["moves"]}


def _digest(asked: Command) -> bytes:
    return hashlib.sha256(asked.context.command_id.encode()).digest()


def _own(asked: PlanPlacement) -> None:
    must_plan(_scope(asked), asked.context.actor)


def _of_plan(plan: str, asked: Command, room: Room) -> Whose | None:
    """A plan ``<programme>.<tier>.<area>.<n>`` is its area's, or where its programme holds."""
    match plan.split("."):
        case [programme, _, area, _]:
            return Whose((area,)) if digits(area) else of_programme(programme, asked, room)
    return None


def _but_auditors(foreign: Foreign) -> Foreign:
    return Foreign(
        lambda asked, room: None if asked.context.actor.role in _AUDITED else foreign(asked, room),
        lambda actor, data, room: None if actor.role in _AUDITED else foreign.ahead(actor, data, room),
    )


_PLAN_FOREIGN: Final = foreign_to(PricePlan, ("plan",), {"plan": _of_plan})
_DERIVE_FOREIGN: Final = _but_auditors(_PLAN_FOREIGN)
_PLACE_FOREIGN: Final = foreign_to(PlanPlacement, ("area", "programme"), {"programme": of_programme})
_PLANNERS: Final = PROVINCE | CITIES | COUNTIES
_AUDITED: Final = AUDITOR
"""Who only derives again: it records nothing and tells no person."""
_OVERSEE: Final = PROVINCE | AUDITOR

JOBS: Final[Mapping[str, Job]] = {
    "placement_plan": Job(PlanPlacement, make, _PLANNERS, "编制分配方案", _OVERSEE, _own, _PLACE_FOREIGN),
    "what_if": Job(SupposePlacement, suppose, _PLANNERS, "试算分配方案", _OVERSEE, _own, _PLACE_FOREIGN),
    "replan": Job(PlanAnew, anew, _PLANNERS, "调整分配方案", _OVERSEE, _own, _PLACE_FOREIGN),
    "prices": Job(PricePlan, price, _PLANNERS, "次优去处", _OVERSEE, foreign=_PLAN_FOREIGN),
    "derivation": Job(DerivePlan, derive, _PLANNERS | AUDITOR, "重算分配方案", _OVERSEE, foreign=_DERIVE_FOREIGN),
}
