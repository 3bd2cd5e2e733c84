"""Questions about reserves: reviews, acts, rounds, cases, and what a secretary is reviewed by at the year's end.

A secretary's sheet is of a year: its figures are counted from the events up to 31 December, so a fact that comes in
later changes them as of the fact, and a replay up to that day gives the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kernel.asking import Find, Page, Where, page
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from programmes.quarters import year_of
from programmes.roles import VILLAGES
from services.evaluation.readers import AREA, ASSESSORS, PROGRAMME, READERS
from services.evaluation.reserves import reserves_projection as tables
from services.evaluation.reserves.refusals import YEAR_WRONG

_EVERYBODY: Final = ASSESSORS | VILLAGES
_PERSON: Final = {**PROGRAMME, "person": "人员编号"}
_SHEET: Final = """(
    with y as (select make_date(%s, 1, 1) as first, make_date(%s, 12, 31) as last),
    places as (
        select distinct programme, left(village, digits) as area
        from reserve_standings, (values (9), (12)) as d (digits)
    )
    select p.programme, p.area,
        (select count(*) from reserve_standings s where s.programme = p.programme and s.village like p.area || '%%'
            and s.since <= y.last and (s.over is null or s.over > y.last)) as active,
        (select count(*) from reserve_standings s where s.programme = p.programme and s.village like p.area || '%%'
            and s.since between y.first and y.last) as entered,
        (select count(*) from reserve_standings s where s.programme = p.programme and s.village like p.area || '%%'
            and s.over between y.first and y.last and s.left_by = 'ReserveRemoved') as removed,
        (select count(*) from reserve_standings s where s.programme = p.programme and s.village like p.area || '%%'
            and s.over between y.first and y.last and s.left_by = 'ReserveAppointed') as used,
        (select count(distinct (r.person, r.quarter)) from reserve_reviews r where r.programme = p.programme
            and r.village like p.area || '%%' and r.level = 'township' and r.given_on between y.first and y.last
        ) as reviews,
        (select count(distinct (r.person, r.quarter)) from reserve_reviews r where r.programme = p.programme
            and r.village like p.area || '%%' and r.level = 'village' and r.given_on between y.first and y.last
        ) as opinions,
        (select count(distinct (k.area, k.period)) from reserve_rounds k where k.programme = p.programme
            and k.area like p.area || '%%' and k.kind = 'inspection' and k.done_on between y.first and y.last
        ) as inspections,
        (select count(*) from breach_cases b where b.programme = p.programme and b.village like p.area || '%%'
            and b.opened_on between y.first and y.last) as cases
    from places p, y
) as sheet"""


def sheet(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The figures of a year for the secretary of each township and village (EV-053).

    Raises:
        Rejected: ``year_wrong``.
    """
    try:
        year = year_of(said := ask.params["year"])
    except ValueError:
        raise YEAR_WRONG(year=said) from None
    where = Where().inside(ask.actor, "area").under(ask, "area", "area").equal(ask, "programme")
    return page(rows, ask, _SHEET, where, ("programme", "area"), year, year)


QUERIES: Final[Mapping[str, Query]] = {
    "reserve_secretary_sheet": Query(
        sheet,
        _EVERYBODY,
        "乡镇、村党组织书记后备干部工作述职评议数据",
        {"year": "年份", **PROGRAMME, **AREA},
        ("year",),
    ),
    **queries(
        reserve_reviews=Listing(
            "后备干部评议和评定意见",
            tables.REVIEWS,
            _EVERYBODY,
            {**_PERSON, "quarter": "季度，如 2018-Q3", "level": "乡镇 township 或村 village"},
            AREA,
            areas=("village",),
            dated=("given_on <= %s",),
        ),
        reserve_acts=Listing(
            "后备干部经办事项", tables.ACTS, READERS, _PERSON, AREA, areas=("village",), dated=("done_on <= %s",)
        ),
        reserve_rounds=Listing(
            "后备干部工作研判、检查和考核",
            tables.ROUNDS,
            ASSESSORS,
            {**PROGRAMME, "kind": "analysis、inspection 或 appraisal", "period": "如 2018-H1 或 2018"},
            AREA,
            areas=("area",),
            dated=("done_on <= %s",),
        ),
        breach_cases=Listing(
            "后备干部工作违纪案件",
            tables.BREACHES,
            READERS,
            _PERSON,
            AREA,
            areas=("village",),
            dated=("opened_on <= %s",),
        ),
        responsibility_pursued=Listing(
            "后备干部工作责任追究",
            tables.PURSUED,
            READERS,
            {"breach": "立案编号"},
            AREA,
            areas=("village",),
            dated=("pursued_on <= %s",),
        ),
    ),
}
