"""Read models of reserve numbers: each village's, and how far a programme has come with all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.asking import Find, Page, Where, single
from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from programmes.readers.demand import RESERVES_REQUIRED
from services.allocation.reserve.reserve_number import ReserveCounted, ReserveShortfall
from services.allocation.roles import EVERYONE

NUMBERS = Table(
    "reserve_numbers",
    {"programme": "text", "village": "text"},
    {"active": "int", "due": "date", "changed_on": "date"},
)
TABLES = (NUMBERS,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    on = recorded.occurred_on
    match recorded.event:
        case ReserveCounted() as e:
            yield NUMBERS.of(e, changed_on=on)
        case ReserveShortfall() as e:
            yield NUMBERS.of(e, changed_on=on)


_REQUIRED = f"""(select (r.value->>'value')::int from profile_rules r
                 where r.programme = p.programme and r.path = '{RESERVES_REQUIRED.path}'
                 order by r.version desc limit 1)"""
_NUMBERS = f"""(
    select distinct p.programme, a.code as village, left(a.code, 6) as county, left(a.code, 9) as township,
           coalesce(n.active, 0) as active, {_REQUIRED} as required,
           greatest(0, {_REQUIRED} - coalesce(n.active, 0)) as missing,
           case when n.due is null then 0 else greatest(0, {_REQUIRED} - coalesce(n.active, 0)) end as short
      from profiles p
      join areas a on length(a.code) = 12 and left(a.code, length(p.scope)) = p.scope
      left join reserve_numbers n on n.programme = p.programme and n.village = a.code
     where p.base = '') as found"""
"""Every village's active reserves, those ``missing`` and those ``short``: missing after the last day (AL-080)."""


def reserve_progress(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """How far the programme is: villages, those complete, reserves active and missing, villages short."""
    where = Where().equal(ask, "programme").add("required is not null").inside(ask.actor, "village")
    (found,) = rows(
        "select count(*) as villages, count(*) filter (where missing = 0) as complete,"
        " coalesce(sum(active), 0)::int as active, coalesce(sum(missing), 0)::int as missing,"
        f" count(*) filter (where short > 0) as short from {_NUMBERS} where {where.text()}",
        *where.values,
    )
    return single(ask, {"programme": ask.params["programme"], **found})


_PLACE = {"programme": "方案编号", "county": "县代码", "township": "乡镇代码", "village": "村（社区）代码"}
QUERIES = {
    **queries(
        reserve_numbers=Listing(
            "后备干部人数",
            _NUMBERS,
            EVERYONE,
            _PLACE,
            key=("programme", "village"),
            areas=("village",),
            where="required is not null",
        )
    ),
    "reserve_progress": Query(
        reserve_progress, EVERYONE, "后备干部储备进度", {"programme": "方案编号"}, ("programme",)
    ),
}
