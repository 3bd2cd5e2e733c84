"""Rhythms: how often a thing is done, as the register of deadlines writes it, and by when afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal

from msgspec import Meta

from kernel.reader import Reader

Rhythm = Literal["each month", "each quarter", "each half-year", "each year", "each year end", "31 December each year"]
MONTHS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "each month": 1,
        "each quarter": 3,
        "each half-year": 6,
        **dict.fromkeys(("each year", "each year end", "31 December each year"), 12),
    }
)
"""How many months of the calendar a period of each rhythm has."""

STATEMENT = Reader[Rhythm]("attendance.statement_rhythm", "月考勤登记表期限")
STATEMENT_DAYS = Reader[Annotated[int, Meta(ge=0, le=366)]]("attendance.statement_days", "月考勤登记表期限")
ALLOWANCE_DAYS = Reader[Annotated[int, Meta(ge=0, le=366)]]("allowance.paid_days", "季度补助期限")
QUARTERLY = Reader[Rhythm]("report.progress_rhythm", "季度调度期限")
TALKS = Reader[Rhythm]("reserve.talk_rhythm", "后备干部谈话期限")
ASSESSED = Reader[Rhythm]("assessment.rhythm", "年度考核期限")
