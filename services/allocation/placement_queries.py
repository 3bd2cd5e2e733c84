"""The plan of placement: worked out on request from free targets, waiting nominees and ties. It records nothing.

Invariant: asked twice on the same log it answers the same; only what channels then propose becomes a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from kernel import beside
from kernel.asking import Find, Page, cut
from kernel.errors import BadInput, Busy, Forbidden
from kernel.messages import Rejected
from kernel.service import Ask, Query
from services.allocation.nearness import RANKS
from services.allocation.placement_solver import Assigned, NotOptimal, Sender, solve
from services.allocation.readers_queries import BY_UNIT
from services.allocation.roles import CITIES, COUNTIES, MANAGERS, PROVINCE
from services.allocation.tier_organs import own_area
from services.allocation.words import Tier

# Whose units fill the places of a tier, as a pattern of channels; a city or county plans its own places alone.
_CHANNELS_OF = {"province": "^.*[^0-9].*$", "city": "^[0-9]{4}$", "county": "^[0-9]{6}$"}
_SENDERS = """
select n.unit, n.channel, n.kind, count(*) as places, u.helped, u.contacts
  from nominees n join units u on u.unit = n.unit
 where n.programme = %s and n.state in ('listed', 'returned') and n.channel ~ %s and n.channel like %s
 group by n.unit, n.channel, n.kind, u.helped, u.contacts
"""
_TARGETS = """
select target, kind, successor_of from targets
 where programme = %s and tier = %s and state in ('open', 'vacant') and target like %s
"""
_WAITING = """
select unit, kind, person, nomination from nominees
 where programme = %s and state in ('listed', 'returned') order by unit, kind, nomination, person
"""
_RULE = "select value from profile_rules where programme = %s and path = %s order by version desc limit 1"


def placement_plan(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """One item a place: target, unit, rank, tie, reason, and the nominee of the unit who would go there.

    Checked nominees who wait are set against free targets; a bound unit keeps its vacancy. ``total`` is the least
    total rank of all places; channels are shown their own. ``tier`` is the province's where none is named; below it
    each city or county in ``area`` is planned by itself. Source: 辽组通字〔2018〕23号 四.
    """
    programme = ask.params["programme"]
    tier, area = _scope(ask)
    ranks = _ranks(rows, programme)
    within = f"{area}%" if tier != "province" else "%"
    waiting = rows(_SENDERS, programme, _CHANNELS_OF[tier], within)
    free = rows(_TARGETS, programme, tier, f"{area}%")
    bound = {row["target"]: row["successor_of"] for row in free if row["successor_of"]}
    try:
        # It takes as long as a hundred other questions, which are answered meanwhile.
        places: list[tuple[str, Assigned]] = beside.of(tools)(_solved, free, waiting, ranks, bound, tier)
    except NotOptimal as unproven:
        raise Busy("分配方案未能求得最优解，请稍后重试。") from unproven
    items = list(_with_nominees(places, rows(_WAITING, programme)))
    shown = [item for item in items if _visible(item, ask)]
    return {
        **cut(shown, ask),
        "total": sum(place.rank for _, place in places),
        "unplaced": len(free) - len(places),
    }


def _solved(
    free: list[dict[str, Any]],
    waiting: list[dict[str, Any]],
    ranks: Mapping[str, int],
    bound: Mapping[str, str],
    tier: Tier,
) -> list[tuple[str, Assigned]]:
    places: list[tuple[str, Assigned]] = []
    for area in ("",) if tier == "province" else sorted({own_area(row["channel"]) for row in waiting}):
        for kind in ("township", "village"):
            senders = [
                Sender(r["unit"], r["channel"], r["places"], (*r["helped"], *r["contacts"]))
                for r in waiting
                if r["kind"] == kind and own_area(r["channel"]) == area
            ]
            targets = [row["target"] for row in free if row["kind"] == kind and row["target"].startswith(area)]
            places += [(kind, place) for place in solve(targets, senders, ranks, bound)]
    return places


def _scope(ask: Ask) -> tuple[Tier, str]:
    """Tier and area as asked; a city's or county's department sees no further than its area."""
    tier, area = ask.params.get("tier") or "province", ask.params.get("area") or ""
    if tier not in _CHANNELS_OF:
        raise BadInput("没有这一级。", code="field_value", field="tier", accepted="、".join(_CHANNELS_OF))
    if not (area == "" or (area.isascii() and area.isdigit())):
        raise BadInput("区划代码只含数字。", code="field_value", field="area", accepted="4 或 6 位数字")
    if ask.actor.role in CITIES | COUNTIES and not (area and ask.actor.covers(area)):
        raise Forbidden(
            "只能查看本辖区的分配方案。", code="foreign_area", field="area", accepted="、".join(ask.actor.areas)
        )
    return cast(Tier, tier), area


def _ranks(rows: Find, programme: str) -> dict[str, int]:
    found = rows(_RULE, programme, RANKS)
    if not found:
        raise Rejected("profile_missing", "该方案尚未发布，不能据此作出决定。", accepted="先发布该方案的规则")
    return dict(found[0]["value"]["value"])


def _with_nominees(places: list[tuple[str, Assigned]], waiting: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    queues: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in waiting:
        queues.setdefault((row["unit"], row["kind"]), []).append(row)
    for kind, place in places:
        nominee = queues[place.unit, kind].pop(0)
        yield {
            "target": place.target,
            "kind": kind,
            "unit": place.unit,
            "channel": place.channel,
            "rank": place.rank,
            "nearness": place.tie or "",
            "reason": place.reason,
            "person": nominee["person"],
            "nomination": nominee["nomination"],
        }


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
