"""Questions about running postings: what is open, what was recorded, who manages, what the unit ties to the village.

Invariant: a matter is open only where the profile of the posting's programme and area asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, day, page
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from services.personnel.care.care import OWED
from services.personnel.care.security import INSURANCE
from services.personnel.care.support import BUNDLE, MANAGED, TOWNSHIP
from services.personnel.care.training import PRE_POST
from services.personnel.readers import EVERYWHERE, REACH, READERS, TERRITORY

_OWED = ", ".join(f"('{duty.name}', '{duty.title}')" for duty in OWED)
_IN_FORCE = "a.programme = p.programme and starts_with(p.target, a.scope) order by a.scope desc limit 1"
"""Of the profiles that hold for a posting the narrowest: a supplement lies over its base."""
OPEN = f"""(
    select p.posting, a.duty as item, o.title, p.programme, p.person, p.unit, p.channel, p.target, p.tier,
           coalesce(p.on_post_since, p.placed_on) as since, a.clause, a.origin,
           case when r.posting is null then '未登记' when r.lacking <> '' then r.lacking
                when not isempty(u.days) then '自 ' || lower(u.days) || ' 起未投保' else '应再次办理' end as lacking
    from postings p cross join (values {_OWED}) as o (duty, title)
    join lateral (select * from care_asked a where a.duty = o.duty and {_IN_FORCE}) as a
         on a.tiers = '[]'::jsonb or a.tiers ? p.tier
    left join lateral (select * from care_records c where c.posting = p.posting and c.duty = a.duty and c.done_on <= %s
                       order by c.done_on desc, c.position desc limit 1) as r on true
    left join lateral (select datemultirange(daterange(coalesce(p.appointed_on, p.on_post_since), p.term_ends))
                              - range_agg(daterange(c.since, c.until, '[]')) as days
                       from care_records c where c.posting = p.posting and c.duty = a.duty and c.done_on <= %s
                         and c.duty = '{INSURANCE.name}' and p.term_ends is not null) as u on true
    where (p.on_post_since <= %s or (a.duty = '{PRE_POST.name}' and p.placed_on <= %s))
      and (p.ended_on is null or p.ended_on > %s)
      and (r.posting is null or r.lacking <> '' or not isempty(u.days) or r.again_by < %s)
) as open"""
"""What a posting owes as of a day, given six times. The policies together must cover the term as it stands."""
MANAGED_BY = f"""(
    select p.posting, p.programme, p.person, p.unit, p.channel, p.target,
           coalesce(r.said -> 'managers', '[]') as managers, coalesce(r.said -> 'empty', '[]') as empty
    from postings p
    left join lateral (select * from care_records c where c.posting = p.posting and c.duty = '{MANAGED.name}'
                       order by c.done_on desc, c.position desc limit 1) as r on true
    where p.status = 'on_post'
      and exists (select from care_asked a where a.duty = '{MANAGED.name}' and a.programme = p.programme
                                               and starts_with(p.target, a.scope))
) as managed"""
BUNDLES = f"""(
    select p.posting, p.programme, p.person, p.unit, p.channel, p.target,
           (select jsonb_object_agg(k.kind, (
                select coalesce(jsonb_agg(c.said ->> 'text' order by c.done_on, c.position), '[]')
                from care_records c where c.posting = p.posting and c.duty = '{BUNDLE.name}'
                                      and c.said ->> 'kind' = k.kind))
            from jsonb_array_elements_text(b.kinds) as k (kind)) as bundle
    from postings p
    join lateral (select kinds from care_bundles a where {_IN_FORCE}) as b on true
    where p.status = 'on_post'
) as bundles"""
UNASSIGNED = """(
    select l.leg, l.programme, l.person, l.sending, l.host, l.term_from, l.term_ends,
           l.term_from + (l.term_ends - l.term_from) / 2 as mid_term
    from legs l
    where l.status = 'reported' and l.term_from + (l.term_ends - l.term_from) / 2 <= %s
      and exists (select from care_asked a where a.duty = 'duties_assigned' and a.programme = l.programme)
      and not exists (select from care_records c where c.leg = l.leg and c.duty = 'duties_assigned' and c.done_on <= %s)
) as unassigned"""
HEADCOUNTS = """(
    select c.programme, c.village, c.posts, c.members,
           (select count(*) from postings p where p.programme = c.programme and p.target = c.village
                                              and p.status = 'on_post') as dispatched
    from committees c
) as headcounts"""
_PROGRAMME = {"programme": "方案编号"}
_ABOUT = {**_PROGRAMME, "posting": "选派岗位", "unit": "派出单位", "person": "人员编号"}
_AREA = {"area": "区划代码，含下级"}
_AS_OF = {"as_of": "事实日期，缺省为全部"}


def open_items(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """What is open of each posting, as of a day; ``item`` names one matter."""
    where = Where().reach(ask.actor, REACH, ("target",), ("unit", "channel")).equal(ask, *_ABOUT, "item")
    return page(rows, ask, OPEN, where.under(ask, "area", "target"), ("posting", "item"), *[day(ask)] * 6)


def duties_unassigned(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The secondments past the middle of their term that were given no work (PE-058): a warning."""
    where = Where().reach(ask.actor, REACH, ("sending", "host"), ()).equal(ask, "programme")
    return page(rows, ask, UNASSIGNED, where, ("leg",), *[day(ask)] * 2)


