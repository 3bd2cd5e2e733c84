"""Questions about honours."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.listing import Listing, queries
from kernel.service import Query
from services.evaluation.readers import AREA, POSTING, PROGRAMME, READERS

QUERIES: Mapping[str, Query] = queries(
    commendations=Listing(
        "评选和表彰",
        "commendations",
        READERS,
        {**PROGRAMME, "kind": "city、county 或 person"},
        AREA,
        key=("programme", "subject"),
        areas=("sending", "host"),
        dated=("selected_on <= %s",),
    ),
    honours=Listing(
        "评先评优",
        "honours",
        READERS,
        {**POSTING, **PROGRAMME},
        AREA,
        key=("honour",),
        areas=("target",),
        dated=("given_on <= %s",),
    ),
    commendation_quota=Listing(
        "表彰推荐名额", "commendation_quota", READERS, PROGRAMME, AREA, key=("programme", "city"), areas=("city",)
    ),
)
