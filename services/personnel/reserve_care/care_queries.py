"""Questions about the care of reserves: who lacks what, the library at three levels, whose turn it is at a vacancy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kernel.asking import Find, Page, Where, day, page
from kernel.listing import Listing, queries
from kernel.refusals import FIELD_VALUE
from kernel.service import Ask, Query
from kernel.text import digits
from services.personnel.readers import REACH
from services.personnel.reserve_care import book_projection as tables
from services.personnel.reserve_care.library import LEVELS
from services.personnel.reserves.reserve_projection import STAYS
from services.personnel.reserves.reserve_queries import PLACE, READERS, UNDER, listing

_ACTIVE = "active_on <= t.day and (ended_on is null or ended_on > t.day)"
ON = f"exists (select from (select %s::date as day) t where {_ACTIVE})"
"""Who is an active reserve on the day asked for."""
_PERSON = {**PLACE, "person": "人员编号"}
_RESERVES = f"select programme, village, person, active_on, ended_on from {STAYS} as stays"


def _lacking(title: str, source: str, key: tuple[str, ...], *dated: str) -> Listing:
    """Those of ``source`` that lack something on the day given as ``as_of``."""
    return Listing(
        title,
        f"({source}) as owed",
        READERS,
        PLACE,
        UNDER,
        key=key,
        areas=("village",),
        reach=REACH,
        dated=(ON, *dated),
        needs=("programme", "as_of"),
    )


_UNTRAINED = """not exists (select from (select %s::date as day) t, reserve_trained m
    where m.programme = owed.programme and m.person = owed.person and t.day between m.since and m.until)"""
_UNHELPED = """not exists (select from (select %s::date as day) t, reserve_helpers h
    where h.programme = owed.programme and h.person = owed.person
      and h.assigned_on <= t.day and (h.released_on is null or h.released_on > t.day))"""
_HELPED = f"""select r.programme, r.village, r.person, r.active_on, r.ended_on, h.helper, h.group_name, h.talk_months,
       h.talk_assumed, h.assigned_on, h.released_on
  from {STAYS} r join reserve_helpers h on h.programme = r.programme and h.person = r.person
 where h.released_on is null"""
_UNTALKED = """exists (select from (select %s::date as day) t
    where owed.assigned_on <= t.day - make_interval(months => owed.talk_months::int)
      and not exists (select from reserve_records c
          where c.programme = owed.programme and c.person = owed.person and c.kind = 'helper_talk'
            and c.said->>'helper' = owed.helper and c.done_on <= t.day
            and c.done_on > t.day - make_interval(months => owed.talk_months::int)))"""
_COVERAGE = f"""
select r.programme, left(r.village, 9) as township, y.year, count(*) as reserves,
       count(*) filter (where k.met) as talked, count(*) = count(*) filter (where k.met) as met
  from {STAYS} r cross join (select %s::int as year) y
  left join reserve_talks k on k.programme = r.programme and k.person = r.person and k.year = y.year
 where r.programme = %s and r.active_on <= make_date(y.year, 12, 31)
   and (r.ended_on is null or r.ended_on > make_date(y.year, 12, 31))
 group by r.programme, left(r.village, 9), y.year
"""
_UNPLANNED = f"""
select r.programme, left(r.village, 6) as county, y.year, count(*) as reserves
  from {STAYS} r cross join (select %s::int as year) y
 where r.programme = %s and r.active_on <= make_date(y.year, 12, 31)
   and (r.ended_on is null or r.ended_on >= make_date(y.year, 1, 1))
   and not exists (select from reserve_training_plans p
                    where p.programme = r.programme and p.county = left(r.village, 6) and p.year = y.year)
 group by r.programme, left(r.village, 6), y.year
"""
_LIBRARY = f"""
select r.programme, left(r.village, %s) as area, count(*) as reserves, count(distinct r.village) as villages,
       max(coalesce(k.keeper, '')) as keeper
  from {STAYS} r cross join (select %s::date as day) t
  left join reserve_keepers k on k.programme = r.programme and k.area = left(r.village, %s)
 where r.programme = %s and {_ACTIVE}
 group by r.programme, left(r.village, %s)
