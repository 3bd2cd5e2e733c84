"""Questions attendance answers, each as of a date of fact: only what was sealed by that day has a figure.

Invariant: a month without a seal is listed under no data and appears in no sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, day, page, single
from kernel.listing import Listing, queries
from kernel.refusals import FIELD_TYPE
from kernel.service import Ask, Query
from programmes import managed
from programmes.roles import CADRES
from services.attendance import duties, obligations
from services.attendance.checks.checks_queries import QUERIES as CHECKS
from services.attendance.diary.diary_queries import QUERIES as DIARY
from services.attendance.groups.groups_queries import QUERIES as GROUPS
from services.attendance.inspection.inspection_queries import QUERIES as INSPECTION
from services.attendance.leave.leave_queries import QUERIES as LEAVE
from services.attendance.money.money_queries import QUERIES as MONEY
from services.attendance.readers import OWN
from services.attendance.register.days import span
from services.attendance.sheets.grid_queries import PHASE, month_grid
from services.attendance.visits.visits_queries import QUERIES as VISITS

READERS = frozenset({"province_org", "city_org", "county_org", "township", "village", "auditor", "system"})
READERS_OWN = READERS | CADRES
"""Where each cadre sees besides what is the own."""
AS_OF = {"as_of": "事实日期，缺省为全部"}
AREA = {"area": "区划代码，含下级"}
POSTING = {"posting": "选派编号"}
SCOPE = {"month": "年月，如 2018-06", **AREA, **AS_OF}
MONTH = ("month",)

SHEETS = f"select s.*, r.person, r.kind, {PHASE} as phase from sheets s join registers r using (posting)"

SEALED = """
    select distinct on (posting) s.*, r.person, r.kind from sheets s join registers r using (posting)
    where month = %s and sealed_on <= %s order by posting, version desc
"""
"""The version of each sheet of a month that counts on a day."""

OPEN = f"""
    select r.posting, r.target, r.person, r.kind, r.opened_on, r.closed_on,
           (r.opened_on <= %s and (r.closed_on is null or r.closed_on >= %s)) as full_month,
           coalesce((select {PHASE} from sheets s where s.posting = r.posting and month = %s and compiled_on <= %s
                     order by version desc limit 1), 'open') as phase
    from registers r
    where r.opened_on <= %s and (r.closed_on is null or r.closed_on >= %s)
      and r.kind <> 'secondment'
      and not exists (select from sheets s where s.posting = r.posting and month = %s and sealed_on <= %s)
"""
"""The registers that ran in a month and had no seal for it on a day; of a secondment leave is kept and no month."""

LATE = "(select * from days_on_post where late) as late"
EARLY = """
(select d.posting, d.day, d.target, d.registrar, a.appointed_on
   from days_on_post d join appointments a using (posting) where d.day < a.appointed_on) as early
"""
"""The days that were registered before the cadre was appointed (PE-032)."""


def sheets(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Every version of the sheets, oldest first."""
    where = Where().reach(ask.actor, OWN, ("target",), ()).under(ask, "area", "target")
    where.equal(ask, "posting", "month")
    as_of = day(ask)
    where.add("compiled_on <= %s", as_of)
    return page(rows, ask, f"({SHEETS}) as sheet", where, ("posting", "month", "version"), as_of, as_of)


