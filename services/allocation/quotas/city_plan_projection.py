"""Read models of what cities arrange themselves: their plans, and how far those of a group add up to its total."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.allocation.quotas.city_plan import CityPlanEntered
from services.allocation.readers_queries import PLACED, SHARED
from services.allocation.roles import OFFICES

PLANS = Table(
    "city_plans",
    {"programme": "text", "city": "text"},
    {
        "grouped": "text",
        "arranger": "text",
        "total": "int",
        "townships": "int",
        "villages": "int",
        "reason": "text",
        "entered_on": "date",
    },
)
TABLES = (PLANS,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    match recorded.event:
        case CityPlanEntered() as e:
            yield PLANS.of(e, grouped=e.group, entered_on=recorded.occurred_on)


_TARGETS = """
    select city, count(*) as targets, count(*) filter (where state in ('confirmed', 'on_post')) as confirmed,
           count(*) filter (where state = 'on_post') as on_post
      from targets t where t.programme = g.programme and t.city = c.city and t.closed_on is null
     group by city"""
# The cities of a group stand in its row; one that has entered nothing yet counts as 0 and is named.
_GROUPS = f"""(
    select g.programme, g.name, g.cities, g.cadres, g.townships, g.villages,
           coalesce(sum(p.total), 0)::bigint as entered, (g.cadres - coalesce(sum(p.total), 0))::bigint as difference,
           (g.townships - coalesce(sum(p.townships), 0))::bigint as townships_difference,
           (g.villages - coalesce(sum(p.villages), 0))::bigint as villages_difference,
           coalesce(jsonb_agg(c.city order by c.city) filter (where p.city is null), '[]'::jsonb) as cities_open,
           coalesce(sum(t.targets), 0)::bigint as targets, coalesce(sum(t.confirmed), 0)::bigint as confirmed,
           coalesce(sum(t.on_post), 0)::bigint as on_post,
           coalesce(sum(p.total), 0) = g.cadres as balanced,
           coalesce(sum(t.on_post), 0) = g.cadres and coalesce(sum(p.total), 0) = g.cadres as closed
      from batch_groups g
     cross join jsonb_array_elements_text(g.cities) as c(city)
      left join city_plans p on p.programme = g.programme and p.city = c.city
      left join lateral ({_TARGETS}) t on true
     where g.arranger = 'city'
     group by g.programme, g.name, g.cities, g.cadres, g.townships, g.villages) as found"""
QUERIES = queries(
    city_plans=Listing(
        "市自行安排计划", PLANS, OFFICES, {"programme": "方案编号", "city": "市代码"}, areas=("city",), reach=PLACED
    ),
    # The plans of a group against its printed total, with the difference (AL-048).
    arranged_groups=Listing(
        "自行安排各市合计", _GROUPS, OFFICES, {"programme": "方案编号"}, key=("programme", "name"), reach=SHARED
    ),
)
