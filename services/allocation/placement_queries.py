"""The plan of placement: worked out on request from free targets, waiting nominees and ties. It records nothing.

Invariant: asked twice on the same log it answers the same; only what channels then propose becomes a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kernel import beside
from kernel.asking import Find, Page, cut
from kernel.errors import Busy
from kernel.messages import Rejected
from kernel.service import Ask, Query
from services.allocation.nearness import RANKS
from services.allocation.placement_solver import Assigned, NotOptimal, Sender, solve
from services.allocation.readers_queries import BY_UNIT
from services.allocation.roles import CHANNELS, PROVINCE

_SENDERS = """
select n.unit, n.channel, n.kind, count(*) as places, u.helped, u.contacts
  from nominees n join units u on u.unit = n.unit
 where n.programme = %s and n.state in ('listed', 'returned')
 group by n.unit, n.channel, n.kind, u.helped, u.contacts
"""
_TARGETS = """
select target, kind, successor_of from targets
 where programme = %s and tier = 'province' and state in ('open', 'vacant')
"""
_WAITING = """
select unit, kind, person, nomination from nominees
 where programme = %s and state in ('listed', 'returned') order by unit, kind, nomination, person
"""
_RULE = "select value from profile_rules where programme = %s and path = %s order by version desc limit 1"


def placement_plan(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """One item a place: target, unit, rank, tie, reason, and the nominee of the unit who would go there.

    Checked nominees who wait are set against free targets; a bound unit keeps its vacancy. ``total`` is the least
    total rank of all places; channels are shown their own. Source: 辽组通字〔2018〕23号 四.
    """
    programme = ask.params["programme"]
    ranks = _ranks(rows, programme)
    waiting = rows(_SENDERS, programme)
    free = rows(_TARGETS, programme)
    bound = {row["target"]: row["successor_of"] for row in free if row["successor_of"]}
    try:
        # It takes as long as a hundred other questions, which are answered meanwhile.
        places: list[tuple[str, Assigned]] = beside.of(tools)(_solved, free, waiting, ranks, bound)
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
    free: list[dict[str, Any]], waiting: list[dict[str, Any]], ranks: Mapping[str, int], bound: Mapping[str, str]
) -> list[tuple[str, Assigned]]:
    places: list[tuple[str, Assigned]] = []
    for kind in ("township", "village"):
        senders = [
            Sender(r["unit"], r["channel"], r["places"], (*r["helped"], *r["contacts"]))
            for r in waiting
            if r["kind"] == kind
        ]
        targets = [row["target"] for row in free if row["kind"] == kind]
        places += [(kind, place) for place in solve(targets, senders, ranks, bound)]
    return places


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
        PROVINCE | CHANNELS,
        "就近分配方案",
        {"programme": "方案编号", "channel": "领域"},
        ("programme",),
    )
}
