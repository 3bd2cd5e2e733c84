"""The plan of placement: worked out on request from open targets, units' places and ties. It records nothing.

Invariant: asked twice on the same log it answers the same; only what channels then propose becomes a fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.errors import Busy
from kernel.messages import Rejected
from kernel.service import Ask, Query
from services.allocation.nearness import RANKS
from services.allocation.page_queries import BY_UNIT, Page, Rows, wanted
from services.allocation.placement_solver import Assigned, NotOptimal, Sender, solve
from services.allocation.roles import CHANNELS, PROVINCE

_SENDERS = """
select q.unit, q.channel, u.helped, u.contacts,
       q.townships - count(t.target) filter (where t.kind = 'township') as township,
       q.villages - count(t.target) filter (where t.kind = 'village') as village
  from unit_quotas q
  join units u on u.unit = q.unit
  left join targets t on t.programme = q.programme and t.state <> 'open'
       and case when t.successor_of <> '' then t.successor_of else t.unit end = q.unit
 where q.programme = %s
 group by q.unit, q.channel, u.helped, u.contacts, q.townships, q.villages
 order by q.unit
"""
_TARGETS = "select target, kind from targets where programme = %s and tier = 'province' and state = 'open'"
_WAITING = """
select unit, kind, person, nomination from nominees
 where programme = %s and state in ('listed', 'returned') order by unit, kind, nomination, person
"""
_RULE = "select value from profile_rules where programme = %s and path = %s order by version desc limit 1"


def placement_plan(rows: Rows, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """One item a place: target, unit, rank, tie, reason, and a nominee of the unit that waits (None where none does).

    ``total`` is the least total rank of all places; channels are shown their own. Source: 辽组通字〔2018〕23号 四.
    """
    programme = wanted(ask, "programme")
    ranks = _ranks(rows, programme)
    senders = rows(_SENDERS, programme)
    free: dict[str, list[str]] = {"township": [], "village": []}
    for row in rows(_TARGETS, programme):
        free[row["kind"]].append(row["target"])
    places: list[tuple[str, Assigned]] = []
    try:
        for kind, targets in free.items():
            own = [Sender(r["unit"], r["channel"], r[kind], (*r["helped"], *r["contacts"])) for r in senders]
            places += [(kind, place) for place in solve(targets, own, ranks)]
    except NotOptimal as unproven:
        raise Busy("分配方案未能求得最优解，请稍后重试。") from unproven
    items = list(_with_nominees(places, rows(_WAITING, programme)))
    totals = {kind: sum(place.rank for of, place in places if of == kind) for kind in free}
    shown = [item for item in items if _visible(item, ask)]
    start = int(ask.after) if ask.after and ask.after.isdigit() else 0
    page = shown[start : start + ask.limit]
    more = start + ask.limit < len(shown)
    return {
        "items": page,
        "next": str(start + ask.limit) if more else None,
        "total": sum(totals.values()),
        "by_kind": totals,
        "places": len(items),
        "unplaced": sum(map(len, free.values())) - len(items),
    }


def _ranks(rows: Rows, programme: str) -> dict[str, int]:
    found = rows(_RULE, programme, RANKS)
    if not found:
        raise Rejected("profile_missing", "该方案尚未发布，不能据此作出决定。", accepted="先发布该方案的规则")
    return dict(found[0]["value"]["value"])


def _with_nominees(places: list[tuple[str, Assigned]], waiting: list[dict[str, Any]]) -> Any:
    queues: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in waiting:
        queues.setdefault((row["unit"], row["kind"]), []).append(row)
    for kind, place in places:
        queue = queues.get((place.unit, kind))
        nominee = queue.pop(0) if queue else {"person": None, "nomination": None}
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
    if "channel" in ask.params and item["channel"] != ask.params["channel"]:
        return False
    return ask.actor.role not in BY_UNIT or ask.actor.manages(item["channel"]) or ask.actor.manages(item["unit"])


QUERIES = {
    "placement-plan": Query(
        placement_plan, PROVINCE | CHANNELS, "就近分配方案", {"programme": "方案编号", "channel": "领域"}
    )
}
