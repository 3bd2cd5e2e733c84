"""The plan of placement on request: worked out from free targets, waiting nominees and ties. It records nothing.

Invariant: asked twice on the same log it answers the same; it is the plan a job would record with seed 0, without the
prices, and cadres for whom there is no place are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kernel import offload
from kernel.asking import Find, Page, cut
from kernel.refusals import FIELD_VALUE, FOREIGN_AREA
from kernel.service import Ask, Query
from programmes.roles import CITIES, COUNTIES, MANAGERS, PROVINCE
from services.allocation.planning.plan_scope import Scope, must_plan
from services.allocation.planning.plan_situation import Options, Situation, situation
from services.allocation.readers_queries import BY_UNIT
from services.allocation.solving.plan_reading import today
from services.allocation.solving.refusals import NO_PLAN_PROVEN

if TYPE_CHECKING:
    from services.allocation.solving.plan_solving import Solved

_TIERS = ("province", "city", "county")


def placement_plan(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """One item a place: target, unit, rank, tie, reason, and the nominee of the unit who would go there.

    Checked nominees who wait are set against free targets; a bound unit keeps its vacancy. ``total`` is the total rank
    of all places, ``unplaced`` how many free targets are left; channels are shown their own.
    Source: 辽组通字〔2018〕23号 四.
    """
    scope, options = _scope(ask), Options(partial=True)
    position, tables = today(rows, scope.programme, "")
    found = situation(scope, options, position, tables)
    # It takes as long as a hundred other questions, which are answered meanwhile.
    solved: Solved = offload.of(tools)(solve, found, options)
    items = [
        {
            "target": row.target,
            "kind": row.kind,
            "unit": row.unit,
            "channel": row.channel,
            "rank": row.nearness,
            "nearness": row.tie,
            "reason": row.reason,
            "person": row.person,
            "nomination": row.nomination,
        }
        for row in sorted(solved.rows, key=lambda row: (row.kind, row.target))
    ]
    shown = [item for item in items if _visible(item, ask)]
    return {**cut(shown, ask), "total": solved.head.measures["nearness"], "unplaced": solved.head.vacant}


def solve(found: Situation, options: Options) -> Solved:
    """The plan of a situation, proven; what solves it is loaded here, where something is solved.

    Raises:
        Busy: ``no_plan_proven``.
    """
    from services.allocation.assignment.checker import CertificateFalse
    from services.allocation.assignment.solve import NotOptimal
    from services.allocation.solving.plan_solving import best, plan

    try:
        return plan(found, options, 0, best(found, options))
    except (NotOptimal, CertificateFalse) as unproven:
        raise NO_PLAN_PROVEN() from unproven


def _scope(ask: Ask) -> Scope:
    """Tier and area as asked; a city's or county's department sees the tiers and the area it may plan."""
    tier, area = ask.params.get("tier") or _TIERS[0], ask.params.get("area") or ""
    if tier not in _TIERS:
        raise FIELD_VALUE(field="tier", fault="应为省、市、县三级之一", accepted=_TIERS)
    if not (area == "" or (area.isascii() and area.isdigit())):
        raise FIELD_VALUE(field="area", fault="应只含数字", accepted="4 或 6 位数字")
    scope = Scope(ask.params["programme"], tier, area or None)
    if ask.actor.role in CITIES | COUNTIES:
        if not (area and ask.actor.covers(area)):
            raise FOREIGN_AREA(area=area or "全部", areas=ask.actor.areas or "无", field="area", rule=None)
        must_plan(scope, ask.actor)
    return scope


def _visible(item: Mapping[str, Any], ask: Ask) -> bool:
    if ask.params.get("channel") not in (None, "", item["channel"]):
        return False
    return ask.actor.role not in BY_UNIT or ask.actor.manages(item["channel"]) or ask.actor.manages(item["unit"])


QUERIES = {
    "placement_plan": Query(
        placement_plan,
        PROVINCE | MANAGERS,
        "就近分配方案",
        {"programme": "方案编号", "channel": "领域", "tier": "省、市、县级", "area": "市、县级的区划代码"},
        ("programme",),
    )
}
