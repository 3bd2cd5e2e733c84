"""Read models of demand: villages by kind and who stands there, what a county must fill, quotas entered for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.asking import Find, Page, Where, page
from kernel.codec import plain
from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from programmes.readers.quota import MAINLY
from services.allocation.demand.county_fallback import CountyShortfallChanged, VillageLeft, VillageSourced
from services.allocation.demand.succession import VillageFollowed, VillageFollowerLost, VillageHandedOver
from services.allocation.demand.village_assignment import VillageAssigned
from services.allocation.demand.village_kinds import VillageKindsRecorded
from services.allocation.demand.work_team import WorkTeamFormed
from services.allocation.quotas.local_quota import LocalQuotaSet
from services.allocation.quotas.unit_county_quota import UnitCountyQuotaSet
from services.allocation.readers_queries import PLACED
from services.allocation.roles import OFFICES
from services.allocation.rules_queries import rules_for
from services.allocation.words import city_of

VILLAGES = Table(
    "demanded_villages",
    {"programme": "text", "target": "text"},
    {
        "county": "text",
        "city": "text",
        "weak_party": "bool",
        "registered_poor": "bool",
        "posting": "text",
        "source": "text",
        "assigned": "text",
        "person": "text",
        "unit": "text",
        "channel": "text",
        "scored": "bool",
        "matched": "int",
        "helps": "bool",
        "successor_of": "text",
        "team": "json",
        "next": "json",
        "changed_on": "date",
    },
    indexes=(("programme", "county"), ("person",)),
)
NEEDS = Table(
    "county_needs",
    {"programme": "text", "county": "text"},
    {
        "city": "text",
        "mandatory": "int",
        "central": "int",
        "province": "int",
        "from_city": "int",
        "county_posted": "int",
        "need": "int",
        "cause": "text",
        "changed_on": "date",
    },
)
COUNTY_QUOTAS = Table(
    "county_quotas",
    {"programme": "text", "unit": "text"},
    {
        "county": "text",
        "places": "int",
        "printed_row": "int",
        "printed": "json",
        "reason": "text",
        "suggested": "json",
        "set_on": "date",
    },
    indexes=(("programme", "county"),),
)
_COUNTY_QUOTAS = """
(select q.programme, q.unit as name, q.county, q.places, q.printed_row, q.printed, q.reason, q.suggested, q.set_on,
        coalesce((select min(u.unit) from units u where u.name = q.unit), '') as unit
   from county_quotas q) as county_quotas
"""
LOCAL_QUOTAS = Table(
    "local_quotas",
    {"programme": "text", "area": "text"},
    {"tier": "text", "places": "int", "townships": "int", "basis": "text", "set_on": "date"},
)
TABLES = (VILLAGES, NEEDS, COUNTY_QUOTAS, LOCAL_QUOTAS)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    on = recorded.occurred_on
    match recorded.event:
        case VillageKindsRecorded() as e:
            for v in e.villages:
                yield VILLAGES.of(
                    e,
                    target=v.target,
                    city=city_of(e.county),
                    weak_party=v.weak_party,
                    registered_poor=v.registered_poor,
                    changed_on=on,
                )
        case VillageSourced() as e:
            yield VILLAGES.of(e, county=e.target[:6], city=city_of(e.target), changed_on=on)
        case VillageLeft() as e:
            gone = {"posting": "", "source": "", "assigned": "", "person": "", "unit": "", "channel": ""}
            yield VILLAGES.put(e.programme, e.target, **gone, successor_of=e.successor_of, changed_on=on)
        case VillageAssigned() as e:
            yield VILLAGES.put(
                e.programme,
                e.target,
                county=e.target[:6],
                city=city_of(e.target),
                assigned=e.posting,
                person=e.person,
                unit=e.unit,
                channel=e.channel,
                scored=e.matched is not None,
                matched=e.matched or 0,
                helps=e.helps,
                successor_of="",
                next={},
                changed_on=on,
            )
        case VillageHandedOver() as e:
            who = {"person": e.person, "unit": e.unit, "channel": e.channel}
            over = {"posting": e.successor, "assigned": e.successor, "next": {}, "changed_on": on}
            yield VILLAGES.put(e.programme, e.target, **who, **over)
        case VillageFollowed() as e:
            follower = {"person": e.person, "unit": e.unit, "channel": e.channel, "assigned": e.successor}
            yield VILLAGES.put(e.programme, e.target, next=follower, changed_on=on)
        case VillageFollowerLost() as e:
            yield VILLAGES.put(e.programme, e.target, next={}, changed_on=on)
        case WorkTeamFormed() as e:
            county, city = e.target[:6], city_of(e.target)
            yield VILLAGES.of(e, county=county, city=city, team=plain(e.members), changed_on=on)
        case UnitCountyQuotaSet() as e:
            yield COUNTY_QUOTAS.of(
                e, printed_row=e.row, printed={"places": e.printed}, suggested=list(e.suggested), set_on=on
            )
        case LocalQuotaSet() as e:
            yield LOCAL_QUOTAS.of(e, set_on=on)
        case CountyShortfallChanged() as e:
            yield NEEDS.of(e, city=city_of(e.county), from_city=e.city, changed_on=on)


_MANDATORY = "(weak_party or registered_poor)"
_ABOVE = "mainly is not null"
_THERE = "case mainly when 'weak_party' then weak_party else registered_poor end"
_DEMAND = f"""(
    select programme, {{place}}
           count(*) filter (where weak_party) as weak_party,
           count(*) filter (where registered_poor) as registered_poor,
           count(*) filter (where weak_party and registered_poor) as both_kinds,
           count(*) filter (where {_MANDATORY}) as mandatory,
           count(*) filter (where {_MANDATORY} and posting <> '') as mandatory_covered,
           count(*) filter (where not {_MANDATORY} and posting <> '') as optional_covered,
           bool_and(posting <> '' or not {_MANDATORY}) as closed,
           count(*) filter (where {_ABOVE}) as from_preferring,
           count(*) filter (where {_ABOVE} and {_THERE}) as of_these_preferred,
           2 * count(*) filter (where {_ABOVE} and {_THERE}) < count(*) filter (where {_ABOVE}) as not_mainly
      from (select v.*, p.kind as mainly from demanded_villages v
              left join unnest(%s::text[], %s::text[], %s::text[]) as p (prefers, tier, kind)
                on p.prefers = v.programme and p.tier = v.source) as preferring
     where {{where}} group by programme {{group}}) as found"""


def demand(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Villages by kind and coverage, by county or with ``by=programme`` in all (AL-030, AL-031, AL-033).

    ``mandatory`` counts a village of both kinds once; postings on other villages stand in ``optional_covered`` alone.
    ``from_preferring`` are from tiers whose cadres go mainly to villages of one kind; ``not_mainly`` warns where fewer
    than half of them do. A programme that names none has none.
    """
    where = Where().equal(ask, "programme", "county", "city").inside(ask.actor, "target")
    whole = ask.params.get("by") == "programme"
    place, group = ("", "") if whole else ("county,", ", county")
    source = _DEMAND.format(place=place, where=where.text(), group=group)
    key = ("programme",) if whole else ("programme", "county")
    return page(rows, ask, source, Where(), key, *_preferring(rows), *where.values)


