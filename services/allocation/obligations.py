"""What allocation knows to be owed: a batch filled by its last day, a notice acknowledged.

``docs/due.md`` tells how an obligation is declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.service import Query
from programmes.daily import Daily, daily
from programmes.due import due
from programmes.obligation import Obligation, parked
from programmes.readers.demand import BUILD_FROM, BUILD_MONTHS, RESERVES_REQUIRED
from programmes.readers.placement import ORGAN
from programmes.readers.quota import DEADLINE
from programmes.readers.swap import PAIRS, TERM
from programmes.roles import CHANNELS, CITIES, DIGITS, LEVELS, PROVINCE, UNITS
from services.allocation.quotas.batch_calendar import CheckBatch
from services.allocation.reserve.reserve_number import CheckReserves
from services.allocation.swap import due_queries as swap
from services.allocation.swap.swap import EndSwaps

_CONFIRMED: Final = """(
select p.confirmed_on from placements p where p.programme = s.programme and p.target = s.target
   and p.confirmed_on is not null order by p.sequence desc limit 1)"""
_RECIPIENTS: Final = {
    **{str(DIGITS[level]): frozenset({role}) for role, level in LEVELS.items()},
    "0": CHANNELS | UNITS,
}

OBLIGATIONS: Final = (
    Obligation(
        "place_filled",
        "选派任务按期完成",
        DEADLINE,
        PROVINCE | CITIES,
        source="targets",
        where="(s.closed_on is null or s.closed_on > now.day) and s.successor_of = ''",
        subject="s.target",
        area="s.target",
        since="s.opened_on",
        on=lambda day: day,
        met=_CONFIRMED,
    ),
    Obligation(
        "notice_acknowledged",
        "签收通知",
        None,
        _RECIPIENTS,
        per="length(s.area)::text",
        source="notice_deliveries",
        programme="''",
        subject="s.notice",
        period="s.recipient",
        area="s.scope",
        unit="s.recipient",
        since="s.sent_on",
        met="s.acknowledged_on",
    ),
    Obligation(
        "placement_review",
        "复核确定人选",
        ORGAN,
        PROVINCE,
        source="placements",
        where="s.state in ('proposed', 'under_review') or s.confirmed_on is not null",
        subject="s.target",
        period="s.sequence::text",
        area="s.target",
        since="s.proposed_on",
        met="s.confirmed_on",
    ),
    *swap.OBLIGATIONS,
    parked("allocation"),
)
DAILY: Final = (
    Daily(CheckBatch, (DEADLINE,)),
    Daily(EndSwaps, (TERM, PAIRS)),
    Daily(CheckReserves, (RESERVES_REQUIRED, BUILD_FROM, BUILD_MONTHS)),
)
QUERIES: Final[Mapping[str, Query]] = {**due(OBLIGATIONS), **daily(DAILY)}
