"""All read models of allocation: their tables, how an event changes them, what may be asked of them."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Recorded
from kernel.projection import Op
from services.allocation import figure_queries, obligations
from services.allocation.demand import demand_projection, funds_projection
from services.allocation.placement import (
    amendment_projection,
    change_queries,
    placement_projection,
    pool_projection,
    target_queries,
)
from services.allocation.planning import plan_projection, plan_queries
from services.allocation.quotas import batch_projection, city_plan_projection
from services.allocation.registers import (
    annex_queries,
    calendar_projection,
    county_body_projection,
    organ_queries,
    register_projection,
    seat_queries,
    unit_office_projection,
)
from services.allocation.reserve import reserve_projection
from services.allocation.solving import placement_queries
from services.allocation.swap import (
    pairing_queries,
    support_measure_queries,
    swap_batch_projection,
    swap_composition_queries,
    swap_figures_queries,
    swap_projection,
)
from services.allocation.targets import binding_projection, work_group_projection

TABLES = (
    *register_projection.TABLES,
    *unit_office_projection.TABLES,
    *binding_projection.TABLES,
    *batch_projection.TABLES,
    *city_plan_projection.TABLES,
    *demand_projection.TABLES,
    *funds_projection.TABLES,
    *placement_projection.TABLES,
    *pool_projection.TABLES,
    *reserve_projection.TABLES,
    *amendment_projection.TABLES,
    *county_body_projection.TABLES,
    *calendar_projection.TABLES,
    *swap_projection.TABLES,
    *swap_batch_projection.TABLES,
    *work_group_projection.TABLES,
    *pairing_queries.TABLES,
    *plan_projection.TABLES,
    *swap_composition_queries.TABLES,
    *support_measure_queries.TABLES,
)
QUERIES = {
    **register_projection.QUERIES,
    **unit_office_projection.QUERIES,
    **seat_queries.QUERIES,
    **binding_projection.QUERIES,
    **batch_projection.QUERIES,
    **city_plan_projection.QUERIES,
    **demand_projection.QUERIES,
    **funds_projection.QUERIES,
    **target_queries.QUERIES,
    **change_queries.QUERIES,
    **placement_queries.QUERIES,
    **pool_projection.QUERIES,
    **reserve_projection.QUERIES,
    **amendment_projection.QUERIES,
    **county_body_projection.QUERIES,
    **calendar_projection.QUERIES,
    **annex_queries.QUERIES,
    **organ_queries.QUERIES,
    **swap_projection.QUERIES,
    **swap_batch_projection.QUERIES,
    **swap_figures_queries.QUERIES,
    **work_group_projection.QUERIES,
    **pairing_queries.QUERIES,
    **plan_queries.QUERIES,
    **swap_composition_queries.QUERIES,
    **support_measure_queries.QUERIES,
    **figure_queries.QUERIES,
    **obligations.QUERIES,
}


def project(recorded: Recorded) -> Iterable[Op]:
    """Every change one event makes."""
    yield from register_projection.project(recorded)
    yield from unit_office_projection.project(recorded)
    yield from binding_projection.project(recorded)
    yield from batch_projection.project(recorded)
    yield from city_plan_projection.project(recorded)
    yield from demand_projection.project(recorded)
    yield from funds_projection.project(recorded)
    yield from placement_projection.project(recorded)
    yield from pool_projection.project(recorded)
    yield from reserve_projection.project(recorded)
    yield from amendment_projection.project(recorded)
    yield from county_body_projection.project(recorded)
    yield from calendar_projection.project(recorded)
    yield from swap_projection.project(recorded)
    yield from swap_batch_projection.project(recorded)
    yield from work_group_projection.project(recorded)
    yield from pairing_queries.project(recorded)
    yield from plan_projection.project(recorded)
    yield from swap_composition_queries.project(recorded)
    yield from support_measure_queries.project(recorded)
