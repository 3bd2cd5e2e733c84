"""What a party secretary answers for in the yearly review: figures of one year, from events alone (EV-008).

Source: 晋组通字〔2015〕41号 六.1, 「作为党委(党组)书记抓基层党建述职评议考核的重要内容」. A row is a secretary's: of a
sending unit, and of a county and a city where its villages lie. Invariant: the figures are those of 31 December, by
the day of the fact: what happens later changes none of them, what is told late does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from kernel.asking import Find, Page, Reach, Where, page
from kernel.refusals import FIELD_TYPE
from kernel.service import Ask, Query
from programmes.quarters import year_of
from programmes.readers.reports import REVIEW
from programmes.roles import UNITS
from services.evaluation.readers import AREA, EVERYWHERE, PROGRAMME, READERS, YEAR

_REACH: Final = Reach(everywhere=EVERYWHERE, by_unit=UNITS)
_SHEETS: Final = """(
    with d as (select %s::date as first, %s::date - 1 as last),
    sent as (
        select a.programme, a.person, s.unit, s.target, a.closed_on is null or a.closed_on > d.last as serving
          from d, appraisees a join lateral (
               select unit, target from senders where posting = a.posting and since <= d.last
                order by since desc limit 1) s on true
         where a.opened_on <= d.last and (a.closed_on is null or a.closed_on >= d.first)
    ),
    facts as (
        select programme, unit, target, person, case when serving then 'serving' else 'served' end as fact from sent
        union all
        select h.programme, h.unit, h.target, '', 'hearing' from unit_hearings h, d
         where h.held_on between d.first and d.last
        union all
        select v.programme, v.unit, v.target, '', 'visit' from unit_visits v, d
         where v.paid_on between d.first and d.last
        union all
        select m.programme, m.unit, '', '', 'meeting' from unit_meetings m, d
         where m.held_on between d.first and d.last
        union all
        select p.programme, p.unit, '', '', f.fact from unit_problems p, d, lateral (values
            ('raised', p.raised_on between d.first and d.last),
            ('solved', p.solved_on between d.first and d.last),
            ('open', p.raised_on <= d.last and (p.solved_on is null or p.solved_on > d.last))) as f (fact, holds)
         where f.holds
    )
    select f.programme, o.level, o.organ, case o.level when 'unit' then o.organ else '' end as unit,
           case o.level when 'unit' then '' else o.organ end as area,
           count(distinct f.person) filter (where f.fact in ('serving', 'served')) as cadres,
           count(distinct f.person) filter (where f.fact = 'serving') as on_post,
           count(*) filter (where f.fact = 'hearing') as hearings,
           count(*) filter (where f.fact = 'visit') as visits,
           count(*) filter (where f.fact = 'meeting') as meetings,
           count(*) filter (where f.fact = 'raised') as problems_raised,
           count(*) filter (where f.fact = 'solved') as problems_solved,
           count(*) filter (where f.fact = 'open') as problems_open
      from facts f cross join lateral (values
           ('unit', f.unit), ('county', left(f.target, 6)), ('city', left(f.target, 4))) as o (level, organ)
     where o.organ <> '' and exists (select from rules_in_force r where r.programme = f.programme
                                       and r.rules -> %s ->> 'origin' <> 'unknown')
     group by f.programme, o.level, o.organ
) as sheet"""


def sheets(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The sheets of a ``year``, by ``level`` (unit, county, city) and ``organ``. Raises BadInput: ``field_type``."""
    try:
        year = year_of(ask.params["year"])
    except ValueError:
        raise FIELD_TYPE(field="year", wanted="年份", accepted="如 2016") from None
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    where = Where().reach(ask.actor, _REACH, ("area",), ("unit",)).under(ask, "area", "area")
    where.equal(ask, "programme", "level", "unit")
    return page(rows, ask, _SHEETS, where, ("programme", "level", "organ"), first, after, REVIEW.path)


QUERIES: Final[Mapping[str, Query]] = {
    "secretary_reviews": Query(
        sheets,
        READERS | UNITS,
        "书记抓驻村工作述职评议考核表",
        {**YEAR, "level": "unit、county 或 city", "unit": "派出单位编号", **PROGRAMME, **AREA},
        ("year",),
    )
}
