"""Questions about recorded plans: heads, rows with their reasons, what was left, the publicity list, the terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, page
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from kernel.work import asker_of
from programmes.roles import AUDITOR, CHANNELS, CITIES, COUNTIES, PROVINCE, UNITS
from services.allocation.planning.plan_projection import PLAN_LEFT, PLAN_ROWS, TARGET_NEEDS
from services.allocation.readers_queries import PLACED
from services.allocation.roles import OFFICES

_OVERSEERS = PROVINCE | AUDITOR
_ROW = ", ".join(f"own.{name}" for name in (*PLAN_ROWS.key, *PLAN_ROWS.columns) if name != "displaces")
_PARTIES = PROVINCE | CHANNELS | CITIES | COUNTIES | AUDITOR | UNITS
_NAME = "coalesce((select a.name from areas a where a.code = {} order by a.edition desc limit 1), '')"
_JOB = ("id", "kind", "state", "stage", "done", "of", "asked_at", "ended_at", "organ")
_HEADS = PROVINCE | CITIES | COUNTIES | AUDITOR | CHANNELS


def plans(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Recorded plans with totals, input hash, seed and certificate: those of the province for all who take part, those
    of one area for who reaches into it. Who was left out by request is shown to who may plan such a scope."""
    where = Where().equal(ask, "programme", "tier", "area", "plan")
    if ask.actor.role not in _OVERSEERS:
        mine = Where().inside(ask.actor, "area")
        below = [area[:4] for area in ask.actor.areas]
        where.add(f"(area = '' or area = any(%s::text[]) or {mine.text()})", below, *mine.values)
        source = (
            "(select plan, programme, tier, area, number, position, recorded, input, seed, solver, cadres, unplaced,"
            " vacant, total, moves, replaces, head - 'without' - 'closed' as head, parts, planned_on"
            " from placement_plans) as shown"
        )
        return page(rows, ask, source, where, ("programme", "tier", "area", "number"))
    return page(rows, ask, "placement_plans", where, ("programme", "tier", "area", "number"))


def plan_rows(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The rows of one plan: cadre, target, measures of the cost, why no nearer, the second best and its price.

    ``displaces`` names those the asker's own reach shows; ``displaced`` counts all.
    Places stand by code and by name, as the newest register of areas has it; one it does not have has the name "".
    """
    where = Where().equal(ask, "plan", "person", "unit", "channel", "target")
    where.reach(ask.actor, PLACED, ("target",), ("channel", "unit"))
    others = Where().reach(ask.actor, PLACED, ("o.target",), ("o.channel", "o.unit"))
    shown = (
        "coalesce((select jsonb_agg(d.who order by d.at)"
        " from jsonb_array_elements_text(own.displaces) with ordinality as d(who, at)"
        f" join plan_rows o on o.plan = own.plan and o.person = d.who where {others.text()}), '[]'::jsonb)"
    )
    source = (
        f"(select {_ROW}, {shown} as displaces, jsonb_array_length(own.displaces) as displaced,"
        f" {_NAME.format('own.target')} as target_name, {_NAME.format('own.next_target')} as next_name"
        " from plan_rows own) as listed"
    )
    return page(rows, ask, source, where, ("plan", "person"), *others.values)


def jobs(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Jobs the asker's organ gave, the newest last; the province and auditors see all. Results stand with each job."""
    source = (
        "(select id, kind, state, stage, done, of, asked_at, ended_at, asker, actor ->> 'organ' as organ"
        " from jobs.jobs) as listed"
    )
    where = Where().equal(ask, "kind", "state")
    if ask.actor.role not in PROVINCE | AUDITOR:
        where.add("asker = %s", asker_of(ask.actor))
    return page(rows, ask, source, where, ("asked_at", "id"), columns=_JOB)


_REASONS = (
    "(select unit, channel, plan, nearness, reason, count(*) as places, min(target) as target"
    " from plan_rows group by unit, channel, plan, nearness, reason) as reasons"
)
"""For each unit of a plan: its places by rank, and why nothing nearer was free where it goes far (AL-016)."""
_PUBLICITY = (
    f"(select r.person, r.unit, coalesce(u.name, '') as unit_name, r.channel, r.target,"
    f" {_NAME.format('r.target')} as target_name, r.kind, p.plan, p.input, p.seed, p.planned_on"
    " from plan_rows r join placement_plans p on p.plan = r.plan"
    " left join units u on u.unit = r.unit) as listed"
)
"""The list for publicity: the person's id, unit and target, with input hash and seed; no other personal data."""
_TERMS = (
    "(select t.*, coalesce(n.unit, '') as unit, coalesce(n.channel, '') as channel from ("
    "select programme, '' as rule, person, target, reason, '' as signer, '' as post, '' as organ, locked_on as day"
    " from placement_locks union all"
    " select programme, rule, person, target, reason, signer, post, organ, signed_on from rule_waivers) t"
    " left join nominees n on n.programme = t.programme and n.person = t.person) as terms"
)
"""Locks that stand and waivers that were signed; ``rule`` is empty for a lock."""
_PLAN = {"plan": "分配方案编号"}
_WHOSE = {"unit": "单位编号", "channel": "领域"}
QUERIES = {
    "jobs": Query(jobs, PROVINCE | CITIES | COUNTIES | AUDITOR, "任务", {"kind": "种类", "state": "状态"}),
    "plans": Query(plans, _HEADS, "分配方案", {"programme": "方案编号", "tier": "层级", "area": "区划代码", **_PLAN}),
    "plan_rows": Query(
        plan_rows, _PARTIES, "分配方案明细", {**_PLAN, **_WHOSE, "person": "人选", "target": "派驻点"}, ("plan",)
    ),
    **queries(
        # Cadres without a place and places without a cadre, each with the rule that blocks it.
        plan_left=Listing(
            "未分配",
            PLAN_LEFT,
            _PARTIES,
            {**_PLAN, "unit": "单位编号", "kind": "类别", "rule": "规则"},
            areas=("target",),
            units=("unit",),
            reach=PLACED,
            needs=("plan",),
        ),
        unit_reasons=Listing(
            "单位就近说明",
            _REASONS,
            _PARTIES,
            {**_PLAN, **_WHOSE},
            key=("unit", "nearness", "reason"),
            areas=("target",),
            units=("channel", "unit"),
            reach=PLACED,
            needs=("plan",),
        ),
        publicity_list=Listing(
            "公示名单",
            _PUBLICITY,
            OFFICES,
            {**_PLAN, "unit": "单位编号"},
            {"area": "区划代码"},
            key=("target", "person"),
            areas=("target",),
            units=("channel", "unit"),
            reach=PLACED,
            needs=("plan",),
        ),
        # Channels are shown those of their own nominees, cities and counties those on their own targets.
        placement_terms=Listing(
            "锁定与豁免",
            _TERMS,
            PROVINCE | CHANNELS | CITIES | COUNTIES | AUDITOR,
            {"programme": "方案编号", "person": "人选", "target": "派驻点", "rule": "规则"},
            key=("programme", "rule", "person", "target"),
            areas=("target",),
            units=("channel", "unit"),
            reach=PLACED,
            needs=("programme",),
        ),
        target_needs=Listing(
            "派驻点需求",
            TARGET_NEEDS,
            OFFICES,
            {"programme": "方案编号", "target": "派驻点"},
            areas=("target",),
            needs=("programme",),
        ),
    ),
}
