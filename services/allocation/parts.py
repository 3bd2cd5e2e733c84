"""The parts of allocation, and the plans of its commands."""

from __future__ import annotations

from services.allocation.demand import demand_plans
from services.allocation.demand.county_demand import DEMAND
from services.allocation.demand.village_funds import FUNDS
from services.allocation.placement import division_plans, placement_plans, unit_plans
from services.allocation.placement.holder import HOLDER
from services.allocation.placement.ledger import LEDGER
from services.allocation.placement.ledger_amendment import FILED_LEDGER
from services.allocation.placement.nominee import NOMINEES
from services.allocation.placement.nominee_pool import POOL
from services.allocation.placement.placement import TARGET
from services.allocation.placement.review import REVIEW
from services.allocation.planning import planning_plans
from services.allocation.planning.plan_needs import NEEDS
from services.allocation.planning.plan_record import PLAN
from services.allocation.planning.plan_terms import TERMS
from services.allocation.quotas import quota_plans
from services.allocation.quotas.batch import BATCH
from services.allocation.quotas.city_plan import CITY_PLANS
from services.allocation.quotas.local_quota import LOCAL_QUOTA
from services.allocation.quotas.unit_county_quota import UNIT_COUNTY
from services.allocation.registers import register_plans, unit_office_plans
from services.allocation.registers.calendar_notice import CALENDAR
from services.allocation.registers.county_body import COUNTY_BODY
from services.allocation.registers.day import DAYS
from services.allocation.registers.division_change import AREAS
from services.allocation.registers.notice import NOTICE
from services.allocation.registers.office import OFFICE
from services.allocation.registers.office_import_plans import import_offices
from services.allocation.registers.programme import PROGRAMME
from services.allocation.registers.unit import UNIT
from services.allocation.registers.unit_office import UNIT_OFFICE
from services.allocation.reserve import reserve_plans
from services.allocation.reserve.reserve_number import RESERVES
from services.allocation.swap import pairing_plans, swap_plans
from services.allocation.swap.poor_counties import POOR_COUNTIES
from services.allocation.swap.support_measure import SUPPORT
from services.allocation.swap.swap import PAIR
from services.allocation.swap.swap_batch import SWAP_BATCHES
from services.allocation.swap.swap_composition import COMPOSITION
from services.allocation.swap.swap_list import SWAP_LIST
from services.allocation.swap.swap_wish import SWAP_WISHES
from services.allocation.targets import target_plans, work_group_plans
from services.allocation.targets.binding import BINDING
from services.allocation.targets.village_target import VILLAGE_TARGET
from services.allocation.targets.work_group import WORK_GROUP

PARTS = (
    NOTICE,
    PROGRAMME,
    AREAS,
    UNIT,
    BATCH,
    CITY_PLANS,
    UNIT_COUNTY,
    LOCAL_QUOTA,
    DEMAND,
    FUNDS,
    OFFICE,
    UNIT_OFFICE,
    CALENDAR,
    DAYS,
    NOMINEES,
    POOL,
    RESERVES,
    FILED_LEDGER,
    COUNTY_BODY,
    TARGET,
    HOLDER,
    NEEDS,
    TERMS,
    PLAN,
    REVIEW,
    BINDING,
    VILLAGE_TARGET,
    LEDGER,
    POOR_COUNTIES,
    PAIR,
    SWAP_LIST,
    SWAP_BATCHES,
    COMPOSITION,
    WORK_GROUP,
    SWAP_WISHES,
    SUPPORT,
)
PLANS = (
    register_plans.publish_notice,
    register_plans.deliver_notice,
    register_plans.publish_profile,
    register_plans.register_areas,
    quota_plans.set_channel_quotas,
    register_plans.record_ties,
    quota_plans.set_unit_quota,
    quota_plans.divide_channel,
    demand_plans.set_county_quotas,
    demand_plans.set_local_quota,
    demand_plans.record_kinds,
    demand_plans.record_consultation,
    demand_plans.assign_village,
    demand_plans.form_team,
    work_group_plans.take_village,
    demand_plans.record_funds,
    target_plans.open_targets,
    target_plans.close_target,
    placement_plans.withdraw,
    division_plans.change_divisions,
    unit_plans.end_unit,
    quota_plans.check_batch,
    quota_plans.enter_city_plan,
    quota_plans.fix_tier_split,
    quota_plans.amend_batch,
    quota_plans.close_amendment,
    reserve_plans.check_reserves,
    register_plans.record_body,
    register_plans.record_holders,
    register_plans.record_stand_in,
    unit_office_plans.record_officers,
    unit_office_plans.record_unit_stand_in,
    unit_office_plans.leave_unit_office,
    import_offices,
    planning_plans.agree,
    placement_plans.propose,
    placement_plans.open_review,
    placement_plans.confirm,
    placement_plans.send_back,
    placement_plans.feed_back,
    swap_plans.define_poor_counties,
    swap_plans.define_pairs,
    swap_plans.name_partner,
    swap_plans.fix_list,
    swap_plans.propose_post,
    swap_plans.agree_post,
    swap_plans.open_batch,
    pairing_plans.wish,
    pairing_plans.withdraw,
    pairing_plans.adopt,
    swap_plans.end_swaps,
    swap_plans.support_measure,
)
