"""Read models of a batch: plan, groups, tiers, quotas of channels and units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.asking import Find, Page, Where, page
from kernel.codec import plain
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from services.allocation.quotas.batch_calendar import BatchOverdue
from services.allocation.quotas.quota import ChannelKindQuotaSet, ChannelQuotaSet, UnitQuotaSet
from services.allocation.quotas.scope import BatchPlanPublished, GroupScopeDefined
from services.allocation.quotas.tiers import TierSplitFixed, TierSplitProposed
from services.allocation.quotas.unit_division import ChannelPlacesDivided, UnitQuotaDeviated
from services.allocation.readers_queries import SENDING
from services.allocation.roles import OFFICES

BATCHES = Table(
    "batches",
    {"programme": "text"},
    {
        "total": "int",
        "townships": "int",
        "villages": "int",
        "footing": "json",
        "base": "int",
        "printed": "bool",
        "ratio_actual": "text",
        "ratio_deviation": "int",
        "by_ratio": "json",
        "province": "int",
        "city": "int",
        "county": "int",
        "tiers": "json",
        "counties": "json",
        "deviation": "int",
        "overridden": "json",
        "reason": "text",
        "due": "date",
        "overdue_places": "int",
    },
)
GROUPS = Table(
    "batch_groups",
    {"programme": "text", "name": "text"},
    {
        "arranger": "text",
        "cities": "json",
        "county_units": "int",
        "townships": "int",
        "villages": "int",
        "cadres": "int",
    },
)
CHANNEL_QUOTAS = Table(
    "channel_quotas",
    {"programme": "text", "channel": "text"},
    {
        "printed_row": "int",
        "total": "int",
        "townships": "int",
        "villages": "int",
        "derived": "int",
        "remainder": "int",
        "divisor": "int",
        "deviation": "int",
        "from_print": "int",
        "reason": "text",
    },
)
UNIT_QUOTAS = Table(
    "unit_quotas",
    {"programme": "text", "unit": "text"},
    {
        "channel": "text",
        "townships": "int",
        "villages": "int",
        "basis": "text",
        "set_on": "date",
        "deviation_townships": "int",
        "deviation_villages": "int",
        "evidence": "json",
    },
    indexes=(("programme", "channel"),),
)
TABLES = (BATCHES, GROUPS, CHANNEL_QUOTAS, UNIT_QUOTAS)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    match recorded.event:
        case GroupScopeDefined() as e:
            yield GROUPS.of(e, name=e.group, cities=list(e.cities))
        case BatchPlanPublished() as e:
            yield BATCHES.of(e, footing=plain(e.footing))
        case TierSplitProposed() as e:
            yield BATCHES.put(
                e.programme,
                base=e.base,
                printed=e.printed,
                ratio_actual=e.ratio_actual,
                ratio_deviation=e.deviation,
                by_ratio=plain(e.by_ratio),
            )
        case BatchOverdue() as e:
            yield BATCHES.of(e, overdue_places=e.open_places)
        case TierSplitFixed() as e:
            yield BATCHES.of(e, tiers=plain(e.tiers), counties=plain(e.counties), overridden=plain(e.overridden))
        case ChannelQuotaSet() as e:
            # The version within the stream keeps the printed order of the rows.
            yield CHANNEL_QUOTAS.of(e, printed_row=recorded.version)
        case ChannelKindQuotaSet() as e:
            yield CHANNEL_QUOTAS.put(
                e.programme,
                e.channel,
                townships=e.townships,
                villages=e.villages,
                derived=e.derived,
                remainder=e.remainder,
                divisor=e.of,
                deviation=e.deviation,
                from_print=e.from_print,
                reason=e.reason,
            )
        case UnitQuotaSet() as e:
            yield UNIT_QUOTAS.of(e, set_on=recorded.occurred_on, deviation_townships=0, deviation_villages=0)
        case ChannelPlacesDivided() as e:
            for share in e.shares:
                evidence = {**plain(share), "method": e.method, "divisor": e.divisor, "by_order": list(e.by_order)}
                yield UNIT_QUOTAS.put(e.programme, share.unit, channel=e.channel, evidence=evidence)
        case UnitQuotaDeviated() as e:
            yield UNIT_QUOTAS.put(e.programme, e.unit, deviation_townships=e.townships, deviation_villages=e.villages)


def batches(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Plan, footing, ratio and fixed tiers of a batch."""
    return page(rows, ask, "batches", Where().equal(ask, "programme"), ("programme",))


def groups(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Groups of cities and who arranges each."""
    return page(rows, ask, "batch_groups", Where().equal(ask, "programme"), ("programme", "name"))


_CHANNELS = """(
    select q.*, coalesce(u.units, 0) as units, coalesce(u.townships, 0) as assigned_townships,
           coalesce(u.villages, 0) as assigned_villages
      from channel_quotas q
      left join (select programme, channel, count(*) as units, sum(townships)::bigint as townships,
                        sum(villages)::bigint as villages
                   from unit_quotas group by programme, channel) u
        on u.programme = q.programme and u.channel = q.channel) as found"""


def channels(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The table of places by channel in printed order, with what its units have."""
    return page(rows, ask, _CHANNELS, Where().equal(ask, "programme", "channel"), ("programme", "printed_row"))


def unit_quotas(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Places of units with their basis; channels and units see their own."""
    where = Where().equal(ask, "programme", "channel", "unit").reach(ask.actor, SENDING, (), ("channel", "unit"))
    return page(rows, ask, "unit_quotas", where, ("programme", "unit"))


_PROGRAMME = {"programme": "方案编号"}
QUERIES = {
    "batches": Query(batches, OFFICES, "批次计划与三级分配", _PROGRAMME),
    "groups": Query(groups, OFFICES, "派驻范围", _PROGRAMME),
    "channels": Query(channels, OFFICES, "各领域名额", {**_PROGRAMME, "channel": "领域"}),
    "unit_quotas": Query(unit_quotas, OFFICES, "单位名额", {**_PROGRAMME, "channel": "领域", "unit": "单位编号"}),
}
