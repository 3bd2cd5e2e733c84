"""Changed divisions and units as read: what a code or a name meant on a day, and what waits for a decision (X-056)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, day, single
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from services.allocation.placement.placement_projection import TARGETS
from services.allocation.readers_queries import PLACED, SENDING, SHARED, WAITING
from services.allocation.registers.register_projection import CHANGES, UNIT_CHANGES
from services.allocation.roles import EVERYONE, OFFICES
from services.allocation.targets.binding_projection import BINDINGS, CHANNEL_OF_BINDING


def division(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """What ``code`` is on the day ``as_of``: its name then, whether it stands, to which code it leads, by which steps.

    A code that comes to be by a later change has no name yet on that day.
    """
    code, on = ask.params["code"], day(ask)
    named = rows(
        "select name from division_changes where code = %s and changed_on <= %s order by changed_on desc limit 1",
        code,
        on,
    ) or rows(
        "select name from areas where code = %s and edition not in (select document from division_changes)"
        " order by edition desc limit 1",
        code,
    )
    path: list[dict[str, Any]] = []
    now = code
    while True:
        step = rows(
            "select code, kind, document, changed_on from division_changes where old = %s and code <> old"
            " and changed_on <= %s order by changed_on desc limit 1",
            now,
            on,
        )
        if not step or step[0]["code"] in {code, *(one["code"] for one in path)}:
            break
        path.append(step[0])
        now = step[0]["code"]
    item = {"code": code, "name": named[0]["name"] if named else "", "leads_to": now, "stands": not path, "path": path}
    return single(ask, item)


# Whatever names a code that leads elsewhere and does not follow by itself.
_DIVISIONS = """(
    select 'occupant' as what, t.programme, t.target, t.leads_to, t.posting as concerned from targets t
     where t.closed_on is not null and t.posting <> '' and t.leads_to <> ''
     union all
    select 'demand', d.programme, d.target, c.code, '' from demanded_villages d
      join division_changes c on c.old = d.target and c.code <> c.old
     union all
    select 'office', '', o.organ, c.code, o.person from office_holders o
      join division_changes c on c.old = o.organ and c.code <> c.old
     where o.until is null or o.until >= c.changed_on
     union all
    select 'reserves', r.programme, r.village, c.code, '' from reserve_numbers r
      join division_changes c on c.old = r.village and c.code <> c.old) as found"""
_UNITS = """(
    select 'places' as what, q.programme, q.unit, q.channel, c.kind, c.successors, q.townships, q.villages,
           '' as concerned
      from unit_quotas q join unit_changes c on c.unit = q.unit and c.kind in ('merged', 'split', 'moved')
      join units u on u.unit = q.unit
     where q.townships + q.villages > 0 and (c.kind <> 'moved' or u.channel <> q.channel)
     union all
    select 'occupant', t.programme, t.unit, t.channel, c.kind, c.successors, 0, 0, t.posting
      from targets t join unit_changes c on c.unit = t.unit and c.kind = 'split' where t.posting <> ''
     union all
    select 'binding', coalesce(t.programme, ''), b.unit, u.channel, c.kind, c.successors, 0, 0, b.target
      from bindings b join unit_changes c on c.unit = b.unit and c.kind = 'split' join units u on u.unit = b.unit
      left join targets t on t.target = b.target
     where b.released_on is null and b.followed_on is null
       and not exists (select from bindings s where s.target = b.target and s.released_on is null
                          and c.successors @> to_jsonb(s.unit))
     union all
    select 'tie', p.programme, u.unit, u.channel, c.kind, c.successors, 0, 0, tie
      from units u join unit_changes c on c.unit = u.unit and c.kind = 'split'
      join (select distinct programme, unit from unit_quotas) p on p.unit = u.unit,
           jsonb_array_elements_text(
             case when jsonb_typeof(u.helped) = 'array' then u.helped || u.contacts else '[]' end) as tie
     where not exists (select from units s where c.successors @> to_jsonb(s.unit)
                          and s.helped || s.contacts @> to_jsonb(tie))) as found"""
_NAMES = """(
    select unit, name, channel, since, lead(since) over (partition by unit order by since) as until
      from unit_names) as found"""
QUERIES = {
    "division": Query(
        division, EVERYONE, "区划代码沿革", {"code": "区划代码", "as_of": "事实日期，缺省为全部"}, ("code",)
    ),
    **queries(
        # Targets and bindings that stood on a day, under the codes of that day.
        targets_on=Listing(
            "某日派驻点",
            TARGETS,
            OFFICES,
            {"programme": "方案编号", "tier": "省、市、县级", "city": "市代码"},
            areas=("target",),
            dated=("opened_on <= %s", "(closed_on is null or closed_on > %s)"),
        ),
        bindings_on=Listing(
            "某日单位与村结对",
            BINDINGS,
            OFFICES,
            {"unit": "单位编号", "target": "村代码"},
            areas=("target",),
            units=("unit", CHANNEL_OF_BINDING),
            reach=PLACED,
            dated=("since <= %s", "coalesce(released_on, followed_on, 'infinity') > %s"),
        ),
        division_changes=Listing(
            "区划变更", CHANGES, EVERYONE, {"old": "原代码", "code": "新代码", "document": "文号"}, reach=SHARED
        ),
        division_decisions=Listing(
            "区划变更待定事项",
            _DIVISIONS,
            OFFICES,
            {"programme": "方案编号", "what": "类别"},
            key=("programme", "target", "what", "concerned"),
            areas=("target", "leads_to"),
            reach=PLACED,
        ),
        unit_changes=Listing(
            "单位变更", UNIT_CHANGES, OFFICES, {"unit": "单位编号", "kind": "类别"}, units=("unit",), reach=SENDING
        ),
        # The names and channels of units as they were on a day.
        unit_names=Listing(
            "单位名称沿革",
            _NAMES,
            OFFICES,
            {"unit": "单位编号", "channel": "领域"},
            key=("unit", "since"),
            units=("channel", "unit"),
            reach=SENDING,
            dated=("since <= %s", "(until is null or until > %s)"),
        ),
        unit_decisions=Listing(
            "单位变更待定事项",
            _UNITS,
            OFFICES,
            {"programme": "方案编号", "unit": "单位编号"},
            key=("programme", "unit", "what", "concerned"),
            # A posting's id names its village: not told to offices of other areas.
            units=("channel", "unit"),
            reach=WAITING,
        ),
    ),
}
