"""Questions about a cadre's work, for the organs that look after it and the unit that sent the cadre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.listing import Listing, queries
from kernel.service import Query
from programmes.roles import CADRES, VILLAGES
from services.evaluation.readers import AREA, ASSESSORS, OWN, POSTING, PROGRAMME
from services.evaluation.works import works_projection as tables

_ABOUT: Final = {**POSTING, **PROGRAMME}
_UNDER: Final = ("target",)
_OWN: Final = ASSESSORS | CADRES
_BOARD: Final = ASSESSORS | VILLAGES
"""Who sees what hangs on the board."""
_FIGURES: Final = """(
    select programme, left(target, 6) as county, count(*) as occurrences, count(distinct person) as persons
    from media_items group by 1, 2
) as figures"""

QUERIES: Final[Mapping[str, Query]] = queries(
    work_plans=Listing(
        "工作规划和计划", tables.PLANS, _OWN, _ABOUT, AREA, areas=_UNDER, reach=OWN, dated=("filed_on <= %s",)
    ),
    progress_reports=Listing(
        "季度工作报告", tables.REPORTS, _OWN, _ABOUT, AREA, areas=_UNDER, reach=OWN, dated=("reported_on <= %s",)
    ),
    half_year_summaries=Listing(
        "半年工作总结", tables.SUMMARIES, _OWN, _ABOUT, AREA, areas=_UNDER, reach=OWN, dated=("filed_on <= %s",)
    ),
    work_projects=Listing(
        "发展项目", tables.PROJECTS, _BOARD, _ABOUT, AREA, areas=_UNDER, dated=("registered_on <= %s",)
    ),
    project_objections=Listing(
        "发展项目异议", tables.OBJECTIONS, _BOARD, _ABOUT, AREA, areas=_UNDER, dated=("received_on <= %s",)
    ),
    media_items=Listing("宣传报道", tables.MEDIA, ASSESSORS, _ABOUT, AREA, areas=_UNDER, dated=("told_on <= %s",)),
    media_figures=Listing(
        "宣传报道人次和人数", _FIGURES, ASSESSORS, PROGRAMME, AREA, key=("programme", "county"), areas=("county",)
    ),
    revenue_shares=Listing(
        "产业园收益分配", tables.REVENUES, ASSESSORS, _ABOUT, AREA, areas=_UNDER, dated=("shared_on <= %s",)
    ),
)
