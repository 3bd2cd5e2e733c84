"""Read models of the calendar: what each year's notice orders, the one entered last, and the days that have passed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from kernel.asking import Find, Page, Reach, single
from kernel.codec import plain
from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from programmes.roles import AUDITOR, CALENDAR, PROVINCE, SYSTEM, SYSTEM_ADMIN
from services.allocation.readers_queries import SHARED
from services.allocation.registers.calendar_notice import CalendarNoticeRegistered
from services.allocation.registers.day import DayPassed
from services.allocation.roles import EVERYONE

OVERSEERS: Final = PROVINCE | AUDITOR | SYSTEM | SYSTEM_ADMIN
"""Who sees what became of the days."""
NOTICES = Table(
    "calendar_notices",
    {"year": "int"},
    {"notice": "text", "holidays": "json", "workdays": "json", "registered_on": "date"},
)
DAYS = Table("days_passed", {"day": "date"}, {"refused": "json"})
TABLES = (NOTICES, DAYS)


def project(recorded: Recorded) -> Iterable[Op]:
    """The row of one event."""
    match recorded.event:
        case CalendarNoticeRegistered() as e:
            yield NOTICES.of(
                e, holidays=plain(e.holidays), workdays=plain(e.workdays), registered_on=recorded.occurred_on
            )
        case DayPassed() as e:
            yield DAYS.of(e, refused=list(e.refused))


def _days(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The last day that passed, null where none has, and how many have."""
    return single(ask, rows("select max(day) as day, count(*) as days from days_passed")[0])


QUERIES = queries(
    calendar_notices=Listing("放假安排登记", NOTICES, EVERYONE, {"year": "年份"}, reach=SHARED),
    refused_on_days=Listing(
        "日程推进中被拒绝的命令", DAYS, OVERSEERS, reach=Reach(OVERSEERS), where="refused <> '[]'", dated=("day <= %s",)
    ),
) | {"days_passed": Query(_days, OVERSEERS | CALENDAR, "已推进的日程")}
