"""Questions about scores, ratings, grades and inspections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.listing import Listing, queries
from kernel.service import Query
from programmes.roles import UNITS
from services.evaluation.readers import AREA, ASSESSORS, BY_UNIT, POSTING, PROGRAMME, YEAR

_MISSING = """(
    select a.posting, s.year, p.value ->> 'part' as part, p.value ->> 'kind' as component, a.programme, a.person,
        a.target, a.kind, a.unit, s.version as scheme
    from appraisees a
    join schemes s on s.programme = a.programme and s.county = left(a.target, 6) and s.kind = a.kind
        and s.version = (select max(version) from schemes t where (t.programme, t.county, t.year, t.kind)
            = (s.programme, s.county, s.year, s.kind))
    cross join lateral jsonb_array_elements(s.parts) as p
    where extract(year from a.opened_on) <= s.year and (a.closed_on is null or extract(year from a.closed_on) >= s.year)
        and not exists (select from scores c where c.posting = a.posting and c.year = s.year
            and c.part = p.value ->> 'part')
) as missing"""
_RATED: Final = """(select r.*, a.unit from ratings r join appraisees a using (posting)) as rated"""
_SCORED: Final = """(select s.*, a.unit from scores s join appraisees a using (posting)) as scored"""
_GRADED: Final = "(select g.*, a.unit from annual_grades g join appraisees a using (posting)) as graded"
_INSPECTED: Final = "(select i.*, a.unit from term_inspections i join appraisees a using (posting)) as inspected"
_BOTH: Final = ASSESSORS | UNITS

QUERIES: Mapping[str, Query] = queries(
    scores=Listing(
        "考核评分",
        _SCORED,
        _BOTH,
        {**POSTING, **YEAR},
        AREA,
        key=("posting", "year", "part"),
        areas=("target",),
        units=("unit",),
        reach=BY_UNIT,
        dated=("recorded_on <= %s",),
    ),
    scores_missing=Listing(
        "尚缺考核评分",
        _MISSING,
        _BOTH,
        {**POSTING, **YEAR, **PROGRAMME},
        AREA,
        key=("posting", "year", "part"),
        areas=("target",),
        units=("unit",),
        reach=BY_UNIT,
    ),
    ratings=Listing(
        "年度考核结果",
        _RATED,
        _BOTH,
        {**POSTING, **YEAR},
        AREA,
        key=("posting", "year", "number"),
        areas=("target",),
        units=("unit",),
        reach=BY_UNIT,
        dated=("rated_on <= %s",),
    ),
    annual_grades=Listing(
        "年度考核等次",
        _GRADED,
        _BOTH,
        {**POSTING, **YEAR},
        AREA,
        key=("posting", "year"),
        areas=("target",),
        units=("unit",),
        reach=BY_UNIT,
    ),
    term_inspections=Listing(
        "期满考察",
        _INSPECTED,
        _BOTH,
        POSTING,
        AREA,
        key=("posting",),
        areas=("target",),
        units=("unit",),
        reach=BY_UNIT,
    ),
)
