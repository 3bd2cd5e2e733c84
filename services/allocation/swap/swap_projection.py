"""Read models of the swap: pairs with their numbers, places with their legs, the fixed list, the poor counties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.asking import Find, Page, single
from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from services.allocation.readers_queries import SHARED
from services.allocation.roles import OFFICES
from services.allocation.swap.pair_plan import SwapPartyRecorded, mode_of
from services.allocation.swap.poor_counties import PoorCountySetDefined
from services.allocation.swap.swap import SwapConfirmed, SwapEnded
from services.allocation.swap.swap_leg import (
    SecondmentReportNoted,
    SwapPlaceFilled,
    SwapRestored,
    SwapUnbalanced,
)
from services.allocation.swap.swap_list import SwapListFixed
from services.allocation.swap.swap_pair import SwapPairDefined, SwapPartnerNamed
from services.allocation.swap.swap_post import SecondmentPostAgreed, SecondmentPostProposed

POOR_COUNTIES = Table("poor_counties", {"programme": "text", "county": "text"}, {"defined_on": "date"})
PAIRS = Table(
    "pairs",
    {"programme": "text", "pair": "int"},
    {
        "level": "text",
        "mode": "text",
        "poor_city": "text",
        "poor_area": "text",
        "developed_city": "text",
        "developed_area": "text",
        "city_each": "int",
        "county_each": "int",
        "township_each": "int",
        "planned": "int",
        "places_filled": "int",
        "substitutes": "int",
        "posts_agreed": "int",
        "levels": "int",
        "levels_confirmed": "int",
        "unbalanced": "int",
        "restored": "int",
        "open_city": "bool",
        "open_county": "bool",
        "open_township": "bool",
        "ended_on": "date",
        "batch": "int",
        "party": "text",
        "department": "text",
        "starts_on": "date",
    },
)
PLACES = Table(
    "swap_places",
    {"programme": "text", "leg": "text"},
    {
        "pair": "int",
        "direction": "text",
        "level": "text",
        "seat": "int",
        "person": "text",
        "sending": "text",
        "host": "text",
        "post": "text",
        "proposed": "text",
        "substitute": "bool",
        "state": "text",
        **dict.fromkeys(("reported_on", "named_on", "proposed_on", "agreed_on", "lost_on"), "date"),
    },
    indexes=(("programme", "pair"), ("person",)),
)
LISTS = Table(
    "swap_lists", {"programme": "text", "batch": "int"}, {"pairs": "int", "persons": "int", "fixed_on": "date"}
)
TABLES = (POOR_COUNTIES, PAIRS, PLACES, LISTS)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    on = recorded.occurred_on
    match recorded.event:
        case PoorCountySetDefined() as e:
            for county in e.counties:
                yield POOR_COUNTIES.put(e.programme, county, defined_on=on)
        case SwapPairDefined() as e:
            each = (e.city_each, e.county_each, e.township_each)
            yield PAIRS.of(
                e,
                mode=mode_of(e.mode),
                developed_area=e.developed_area or "",
                planned=2 * sum(each),
                levels=sum(map(bool, each)),
                batch=1,
                party=e.level,
            )
        case SwapPartyRecorded() as e:
            about = {"batch": e.batch, "party": e.party, "department": e.department, "starts_on": e.starts_on}
            yield PAIRS.put(e.programme, e.pair, **about)
        case SwapPartnerNamed() as e:
            yield PAIRS.of(e)
        case SwapPlaceFilled() as e:
            counted = {"substitutes": 1} if e.substitute else {"places_filled": 1}
            yield PAIRS.add(e.programme, e.pair, **counted)
            yield PLACES.of(e, state="named", named_on=on)
        case SwapListFixed() as e:
            yield LISTS.of(e, fixed_on=on)
        case SecondmentPostProposed() as e:
            yield PLACES.put(e.programme, e.leg, proposed=e.post, proposed_on=on)
        case SecondmentPostAgreed() as e:
            yield PAIRS.add(e.programme, e.pair, posts_agreed=1)
            yield PLACES.put(e.programme, e.leg, post=e.post, state="agreed", agreed_on=on)
        case SecondmentReportNoted() as e:
            yield PLACES.put(e.programme, e.leg, reported_on=on)
        case SwapConfirmed() as e:
            yield PAIRS.add(e.programme, e.pair, levels_confirmed=1)
        case SwapUnbalanced() as e:
            yield PAIRS.add(e.programme, e.pair, unbalanced=1)
            yield PAIRS.put(e.programme, e.pair, **{f"open_{e.level}": True})
            yield PLACES.put(e.programme, e.leg, state="lost", lost_on=on)
        case SwapRestored() as e:
            yield PAIRS.add(e.programme, e.pair, restored=1)
            yield PAIRS.put(e.programme, e.pair, **{f"open_{e.level}": False})
        case SwapEnded() as e:
            yield PAIRS.of(e)


_PAIRS = """(
    select p.*, case when ended_on is not null then 'ended'
                     when open_city or open_county or open_township then 'unbalanced'
                     when levels_confirmed = levels then 'active'
                     when posts_agreed > 0 then 'posts_agreed' when places_filled > 0 then 'legs_nominated'
                     else 'defined' end as state
      from pairs p) as found"""
"""Pairs with planned places both ways, places filled, posts agreed, and where each stands."""


def swap_totals(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Planned against named and filled, the unnamed rest told apart (AL-053); lost and restored balances.

    Of one round, the first where none is named.
    """
    programme, batch = ask.params["programme"], ask.params.get("batch") or "1"
    (found,) = rows(
        """select count(*) as pairs,
                  coalesce(sum(planned), 0)::bigint as planned,
                  coalesce(sum(2 * city_each), 0)::bigint as planned_city,
                  coalesce(sum(2 * county_each), 0)::bigint as planned_county,
                  coalesce(sum(2 * township_each), 0)::bigint as planned_township,
                  coalesce(sum(planned) filter (where developed_area <> ''), 0)::bigint as planned_named,
                  coalesce(sum(planned) filter (where developed_area = ''), 0)::bigint as planned_unnamed,
                  coalesce(sum(places_filled), 0)::bigint as named,
                  coalesce(sum(substitutes), 0)::bigint as substitutes,
                  coalesce(sum(posts_agreed), 0)::bigint as posts_agreed,
                  coalesce(sum(levels_confirmed), 0)::bigint as levels_confirmed,
                  coalesce(sum(unbalanced), 0)::bigint as unbalanced,
                  coalesce(sum(restored), 0)::bigint as restored,
                  count(ended_on) as ended
             from pairs where programme = %s and batch::text = %s""",
        programme,
        batch,
    )
    return single(ask, {"programme": programme, **found})


_PROGRAMME = {"programme": "方案编号"}
QUERIES = {
    "swap_totals": Query(swap_totals, OFFICES, "互派计划与落实", {**_PROGRAMME, "batch": "批次"}, ("programme",)),
    **queries(
        pairs=Listing(
            "对口互派",
            _PAIRS,
            OFFICES,
            {**_PROGRAMME, "pair": "对号", "batch": "批次"},
            key=("programme", "pair"),
            areas=("poor_area", "developed_city", "developed_area"),
        ),
        # Those of pairs either side of which lies in the asker's area.
        swap_places=Listing(
            "互派人选位置",
            PLACES,
            OFFICES,
            {**_PROGRAMME, "pair": "对号", "level": "级别", "direction": "方向", "state": "状态", "leg": "人选编号"},
            areas=("sending", "host"),
        ),
        swap_lists=Listing("互派名单", LISTS, OFFICES, {**_PROGRAMME, "batch": "批次"}, reach=SHARED),
        poor_counties=Listing("贫困县名单", POOR_COUNTIES, OFFICES, _PROGRAMME, reach=SHARED),
    ),
}
