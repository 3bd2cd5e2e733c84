"""Read model of the bodies that counties have for their dispatched cadres; a county without a row lacks nothing."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
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


QUERIES = queries(
    county_bodies=Listing(
        "县级选派干部工作机构",
        BODIES,
        OFFICES,
        {"programme": "方案编号", "county": "县代码"},
        areas=("county",),
    )
)
