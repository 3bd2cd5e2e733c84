"""Read model of the annual calendar notices: what each year's orders, the one entered last."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.codec import plain
from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.allocation.readers_queries import SHARED
from services.allocation.registers.calendar_notice import CalendarNoticeRegistered
from services.allocation.roles import EVERYONE

NOTICES = Table(
    "calendar_notices",
    {"year": "int"},
    {"notice": "text", "holidays": "json", "workdays": "json", "registered_on": "date"},
)
TABLES = (NOTICES,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The row of one event."""
    match recorded.event:
        case CalendarNoticeRegistered() as e:
            yield NOTICES.of(
                e, holidays=plain(e.holidays), workdays=plain(e.workdays), registered_on=recorded.occurred_on
            )


QUERIES = queries(
    calendar_notices=Listing("放假安排登记", NOTICES, EVERYONE, {"year": "年份"}, reach=SHARED),
)
