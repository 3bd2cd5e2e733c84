"""Questions about what superiors found; townships and villages do not read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.listing import Listing, queries
from kernel.service import Query
from programmes.roles import AUDITOR, CITIES, COUNTIES, PROVINCE
from services.attendance.inspection import inspection_projection as tables

ABOVE: Final = PROVINCE | CITIES | COUNTIES | AUDITOR
AREA: Final = {"area": "区划代码，含下级"}
POSTING: Final = {"posting": "选派编号"}

QUERIES: Final[Mapping[str, Query]] = queries(
    sham_postings=Listing(
        "挂名走读等问题", tables.SHAMS, ABOVE, POSTING, AREA, areas=("target",), dated=("found_on <= %s",)
    ),
    accountability_cases=Listing(
        "问责案件",
        tables.CASES,
        ABOVE,
        {**POSTING, "signer": "签字人编号"},
        AREA,
        areas=("target",),
        dated=("opened_on <= %s",),
    ),
)
