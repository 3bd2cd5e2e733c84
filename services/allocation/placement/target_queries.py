"""Questions about targets: coverage, gaps, placements, ledgers, nominees, nearness. Ids only, never a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, page, single
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from services.allocation.placement.placement_projection import LEDGERS, NOMINEES, PLACEMENTS, TARGETS
from services.allocation.readers_queries import PLACED, WAITING
from services.allocation.roles import OFFICES

_COVERAGE = """(
    select programme, tier, arranger, {place} count(*) as targets,
           count(*) filter (where kind = 'township') as townships,
           count(*) filter (where kind = 'village') as villages,
           count(*) filter (where state in ('confirmed', 'on_post')) as confirmed,
           count(*) filter (where state = 'on_post') as on_post,
           count(*) filter (where state <> 'on_post') as gaps,
           coalesce(sum(rank) filter (where state in ('confirmed', 'on_post')), 0)::bigint as nearness,
           bool_and(state = 'on_post') as closed
      from (select t.*, case when exists (
                     select from batch_groups g where g.programme = t.programme and g.arranger = 'city'
                        and g.cities @> to_jsonb(t.city)) then 'city' else 'province' end as arranger
              from targets t where t.closed_on is null) as arranged where {where} group by {group}) as found"""
# What the batch fixed for a tier counts as well: a place for which no target was opened yet is a gap too. Where cities
# arrange themselves no tier is fixed; ``arranged_groups`` says what is not opened there.
_OF_TIERS = """(
    select c.*, p.places, greatest(0, p.places - c.targets) as unopened,
           c.all_on_post and c.targets >= coalesce(p.places, 0) as closed
      from {targets}
      left join (select b.programme, t ->> 'tier' as tier, (t ->> 'cadres')::int as places
                   from batches b
                  cross join jsonb_array_elements(
                        case when jsonb_typeof(b.tiers) = 'array' then b.tiers else '[]'::jsonb end) t) p
        on p.programme = c.programme and p.tier = c.tier and c.arranger = 'province') as found"""
_PROVINCE = len("21")


def coverage(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Targets, confirmed, on post and gaps by tier, arranger and city, or with ``by=tier`` without the city (AL-007).

    ``closed`` is true only where every target has somebody on post; ``nearness`` adds up the ranks of those confirmed.
    Whoever asks for whole tiers is also told the ``places`` fixed for each and how many are ``unopened``; a tier
    with one of these is not closed.
    """
    where = Where().equal(ask, "programme", "tier", "city").inside(ask.actor, "target")
    group = "programme, tier, arranger" + ("" if ask.params.get("by") == "tier" else ", city")
    place = "city," if group.endswith("city") else ""
    source = _COVERAGE.format(place=place, where=where.text(), group=group)
    if not place and not ask.params.get("city") and any(len(area) <= _PROVINCE for area in ask.actor.areas):
        source = _OF_TIERS.format(targets=source.replace("as closed", "as all_on_post").replace("as found", "as c"))
    return page(rows, ask, source, Where(), tuple(group.split(", ")), *where.values)


def nearness(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Sum of ranks over the targets that hold or held somebody, by kind, with the number of places at each rank."""
    programme = ask.params["programme"]
    where = Where().add("programme = %s and place_rank is not null", programme).inside(ask.actor, "target")
    found = rows(
        "select kind, place_rank as rank, count(*) as places from ("
        " select t.programme, t.target, t.kind,"
        " (select p.rank from placements p where p.programme = t.programme and p.target = t.target"
        " and p.state <> 'returned' order by p.sequence desc limit 1) as place_rank from targets t) as latest"
        f" where {where.text()} group by kind, place_rank order by kind, place_rank",
        *where.values,
    )
    kinds: dict[str, dict[str, int]] = {}
    for row in found:
        kinds.setdefault(row["kind"], {})[str(row["rank"])] = row["places"]
    totals = {kind: sum(int(rank) * n for rank, n in ranks.items()) for kind, ranks in kinds.items()}
    item = {"programme": programme, "total": sum(totals.values()), "by_kind": totals, "ranks": kinds}
    return single(ask, item)


_PROGRAMME = {"programme": "方案编号"}
_PLACE = {**_PROGRAMME, "city": "市代码", "tier": "省、市、县级"}
_WHO = {"unit": "单位编号", "channel": "领域", "state": "状态"}
QUERIES = {
    "coverage": Query(coverage, OFFICES, "覆盖情况", {**_PLACE, "by": "tier：按级合计"}),
    **queries(
        targets=Listing(
            "派驻点",
            TARGETS,
            OFFICES,
            {**_PLACE, **_WHO, "target": "区划代码", "kind": "乡镇或村"},
            areas=("target",),
        ),
        # ``successor_of`` names the unit that owes one.
        gaps=Listing(
            "空缺", TARGETS, OFFICES, _PLACE, areas=("target",), where="state <> 'on_post' and closed_on is null"
        ),
        # Every occupant of a target with rank, reason and the three factors (AL-016, AL-017).
        placements=Listing(
            "分配记录",
            PLACEMENTS,
            OFFICES,
            {**_PROGRAMME, **_WHO, "city": "市代码", "target": "区划代码", "person": "人选编号", "posting": "选派编号"},
            areas=("target",),
            units=("channel", "unit"),
            reach=PLACED,
        ),
        # The ledger's rows are the confirmed placements (AL-019).
        ledger=Listing(
            "选派台账",
            PLACEMENTS,
            OFFICES,
            {**_PROGRAMME, "city": "市代码", "target": "区划代码"},
            areas=("target",),
            where="state in ('confirmed', 'on_post', 'vacated')",
        ),
        # ``acknowledged`` below ``edition`` means that an answer is missing.
        ledgers=Listing("台账反馈", LEDGERS, OFFICES, {**_PROGRAMME, "city": "市代码"}, areas=("city",)),
        acknowledgements_lacking=Listing(
            "未签收台账",
            LEDGERS,
            OFFICES,
            {**_PROGRAMME, "city": "市代码"},
            areas=("city",),
            where="coalesce(acknowledged, 0) < edition",
        ),
        # Areas do not apply before a place is confirmed.
        nominees=Listing(
            "待分配人选",
            NOMINEES,
            OFFICES,
            {**_PROGRAMME, **_WHO, "kind": "乡镇或村", "person": "人选编号"},
            units=("channel", "unit"),
            reach=WAITING,
        ),
    ),
    "nearness": Query(nearness, OFFICES, "就近程度", _PROGRAMME, ("programme",)),
}
