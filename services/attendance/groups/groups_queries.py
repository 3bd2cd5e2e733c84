"""Questions about the routine of work groups: what was recorded, and of which periods that are over nothing was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kernel.asking import Find, Page, Where, day, page
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from programmes.roles import AUDITOR, CITIES, COUNTIES, PROVINCE, TOWNSHIPS
from services.attendance.groups.groups_projection import ROUTINES

_READERS: Final = PROVINCE | CITIES | COUNTIES | TOWNSHIPS | AUDITOR
_FILTERS: Final = {"programme": "方案编号", "kind": "制度名称"}
_AREA: Final = {"area": "区划代码，含下级"}
# A group that never made a record of a kind does not keep that kind; of days to come nothing is missing.
_MISSING: Final = """(
    select k.programme, k.area, k.kind, k.rhythm, p::date as period
      from (select programme, area, kind, rhythm, min(period) as since from group_routines where kept_on <= %s
             group by programme, area, kind, rhythm) as k,
           (select least(%s::timestamp, now() at time zone 'Asia/Shanghai') as until) as d,
           generate_series(k.since::timestamp, d.until, ('1 ' || k.rhythm)::interval) as p
     where p < date_trunc(k.rhythm, d.until)
       and not exists (select from group_routines r where (r.programme, r.area, r.kind) = (k.programme, k.area, k.kind)
                          and r.period = p::date and r.kept_on <= %s)
) as missing"""


def missing(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The periods over by the day ``as_of``, since a group's first record of a kind, without one (AT-028)."""
    where = Where().inside(ask.actor, "area").under(ask, "area", "area").equal(ask, "programme", "kind")
    on = day(ask)
    return page(rows, ask, _MISSING, where, ("programme", "area", "kind", "period"), on, on, on)


QUERIES: Final[Mapping[str, Query]] = {
    "group_routine_missing": Query(
        missing, _READERS, "工作组缺少的日常管理登记", {"as_of": "截至日期", **_FILTERS, **_AREA}, ("as_of",)
    ),
    **queries(
        group_routines=Listing(
            "工作组日常管理登记", ROUTINES, _READERS, _FILTERS, _AREA, areas=("area",), dated=("kept_on <= %s",)
        )
    ),
}
