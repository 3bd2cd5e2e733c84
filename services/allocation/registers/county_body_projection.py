"""Read model of the bodies that counties have for their dispatched cadres; a county without a row lacks nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.asking import Find, Page, Where, page
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from services.allocation.registers.county_body import CountyBodyRecorded
from services.allocation.roles import OFFICES

BODIES = Table(
    "county_bodies",
    {"programme": "text", "county": "text"},
    {"name": "text", "secretary": "text", "office": "text", "recorded_on": "date"},
)
TABLES = (BODIES,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    match recorded.event:
        case CountyBodyRecorded() as e:
            yield BODIES.of(e, recorded_on=recorded.occurred_on)


def county_bodies(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The counties that have a body; one that is not listed has none, which is in order."""
    where = Where().equal(ask, "programme", "county").inside(ask.actor, "county")
    return page(rows, ask, "county_bodies", where, ("programme", "county"))


QUERIES = {
    "county_bodies": Query(
        county_bodies, OFFICES, "县级选派干部工作机构", {"programme": "方案编号", "county": "县代码"}
    )
}
