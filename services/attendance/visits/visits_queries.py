"""Questions about visits without notice: what is planned, for the city alone, and what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.listing import Listing, queries
from kernel.service import Query
from programmes.roles import AUDITOR, CITIES, COUNTIES, PROVINCE, TOWNSHIPS
from services.attendance.visits.visits_projection import VISITS

_INSPECTORS: Final = PROVINCE | CITIES | AUDITOR
_PROGRAMME: Final = {"programme": "方案编号"}
_RECORDED: Final = ("visit", "programme", "inspector", "village", "manner", "finding", "visited_on")

QUERIES: Final[Mapping[str, Query]] = queries(
    visits_planned=Listing(
        "列入计划的不打招呼检查",
        VISITS,
        _INSPECTORS,
        _PROGRAMME,
        {"area": "区划代码，含下级"},
        areas=("inspector",),
        dated=("planned_on <= %s",),
    ),
    visits=Listing(
        "不打招呼检查",
        VISITS,
        _INSPECTORS | COUNTIES | TOWNSHIPS,
        _PROGRAMME,
        {"area": "区划代码，含下级"},
        columns=_RECORDED,
        areas=("village", "inspector"),
        dated=("visited_on <= %s",),
    ),
)
