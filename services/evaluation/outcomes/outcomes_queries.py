"""The outcome figures of a programme as of a day, from what happened until then (EV-041).

Invariant: persons and villages are counted, not events, so whoever was commended twice counts once. A village of which
no income was told is in ``villages_unknown`` and in no other figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kernel.asking import Find, Page, Where, day, single
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from services.evaluation.outcomes import outcomes_projection as tables
from services.evaluation.readers import AREA, ASSESSORS, PROGRAMME, READERS, YEAR

_HAPPENED: Final = """(
select programme, 'commended' as figure, person as what, target as place, target as other, given_on as day from honours
 union all
select programme, 'commended', person, sending, host, granted_on from commendations where kind = 'person'
 union all
select programme, 'promoted', person, place, sending, promoted_on from promotions
 union all
select programme, 'weak_villages_fewer', target, target, target, delisted_on from villages
 union all
select programme, 'persons_in_media', person, target, target, told_on from media_items
) as happened"""
COUNTED: Final = ("commended", "promoted", "weak_villages_fewer", "persons_in_media")
_EARNED: Final = """(
select s.programme, s.target, i.reaches from (
    select distinct programme, target from appraisees where kind = 'village' and opened_on <= %s
     union
    select programme, target from village_incomes where told_on <= %s) s
  left join lateral (select reaches from village_incomes i
     where i.programme = s.programme and i.target = s.target and i.told_on <= %s
     order by i.year desc, i.version desc limit 1) i on true
) as earned"""


def outcomes(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """One item: distinct persons commended, promoted and in the media, villages no longer weak, and of the villages
    whether their last income reaches what the profile counts; null where no village's is known."""
    on = day(ask)
    where = Where().inside(ask.actor, "place", "other").under(ask, "area", "place", "other").equal(ask, "programme")
    where.add("day <= %s and what <> ''", on)
    sql = f"select figure, count(distinct what) as n from {_HAPPENED} where {where.text()} group by figure"
    counted = {row["figure"]: row["n"] for row in rows(sql, *where.values)}
    villages = Where().inside(ask.actor, "target").under(ask, "area", "target").equal(ask, "programme")
    (earned,) = rows(
        "select count(*) filter (where reaches) as reaching, count(reaches) as known,"
        f" count(*) - count(reaches) as unknown from {_EARNED} where {villages.text()}",
        *(on, on, on, *villages.values),
    )
    return single(
        ask,
        {
            **{name: ask.params.get(name) for name in ("programme", "as_of")},
            **{name: counted.get(name, 0) for name in COUNTED},
            "villages_reaching_income": earned["reaching"] if earned["known"] else None,
            "villages_known": earned["known"],
            "villages_unknown": earned["unknown"],
        },
    )


QUERIES: Final[Mapping[str, Query]] = {
    "outcomes": Query(
        outcomes,
        READERS,
        "工作成效",
        {**PROGRAMME, **AREA, "as_of": "事实日期"},
        ("programme", "as_of"),
    ),
    **queries(
        village_incomes=Listing(
            "村集体收入",
            tables.INCOMES,
            ASSESSORS,
            {**PROGRAMME, **YEAR},
            AREA,
            areas=("target",),
            dated=("told_on <= %s",),
        ),
        promotions=Listing(
            "提拔使用",
            tables.PROMOTIONS,
            READERS,
            PROGRAMME,
            AREA,
            areas=("place", "sending"),
            dated=("promoted_on <= %s",),
        ),
    ),
}