def shortfalls(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The sealed, assessed sheets of a month that are below the number of days."""
    where = _in_area(ask).add("assessed and not met")
    return page(rows, ask, f"({SEALED}) as sealed", where, ("posting",), _month(ask), day(ask))


def no_data(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The registers of a month without a seal, with how far their sheet has come."""
    where = _in_area(ask)
    return page(rows, ask, f"({OPEN}) as absent", where, ("posting",), *_open_in(ask))


def sealed_months(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """One item: the sealed sheets of a month, those that met or missed the number, and the registers without."""
    month, as_of = _month(ask), day(ask)
    scope = _in_area(ask)
    (counted,) = rows(
        "select count(*) as sealed_months, count(*) filter (where assessed) as assessed,"
        " count(*) filter (where assessed and met) as met, count(*) filter (where assessed and not met) as shortfalls"
        f" from ({SEALED}) as sealed where {scope.text()}",
        month,
        as_of,
        *scope.values,
    )
    (absent,) = rows(
        f"select count(*) as no_data from ({OPEN}) as absent where {scope.text()}", *_open_in(ask), *scope.values
    )
    return single(ask, {"month": month, **counted, **absent})


def office_holders(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Who may sign: the terms of office noted here, those that hold on a day where ``as_of`` is given."""
    where = Where().inside(ask.actor, "organ").under(ask, "area", "organ")
    if ask.params.get("as_of"):
        as_of = day(ask)
        where.add("since <= %s and (until is null or until >= %s)", as_of, as_of)
    return page(rows, ask, "office_holders", where, ("organ", "post", "since"))


def _in_area(ask: Ask) -> Where:
    return Where().inside(ask.actor, "target").under(ask, "area", "target")


def _month(ask: Ask) -> str:
    month = ask.params["month"]
    try:
        span(month)
    except ValueError:
        raise FIELD_TYPE(field="month", wanted="年月", accepted="YYYY-MM") from None
    return month


def _open_in(ask: Ask) -> list[Any]:
    month, as_of = _month(ask), day(ask)
    first, last = span(month)
    return [first, last, as_of, as_of, month, as_of, min(last, as_of), first, month, as_of]


def _of_year(title: str, rows: str, *key: str) -> Listing:
    asked = {**POSTING, "year": "年份"}
    return Listing(title, rows, READERS, asked, AREA, key=("posting", "year", *key), areas=("target",))


QUERIES: Mapping[str, Query] = {
    **managed.QUERY,
    **duties.QUERIES,
    **obligations.QUERIES,
    **CHECKS,
    **DIARY,
    **GROUPS,
    **INSPECTION,
    **LEAVE,
    **MONEY,
    **VISITS,
    "sheets": Query(sheets, READERS_OWN, "月考勤登记表", {"posting": "选派编号", "month": "年月", **AREA, **AS_OF}),
    "month_grid": Query(month_grid, READERS_OWN, "考勤月表", SCOPE, MONTH),
    "shortfalls": Query(shortfalls, READERS, "到岗不足天数", SCOPE, MONTH),
    "no_data": Query(no_data, READERS, "未盖章、无数据", SCOPE, MONTH),
    "sealed_months": Query(sealed_months, READERS, "盖章月数与结果", SCOPE, MONTH),
    "office_holders": Query(office_holders, READERS, "乡镇党委书记", {**AREA, **AS_OF}),
    **queries(
        days=Listing(
            "到岗日",
            "days_on_post",
            READERS_OWN,
            {"posting": "选派编号", "month": "年月"},
            key=("posting", "day"),
            areas=("target",),
            reach=OWN,
            needs=("posting",),
        ),
        late_days=Listing(
            "离线登记中逾日上传的到岗日", LATE, READERS, POSTING, AREA, key=("posting", "day"), areas=("target",)
        ),
        months_entered=Listing(
            "代录的月考勤", "months_entered", READERS, POSTING, AREA, key=("posting", "month"), areas=("target",)
        ),
        early_days=Listing(
            "任职手续办理前的到岗登记", EARLY, READERS, POSTING, AREA, key=("posting", "day"), areas=("target",)
        ),
        registers=Listing("考勤登记册", "registers", READERS, POSTING, AREA, key=("posting",), areas=("target",)),
        assessed_years=_of_year("年度考勤", "assessed_years"),
        assessed_year_days=_of_year("年度到岗天数", "assessed_year_days"),
        year_forecasts=_of_year("年度考勤预测", "year_forecasts", "counts"),
        faults=Listing(
            "考勤认定问题",
            "certification_faults",
            READERS - {"township", "village"},
            POSTING,
            AREA,
            key=("position",),
            areas=("target",),
        ),
    ),
}