def management(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Who manages each cadre on post (PE-040, PE-100), and whom the cadre works under and with (PE-041)."""
    where = Where().reach(ask.actor, REACH, ("target",), ("unit", "channel")).equal(ask, *_ABOUT)
    found = page(rows, ask, MANAGED_BY, where.under(ask, "area", "target"), ("posting",))
    return {**found, "items": [{**row, **reporting_line(row["target"])} for row in found["items"]]}


def reporting_line(target: str) -> dict[str, str]:
    """The township that leads, and the village organisation that is the partner, "" at a township (PE-041)."""
    return {"leads": target[:TOWNSHIP], "partner": target if len(target) > TOWNSHIP else ""}


def _about_postings(title: str, source: str) -> Listing:
    return Listing(
        title,
        source,
        READERS,
        _ABOUT,
        _AREA,
        key=("posting",),
        areas=("target",),
        units=("unit", "channel"),
        reach=REACH,
    )


QUERIES: Mapping[str, Query] = {
    "open_items": Query(open_items, READERS, "未办事项", {**_ABOUT, "item": "事项", **_AREA, **_AS_OF}, ("as_of",)),
    "duties_unassigned": Query(
        duties_unassigned, EVERYWHERE | TERRITORY, "任期过半未交办工作", {**_PROGRAMME, **_AS_OF}, ("as_of",)
    ),
    "management": Query(management, READERS, "共同管理与领导关系", {**_ABOUT, **_AREA}),
    **queries(
        care_records=Listing(
            "在岗期间登记",
            "(select c.*, coalesce(p.unit, '') as unit, coalesce(p.channel, '') as channel"
            " from care_records c left join postings p using (posting)) as records",
            READERS,
            {**_ABOUT, "leg": "互派编号", "duty": "事项"},
            _AREA,
            key=("position",),
            areas=("target", "sending", "host"),
            units=("unit", "channel"),
            reach=REACH,
            dated=("done_on <= %s",),
        ),
        headcounts=Listing(
            "村“两委”职数（不含第一书记）",
            HEADCOUNTS,
            EVERYWHERE | TERRITORY,
            _PROGRAMME,
            _AREA,
            key=("programme", "village"),
            areas=("village",),
        ),
        work_team_members=Listing(
            "驻村工作组成员",
            "work_team_members",
            EVERYWHERE | TERRITORY,
            {**_PROGRAMME, "target": "村", "person": "人员编号"},
            _AREA,
            key=("member",),
            areas=("target",),
            dated=("joined_on <= %s",),
        ),
        work_teams_off_size=Listing(
            "人数不合规定的驻村工作组",
            "work_teams",
            EVERYWHERE | TERRITORY,
            _PROGRAMME,
            _AREA,
            key=("programme", "target"),
            areas=("target",),
            where="size > 0 and not size between least and most",
        ),
        bundles=_about_postings("责任、项目、资金捆绑", BUNDLES),
    ),
}
