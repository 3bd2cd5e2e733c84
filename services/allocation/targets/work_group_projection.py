"""Read models of work groups: members by posting, weak villages with who took them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.asking import Find, Page, Where, page
from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from services.allocation.roles import OFFICES
from services.allocation.targets.weak_village import VillageDelistingNoted, WeakVillageTaken
from services.allocation.targets.work_group import WorkGroupJoined, WorkGroupLeft

MEMBERS = Table(
    "work_group_members",
    {"programme": "text", "posting": "text"},
    {
        "township": "text",
        "person": "text",
        "target": "text",
        "role": "text",
        "required": "int",
        "joined_on": "date",
        "left_on": "date",
        "cause": "text",
        "moved_to": "text",
    },
    indexes=(("programme", "person"), ("programme", "township")),
)
WEAK_VILLAGES = Table(
    "weak_villages_taken",
    {"programme": "text", "village": "text"},
    {"posting": "text", "taken_on": "date", "delisted_on": "date"},
    indexes=(("programme", "posting"),),
)
TABLES = (MEMBERS, WEAK_VILLAGES)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    on = recorded.occurred_on
    match recorded.event:
        case WorkGroupJoined() as e:
            yield MEMBERS.of(e, joined_on=on)
        case WorkGroupLeft() as e:
            yield MEMBERS.put(e.programme, e.posting, left_on=on, cause=e.cause, moved_to=e.moved_to)
        case WeakVillageTaken() as e:
            yield WEAK_VILLAGES.of(e, taken_on=on)
        case VillageDelistingNoted() as e:
            yield WEAK_VILLAGES.put(e.programme, e.target, delisted_on=on)


_MEMBERS = """(
    select m.programme, m.township, m.posting, m.person, m.target, m.role, m.required, m.joined_on,
           coalesce(w.villages, '[]'::jsonb) as villages,
           greatest(0, m.required - coalesce(w.held, 0)) as missing
      from work_group_members m
      left join (select programme, posting, jsonb_agg(village order by village) as villages, count(*) as held
                   from weak_villages_taken where posting <> '' and delisted_on is null
                  group by programme, posting) w
        on w.programme = m.programme and w.posting = m.posting
     where m.left_on is null) as found"""
_GROUPS = f"""(
    select programme, township, count(*) as members, count(*) filter (where required > 0) as deputies,
           sum(jsonb_array_length(villages))::bigint as villages, sum(missing)::bigint as missing
      from {_MEMBERS} group by programme, township) as groups"""
"""The groups: members on post, first deputy secretaries, weak villages they took and still owe."""


def work_group_members(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Who belongs to which group now; ``missing`` counts the weak villages a first deputy secretary owes.

    With ``owing=yes`` those alone who owe one (AL-070).
    """
    where = Where().equal(ask, "programme", "township", "person", "posting").inside(ask.actor, "target")
    if ask.params.get("owing"):
        where.add("missing > 0")
    return page(rows, ask, _MEMBERS, where, ("programme", "township", "posting"))


_PLACE = {"programme": "方案编号", "township": "乡镇代码"}
QUERIES = {
    **queries(
        work_groups=Listing("乡镇工作组", _GROUPS, OFFICES, _PLACE, key=("programme", "township"), areas=("township",))
    ),
    "work_group_members": Query(
        work_group_members,
        OFFICES,
        "乡镇工作组成员",
        {**_PLACE, "person": "人选编号", "posting": "选派编号", "owing": "yes：只列应包扶而未包扶薄弱村的"},
    ),
}