def _preferring(rows: Find) -> tuple[list[str], list[str], list[str]]:
    """Programme, tier and kind of villages, for each tier whose cadres go mainly there."""
    found: list[tuple[str, str, str]] = []
    for row in rows("select distinct programme from demanded_villages"):
        if rule := rules_for(rows, row["programme"], MAINLY).find(MAINLY):
            found += [(row["programme"], tier, rule.value.kind) for tier in rule.value.tiers]
    return [one[0] for one in found], [one[1] for one in found], [one[2] for one in found]


# What is owed ends with the binding, of which this table is not told.
_OWED = "exists (select 1 from bindings b where b.unit = v.successor_of and b.target = v.target and b.state = 'bound')"
# Who was to follow on somebody who left otherwise is the one awaited: of that the event of the leaving tells nothing.
_FOLLOWER = ("assigned", "person", "unit", "channel")
_SHOWN = ", ".join(
    (
        *(name for name in (*VILLAGES.key, *VILLAGES.columns) if name not in ("successor_of", "next", *_FOLLOWER)),
        *(f"case when v.assigned = '' then coalesce(v.next->>'{n}', '') else v.{n} end as {n}" for n in _FOLLOWER),
    )
)
_VILLAGES = f"""(
    select {_SHOWN}, case when {_OWED} then v.successor_of else '' end as successor_of
      from demanded_villages v) as found"""


_PLACE = {"programme": "方案编号", "county": "县代码", "city": "市代码"}
QUERIES = {
    "demand": Query(demand, OFFICES, "应派村与覆盖", {**_PLACE, "by": "programme：全部合计"}),
    **queries(
        # A village of which no needs were stated is not ``scored`` (AL-038).
        demanded_villages=Listing(
            "应派村",
            _VILLAGES,
            OFFICES,
            {**_PLACE, "target": "村代码", "unit": "单位编号"},
            key=("programme", "target"),
            areas=("target",),
            units=("channel", "unit"),
            reach=PLACED,
        ),
        # As of the last posting, recall or withdrawal of the county (AL-032, AL-046).
        county_needs=Listing("县级兜底名额", NEEDS, OFFICES, _PLACE, areas=("county",)),
        # In printed order. The rows are those of a fragment: nothing here is a provincial total.
        county_quotas=Listing(
            "省直单位分县名额",
            _COUNTY_QUOTAS,
            OFFICES,
            {"programme": "方案编号", "county": "县代码", "unit": "单位编号，未登记的为空", "name": "单位名称，如所印"},
            columns=("unit", "county", "places", "printed", "reason", "suggested", "set_on"),
            key=("programme", "printed_row", "name"),
            areas=("county",),
        ),
        # What cities and counties have set for themselves (AL-037).
        local_quotas=Listing(
            "市县自定名额",
            LOCAL_QUOTAS,
            OFFICES,
            {"programme": "方案编号", "area": "区划代码", "tier": "city 或 county"},
            areas=("area",),
        ),
    ),
}
