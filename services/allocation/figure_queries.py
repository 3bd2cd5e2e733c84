"""The figures of one programme in one row, for reports and the console; each is counted from the read models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, single
from kernel.service import Ask, Query
from services.allocation.placement.target_queries import nearness
from services.allocation.roles import OFFICES
from services.allocation.swap.swap_projection import swap_totals

_PLACES = """
select count(*) as targets,
       count(*) filter (where state in ('confirmed', 'on_post')) as confirmed,
       count(*) filter (where state = 'on_post') as on_post,
       count(*) filter (where state <> 'on_post') as gaps
  from targets where closed_on is null and {where}
"""


def figures(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Tiers, targets, on post, gaps and total rank; pairs, planned, named, lost and restored (0 where there is none).

    Targets are counted in the asker's area; the figures of plan and pairs are the province's.
    """
    programme = ask.params["programme"]
    batch = rows("select province, city, county, total, deviation from batches where programme = %s", programme)
    where = Where().add("programme = %s", programme).inside(ask.actor, "target")
    (places,) = rows(_PLACES.format(where=where.text()), *where.values)
    (near,) = nearness(rows, ask, tools)["items"]
    (swap,) = swap_totals(rows, ask, tools)["items"]
    tiers = {name: batch[0][name] for name in ("province", "city", "county")} if batch else {}
    item = {
        **swap,
        "tiers": tiers,
        **places,
        "nearness": near["total"],
        "unbalanced_then_restored": swap["restored"],
    }
    return single(ask, item)


QUERIES = {"figures": Query(figures, OFFICES, "主要数字", {"programme": "方案编号"}, ("programme",))}
