"""Read models of a batch: plan, groups, tiers, quotas of channels and units."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.codec import plain
from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.allocation.quotas.amendment import BatchAmendmentClosed, BatchPlanAmended
from services.allocation.quotas.batch_calendar import BatchOverdue
from services.allocation.quotas.quota import ChannelKindQuotaSet, ChannelQuotaSet, UnitQuotaSet
from services.allocation.quotas.scope import BatchPlanPublished, GroupScopeDefined
from services.allocation.quotas.tiers import TierSplitFixed, TierSplitProposed
from services.allocation.quotas.unit_division import ChannelPlacesDivided, UnitQuotaDeviated
from services.allocation.readers_queries import SENDING, SHARED
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
        "plan": "text",
        "amendments": "int",
        "amending": "bool",
    },
)
AMENDMENTS = Table(
    "batch_amendments",
    {"programme": "text", "number": "int"},
    {
        "notice": "text",
        "reason": "text",
        "amends": "text",
        "total": "int",
        "townships": "int",
        "villages": "int",
        "amended_on": "date",
        "closed_on": "date",
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
TABLES = (BATCHES, AMENDMENTS, GROUPS, CHANNEL_QUOTAS, UNIT_QUOTAS)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    match recorded.event:
        case GroupScopeDefined() as e:
            yield GROUPS.of(e, name=e.group, cities=list(e.cities))
        case BatchPlanPublished() as e:
            yield BATCHES.of(e, footing=plain(e.footing), plan=_id(recorded))
        case BatchPlanAmended() as e:
            standing = {"plan": _id(recorded), "amendments": e.number, "amending": True}
            totals = {"total": e.total, "townships": e.townships, "villages": e.villages}
            yield BATCHES.put(e.programme, footing=plain(e.footing), **totals, **standing)
            yield AMENDMENTS.of(e, amended_on=recorded.occurred_on)
            for group in e.groups:
                figures = {k: v for k, v in plain(group).items() if k != "group"}
                yield GROUPS.put(e.programme, group.group, **figures)
        case BatchAmendmentClosed() as e:
            yield BATCHES.put(e.programme, amending=False, footing=plain(e.footing))
            yield AMENDMENTS.put(e.programme, e.number, closed_on=recorded.occurred_on)
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


def _id(recorded: Recorded) -> str:
    """The id by which a later event names this one."""
    return f"allocation:{recorded.position}"


_CHANNELS = """(
    select q.*, coalesce(u.units, 0) as units, coalesce(u.townships, 0) as assigned_townships,
           coalesce(u.villages, 0) as assigned_villages
      from channel_quotas q
      left join (select programme, channel, count(*) as units, sum(townships)::bigint as townships,
                        sum(villages)::bigint as villages
                   from unit_quotas group by programme, channel) u
        on u.programme = q.programme and u.channel = q.channel) as found"""
"""The table of places by channel, with what its units have."""


_PROGRAMME = {"programme": "方案编号"}
QUERIES = queries(
    batches=Listing("批次计划与三级分配", BATCHES, OFFICES, _PROGRAMME, reach=SHARED),
    # Each amendment with its notice, its reason and the event it amends; ``closed_on`` once everything balanced again.
    batch_amendments=Listing("批次计划调整", AMENDMENTS, OFFICES, _PROGRAMME, reach=SHARED),
    groups=Listing("派驻范围", GROUPS, OFFICES, _PROGRAMME, reach=SHARED),
    channels=Listing(
        "各领域名额",
        _CHANNELS,
        OFFICES,
        {**_PROGRAMME, "channel": "领域"},
        key=("programme", "printed_row"),
        reach=SHARED,
    ),
    unit_quotas=Listing(
        "单位名额",
        UNIT_QUOTAS,
        OFFICES,
        {**_PROGRAMME, "channel": "领域", "unit": "单位编号"},
        units=("channel", "unit"),
        reach=SENDING,
    ),
)