"""
_ORDER = """
select v.programme, v.village, v.number, v.post, r.person, r.village as reserve_of, s.n as rank, s.scope
  from reserve_vacancies v
  join reserves r on r.programme = v.programme and r.status = 'active'
  join lateral (select n, scope from jsonb_array_elements_text(v.ranking) with ordinality as s(scope, n)
                 where left(r.village, w(scope)) = left(v.village, w(scope)) order by n limit 1) s on true
"""
_WIDTHS: Final = "case scope when 'village' then 12 when 'township' then 9 else 6 end"


def year(ask: Ask) -> str:
    """The year asked for, 0001 to 9999. Raises BadInput: ``field_value``."""
    given = ask.params["year"]
    if not (digits(given) and len(given) == 4 and given > "0000"):
        raise FIELD_VALUE(field="year", fault="应为年份", accepted="四位数字，如 2018")
    return given


def _yearly(sql: str, area: str) -> Any:
    def answer(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
        where = Where().reach(ask.actor, REACH, (area,), ())
        return page(rows, ask, f"({sql}) as found", where, (area,), year(ask), ask.params["programme"])

    return answer


def library(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The active reserves of a day by county, township or village, with the keeper named for each (PE-085)."""
    width = next((width for width, level in LEVELS.items() if level == ask.params["level"]), None)
    if width is None:
        raise FIELD_VALUE(field="level", fault="应为一个层级", accepted="、".join(LEVELS.values()))
    where = Where().reach(ask.actor, REACH, ("area",), ())
    on = day(ask)
    return page(rows, ask, f"({_LIBRARY}) as kept", where, ("area",), width, on, width, ask.params["programme"], width)


def vacancy_order(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The reserves of a vacancy in their order (PE-093), of them those of the asker's own area: who of other townships
    comes after them is told to the county."""
    where = Where().equal(ask, "programme", "village", "number")
    for column in ("village", "reserve_of"):
        where.reach(ask.actor, REACH, (column,), ())
    ranked = f"({_ORDER.replace('w(scope)', _WIDTHS)}) as ranked"
    return page(rows, ask, ranked, where, ("programme", "village", "number", "rank", "person"))


_YEARLY = {"programme": "方案编号", "year": "年份"}
QUERIES: Mapping[str, Query] = {
    **queries(
        reserve_records=listing("后备干部纪实", tables.RECORDS, {**_PERSON, "kind": "类别"}),
        reserve_training_plans=listing(
            "后备干部培训计划", tables.PLANS, {"programme": "方案编号", "county": "县代码"}, areas=("county",)
        ),
        reserve_keepers=listing(
            "后备干部库管理人", tables.KEEPERS, {"programme": "方案编号", "level": "层级"}, areas=("area",)
        ),
        reserve_reports=listing(
            "乡镇报送情况", tables.REPORTS, {"programme": "方案编号", "report": "scheme 或 roster"}, areas=("township",)
        ),
        reserve_vacancies=listing("班子职位出缺", tables.VACANCIES, PLACE),
        reserve_vacancy_candidates=listing("补缺人选", tables.CANDIDATES, {**PLACE, "number": "出缺编号"}),
        reserves_untrained=_lacking("未达到集中培训要求", _RESERVES, ("programme", "person"), _UNTRAINED),
        reserves_unhelped=_lacking("未落实帮带干部", _RESERVES, ("programme", "person"), _UNHELPED),
        helper_talks_lacking=_lacking("帮带干部未谈心谈话", _HELPED, ("programme", "person", "helper"), _UNTALKED),
    ),
    "vacancy_order": Query(
        vacancy_order,
        READERS,
        "补缺人选次序",
        {**PLACE, "number": "出缺编号"},
        ("programme", "village", "number"),
    ),
    "reserve_talk_coverage": Query(
        _yearly(_COVERAGE, "township"), READERS, "书记谈心谈话覆盖", _YEARLY, ("programme", "year")
    ),
    "training_plans_lacking": Query(
        _yearly(_UNPLANNED, "county"), READERS, "未制定培训计划", _YEARLY, ("programme", "year")
    ),
    "reserve_library": Query(
        library,
        READERS,
        "后备干部信息库",
        {"programme": "方案编号", "level": "county、township 或 village", "as_of": "事实日期，缺省为全部"},
        ("programme", "level", "as_of"),
    ),
}
