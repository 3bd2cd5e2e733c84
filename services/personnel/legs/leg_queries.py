"""Questions about legs beside the list of them: conditions that were not met as printed, and breaches."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.listing import Listing, queries
from kernel.service import Query
from services.personnel.legs.leg_projection import BREACHES, SWAP_CONDITIONS
from services.personnel.readers import EVERYWHERE, REACH, TERRITORY

_FILTERS = {"programme": "方案编号", "person": "人员编号"}
QUERIES: Mapping[str, Query] = queries(
    swap_exceptions=Listing(
        "互派人选的原则性条件例外",
        SWAP_CONDITIONS,
        EVERYWHERE | TERRITORY,
        filters={**_FILTERS, "reserve": "met、exception 或 unknown", "education": "met、exception 或 unknown"},
        areas=("sending", "host"),
        reach=REACH,
        where="(reserve in ('exception', 'unknown') or education in ('exception', 'unknown'))",
    ),
    swap_breaches=Listing(
        "挂职纪律情况", BREACHES, EVERYWHERE | TERRITORY, filters=_FILTERS, areas=("sending", "host"), reach=REACH
    ),
)
