"""What was planned beside what was done: places of the pairs as defined, cadres who reported for duty (AL-060).

Invariant: plan and actual are two facts. Neither is ever written over the other, and their difference is shown, not
explained away; what a notice prints of either stands beside both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, cut
from kernel.rules import Rules
from kernel.service import Ask, Query
from programmes.readers.swap import ACTUAL, PLANNED
from services.allocation.roles import OFFICES
from services.allocation.rules_queries import rules_for
from services.allocation.swap.pair_state import LEVELS

_PLANNED = """
select coalesce(sum(2 * city_each), 0)::bigint as city, coalesce(sum(2 * county_each), 0)::bigint as county,
       coalesce(sum(2 * township_each), 0)::bigint as township
  from pairs where programme = %s and batch::text = %s
"""
_ACTUAL = """
select s.level, count(*) as actual, count(*) filter (where s.substitute) as substitutes
  from swap_places s join pairs p on p.programme = s.programme and p.pair = s.pair
 where s.programme = %s and p.batch::text = %s and s.reported_on is not null
 group by s.level
"""
_FIRST = "1"


def swap_plan_actual(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Planned and actual of one round in all and by level, with their difference; of the first what is printed.

    ``actual`` counts the cadres who reported for duty, ``substitutes`` those among them who took a lost place.
    ``printed_planned`` and ``printed_actual`` are null where nothing is printed.
    """
    programme, batch = ask.params["programme"], ask.params.get("batch") or _FIRST
    (planned,) = rows(_PLANNED, programme, batch)
    done = {row["level"]: row for row in rows(_ACTUAL, programme, batch)}
    printed = rules_for(rows, programme, PLANNED, ACTUAL) if batch == _FIRST else Rules(programme, "")
    plan_printed, actual_printed = printed.find(PLANNED), printed.find(ACTUAL)
    by_level = [
        (level, planned[level], done[level]["actual"] if level in done else 0,
         done[level]["substitutes"] if level in done else 0)
        for level in LEVELS
    ]  # fmt: skip
    total = ("total", *(sum(column) for column in list(zip(*by_level, strict=True))[1:]))
    items = [
        {
            "programme": programme,
            "batch": batch,
            "level": level,
            "planned": plan,
            "actual": actual,
            "difference": actual - plan,
            "substitutes": substitutes,
            "printed_planned": getattr(plan_printed.value, level) if plan_printed else None,
            "printed_actual": actual_printed.value if actual_printed and level == "total" else None,
        }
        for level, plan, actual, substitutes in (total, *by_level)
    ]
    return cut(items, ask)


QUERIES = {
    "swap_plan_actual": Query(
        swap_plan_actual, OFFICES, "互派计划与实际", {"programme": "方案编号", "batch": "批次"}, ("programme",)
    )
}
