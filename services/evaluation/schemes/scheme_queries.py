"""Questions about schemes of assessment."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.listing import Listing, queries
from kernel.service import Query
from services.evaluation.readers import AREA, ASSESSORS, PROGRAMME, YEAR

QUERIES: Mapping[str, Query] = queries(
    schemes=Listing(
        "考核办法",
        "schemes",
        ASSESSORS,
        {**PROGRAMME, **YEAR, "kind": "岗位类别，township 或 village"},
        AREA,
        key=("programme", "county", "year", "kind", "version"),
        areas=("county",),
        dated=("in_force_from <= %s",),
    ),
)
