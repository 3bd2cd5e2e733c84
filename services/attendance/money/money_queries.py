"""Questions about money: amounts in fen, by posting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Reach, Where, page
from kernel.listing import Listing, queries
from kernel.refusals import FIELD_TYPE
from kernel.service import Ask, Query
from programmes.quarters import quarter_span, year_of

EVERYWHERE = frozenset({"province_org", "auditor", "system"})
UNITS = frozenset({"unit"})
READERS = EVERYWHERE | UNITS | {"city_org", "county_org", "township"}
REACH = Reach(EVERYWHERE, UNITS)
QUARTERS = """(
    select r.posting, r.programme, r.person, r.target, r.unit, r.tier, coalesce(p.months, 0) as months,
           coalesce(p.fen, 0) as fen, p.paid_on
    from registers r left join allowances_paid p on p.posting = r.posting and p.quarter = %s
    where r.opened_on <= %s and (r.closed_on is null or r.closed_on >= %s)
) as quarters"""
UNFUNDED = """(
    select r.posting, r.programme, r.person, r.target, r.unit from registers r
    where extract(year from r.opened_on) <= %s and (r.closed_on is null or extract(year from r.closed_on) >= %s)
      and exists (select from funds_asked a where a.programme = r.programme and starts_with(r.target, a.scope))
      and not exists (select from work_funds w where w.posting = r.posting and w.year = %s)
) as unfunded"""
_ABOUT = {"programme": "方案编号", "posting": "选派编号"}
_AREA = {"area": "区划代码，含下级"}


def quarter_allowances(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """What every cadre of a quarter was paid of the quarterly allowance, 0 fen where nothing."""
    quarter = ask.params["quarter"]
    try:
        first, last = quarter_span(quarter)
    except ValueError:
        raise FIELD_TYPE(field="quarter", wanted="季度", accepted="如 2018-Q3") from None
    return page(rows, ask, QUARTERS, _where(ask), ("posting",), quarter, last, first)


def work_funds_lacking(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The postings of a year for which no work funds were granted (X-044)."""
    try:
        year = year_of(ask.params["year"])
    except ValueError:
        raise FIELD_TYPE(field="year", wanted="年份", accepted="如 2018") from None
    return page(rows, ask, UNFUNDED, _where(ask), ("posting",), *[year] * 3)


def _where(ask: Ask) -> Where:
    where = Where().reach(ask.actor, REACH, ("target",), ("unit",)).equal(ask, *_ABOUT)
    return where.under(ask, "area", "target")


def _listing(title: str, table: str, key: tuple[str, ...], **more: str) -> Listing:
    joined = f"(select m.*, r.unit as paid_by from {table} m join registers r using (posting)) as money"
    return Listing(
        title, joined, READERS, {**_ABOUT, **more}, _AREA, key=key, areas=("target",), units=("paid_by",), reach=REACH
    )


QUERIES: Mapping[str, Query] = {
    "quarter_allowances": Query(
        quarter_allowances, READERS, "季度补助发放", {"quarter": "季度，如 2018-Q3", **_ABOUT, **_AREA}, ("quarter",)
    ),
    "work_funds_lacking": Query(
        work_funds_lacking, READERS, "当年未安排工作经费", {"year": "年份", **_ABOUT, **_AREA}, ("year",)
    ),
    **queries(
        allowances=_listing("在岗补贴核算", "allowances", ("posting", "month"), month="年月"),
        payments=_listing("经费支付", "payments", ("position",), source="经费来源"),
        work_funds=_listing("工作经费", "work_funds", ("position",), year="年份", source="经费来源"),
    ),
}
