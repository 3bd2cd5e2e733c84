"""The jobs of planning: make a plan, ask what if, plan anew with few moves, price the second best, derive a plan again.

Invariant: only ``placement_plan`` and ``replan`` record anything, each one plan in one append under the job's id; the
others leave no event. Whatever a job refuses it refuses before anything is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kernel.concern import foreign_to
from kernel.messages import Command
from kernel.reach import Foreign, Whose
from kernel.service import Room
from kernel.text import digits
from kernel.work import Job, Task
from programmes.concerns import of_programme
from programmes.roles import AUDITOR, CITIES, COUNTIES, PROVINCE
from services.allocation.jobs.plan_orders import (
    DerivePlan,
    PlanAnew,
    PlanPlacement,
    PricePlan,
    SupposePlacement,
    scope_of,
)
from services.allocation.planning.plan_scope import must_plan


def _worked(name: str) -> Callable[[Task], Mapping[str, Any]]:
    """The work of that name, loaded with what solves where a planner does it; who takes the job in needs none of it."""

    def work(task: Task) -> Mapping[str, Any]:
        from services.allocation.jobs import plan_work

        found: Mapping[str, Any] = getattr(plan_work, name)(task)
        return found

    return work


def _own(asked: PlanPlacement) -> None:
    must_plan(scope_of(asked), asked.context.actor)


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
    "placement_plan": Job(PlanPlacement, _worked("make"), _PLANNERS, "编制分配方案", _OVERSEE, _own, _PLACE_FOREIGN),
    "what_if": Job(SupposePlacement, _worked("suppose"), _PLANNERS, "试算分配方案", _OVERSEE, _own, _PLACE_FOREIGN),
    "replan": Job(PlanAnew, _worked("anew"), _PLANNERS, "调整分配方案", _OVERSEE, _own, _PLACE_FOREIGN),
    "prices": Job(PricePlan, _worked("price"), _PLANNERS, "次优去处", _OVERSEE, foreign=_PLAN_FOREIGN),
    "derivation": Job(
        DerivePlan, _worked("derive"), _PLANNERS | AUDITOR, "重算分配方案", _OVERSEE, foreign=_DERIVE_FOREIGN
    ),
}
