"""Questions about the pool of reserves: who stands in it and how, by ids; what was posted, heard and found."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.listing import Listing, queries
from kernel.projection import Table
from kernel.service import Query
from services.personnel.readers import EVERYWHERE, REACH, TERRITORY
from services.personnel.reserves import reserve_projection as tables

READERS = EVERYWHERE | TERRITORY | {"village"}
"""Who reads of the pool: whoever has its villages."""
PLACE = {"programme": "方案编号", "village": "村（社区）代码"}
_PERSON = {**PLACE, "person": "人员编号"}
UNDER = {"area": "区划代码，其下各村（社区）"}


def listing(
    title: str,
    table: Table,
    filters: Mapping[str, str],
    *,
    columns: tuple[str, ...] = (),
    areas: tuple[str, ...] = ("village",),
    where: str = "true",
) -> Listing:
    """A table of the pool, paged for who has its villages."""
    under = UNDER if areas == ("village",) else {}
    return Listing(title, table, READERS, filters, under, columns=columns, areas=areas, reach=REACH, where=where)


_SHOWN = (
    *("village", "home", "status", "step", "schooling", "pool", "outside_band", "target", "post", "election"),
    *("recommended_on", "active_on", "ended_on"),
)
QUERIES: Mapping[str, Query] = queries(
    fallbacks=listing(
        "没有合适人选的认定", tables.FALLBACKS, {**PLACE, "stage": "selection 或 use"}, columns=("opened_on",)
    ),
    reserve_announcements=listing(
        "后备干部选拔公告",
        tables.ANNOUNCEMENTS,
        {"programme": "方案编号", "township": "乡镇代码"},
        areas=("township",),
    ),
    reserve_recommendations=listing("后备人选推荐", tables.RECOMMENDATIONS, _PERSON),
    joint_meetings=listing(
        "联席会议",
        tables.MEETINGS,
        {"programme": "方案编号", "county": "县代码"},
        columns=("present", "absent", "held_on"),
        areas=("county",),
    ),
    reserves=listing("后备干部", tables.RESERVES, {**_PERSON, "status": "状态"}, columns=_SHOWN),
    reserve_publicities=listing("后备干部公示", tables.PUBLICITIES, {**_PERSON, "stage": "环节"}),
    reserve_opinions=listing("后备干部使用意见", tables.OPINIONS, _PERSON),
    reserve_replacements=listing("待补充的后备干部", tables.REPLACEMENTS, _PERSON),
)
