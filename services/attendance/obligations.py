"""What attendance knows to be owed. One line a room; ``docs/due.md`` tells how an obligation is declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.service import Query
from programmes.daily import Daily, daily
from programmes.due import due
from programmes.obligation import Obligation, parked
from services.attendance.checks import due_queries as checks
from services.attendance.inspection import due_queries as inspection
from services.attendance.leave import due_queries as leave
from services.attendance.money import due_queries as money
from services.attendance.sheets import due_queries as sheets

OBLIGATIONS: Final[tuple[Obligation, ...]] = (
    *sheets.OBLIGATIONS,
    *leave.OBLIGATIONS,
    *inspection.OBLIGATIONS,
    *checks.OBLIGATIONS,
    *money.OBLIGATIONS,
    parked("attendance"),
)
HOLDING: Final = """
select organ, post, person, since, until from office_holders
 union all select organ, post, person, since, until from stand_ins
"""
DAILY: Final[tuple[Daily, ...]] = ()
QUERIES: Final[Mapping[str, Query]] = {**due(OBLIGATIONS, HOLDING), **daily(DAILY)}
