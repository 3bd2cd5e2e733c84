"""Questions about the help for villages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.listing import Listing, queries
from kernel.service import Query
from services.evaluation.assistance import assistance_projection as tables
from services.evaluation.readers import AREA, ASSESSORS, PROGRAMME, YEAR

_UNDER: Final = ("target",)

QUERIES: Final[Mapping[str, Query]] = queries(
    assistance_plans=Listing(
        "帮扶方案", tables.PLANS, ASSESSORS, PROGRAMME, AREA, areas=_UNDER, dated=("filed_on <= %s",)
    ),
    assistance_progress=Listing(
        "帮扶进展", tables.PROGRESS, ASSESSORS, PROGRAMME, AREA, areas=_UNDER, dated=("logged_on <= %s",)
    ),
    households_filed=Listing(
        "贫困户建档立卡",
        tables.HOUSEHOLDS,
        ASSESSORS,
        {**PROGRAMME, **YEAR},
        AREA,
        areas=_UNDER,
        dated=("filed_on <= %s",),
    ),
)
