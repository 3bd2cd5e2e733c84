"""The work of planning itself: solved, proven, recorded where it is to be. Loading it loads what solves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from kernel.codec import plain
from kernel.messages import Command
from kernel.work import Task
from programmes.roles import AUDITOR
from services.allocation.assignment.checker import CertificateFalse
from services.allocation.assignment.solve import NotOptimal
from services.allocation.jobs import plan_derivation
from services.allocation.jobs.plan_orders import options_of, scope_of
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

_TIERS: Final = {"province": "省级", "city": "市级", "county": "县级"}
PART: Final = 500
"""Rows in one event of a plan."""
_LISTED: Final = 500
"""Moves a what-if lists; it counts all of them."""


def _looked(task: Task, options: Options) -> Situation:
    position, tables = today(task.rows, task.asked.programme, options.base)
    return situation(scope_of(task.asked), options, position, tables)


def make(task: Task) -> Mapping[str, Any]:
    """Plan, prove, record. Gives {plan, position, …}."""
    return _recorded(task, options_of(task.asked), best_of_floors)


def anew(task: Task) -> Mapping[str, Any]:
    """Plan again with the fewest other moves, record."""
    _base(task, task.asked.plan)
    return _recorded(task, options_of(task.asked, task.asked.plan), repaired)


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
    options = options_of(task.asked, base)
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
    if task.asked.context.actor.role not in AUDITOR:
        must_plan(Scope(head["programme"], head["tier"], head["area"]), task.asked.context.actor)
    return head


def _base(task: Task, name: str) -> None:
    """Check that the plan of this name is of the scope asked for: people and places of another have not moved.

    Raises:
        Rejected: ``plan_unknown``, ``plan_of_other_scope``.
    """
    head, scope = known(task, name), scope_of(task.asked)
    if Scope(head["programme"], head["tier"], head["area"]) != scope:
        raise PLAN_OF_OTHER_SCOPE(plan=name, scope=scope.key)


def _figures(head: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: head[name] for name in ("input", "seed", "rows", "left", "vacant", "total", "measures", "least")}
    return {**told, "gap": head["certificate"]["gap"], "other_moves": head["moves"]}


def _digest(asked: Command) -> bytes:
    return hashlib.sha256(asked.context.command_id.encode()).digest()
