"""The question about the bags. A cadre sees the own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.listing import Listing, queries
from kernel.service import Query
from programmes.roles import CADRES
from services.evaluation.dossier.dossier_projection import ITEMS
from services.evaluation.readers import AREA, ASSESSORS, OWN, POSTING, PROGRAMME

QUERIES: Final[Mapping[str, Query]] = queries(
    dossier=Listing(
        "个人资料袋",
        ITEMS,
        ASSESSORS | CADRES,
        {**POSTING, **PROGRAMME, "kind": "材料种类"},
        AREA,
        areas=("target",),
        reach=OWN,
        dated=("added_on <= %s",),
    )
)
