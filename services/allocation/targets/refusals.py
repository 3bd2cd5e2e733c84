"""What targets refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

ARRANGED_BY_PROVINCE = Refusal(
    "arranged_by_province",
    "{target} 由省里统筹安排，派驻点由省里开设和撤销。",
    kind="forbidden",
    field="{field}",
    rule="quota.arranger",
    accepted="自行安排的市的乡镇或村",
)
BINDING_RELEASED = Refusal(
    "binding_released",
    "{target} 已达标，{unit} 不再与其结对。",
    field="targets",
    rule="binding.release",
    accepted="尚未达标的村",
)
TARGET_HELD = Refusal(
    "target_held",
    "{target} 尚有人选（{held}），不能撤销。",
    field="target",
    rule="coverage.full",
    accepted="先退回、撤回或结束该人选",
)
CITY_PLAN_MISSING = Refusal(
    "city_plan_missing",
    "{city} 尚未登记自行安排的名额，不能开设派驻点。",
    field="targets",
    rule="quota.arranger",
    accepted="先登记自行安排计划",
)
NO_PROVINCE_TIER = Refusal(
    "no_province_tier",
    "{target} 所在市自行安排，没有省级名额。",
    field="tier",
    rule="quota.arranger",
    accepted="city 或 county",
)
NOT_WEAK = Refusal(
    "not_weak", "{target} 不是薄弱村，由县级负责。", field="targets.weak", rule="coverage.full", accepted="薄弱村"
)
OUTSIDE_SCOPE = Refusal(
    "outside_scope",
    "{target} 不在本批次派驻范围内。",
    field="targets.target",
    rule="quota.groups",
    accepted="派驻范围内各市的乡镇或村",
)
TARGET_OPEN = Refusal(
    "target_open",
    "{target} 已是派驻点，同一派驻点不重复派驻。",
    field="targets",
    rule="coverage.full",
    accepted="尚未开设的派驻点",
)
TIER_FULL = Refusal(
    "tier_full",
    "该级该类名额为 {quota}，不能开设第 {place} 个派驻点。",
    field="targets",
    rule="quota.tiers",
    accepted="不超过 {quota} 个",
)
NOT_A_DEPUTY = Refusal(
    "not_a_deputy",
    "{posting} 不是在岗的{office}。",
    field="posting",
    rule="deputy.weak_villages_min",
    accepted="{deputies}",
)
POSTING_UNKNOWN = Refusal(
    "posting_unknown", "派驻点没有{which}的选派 {posting}。", kind="unknown", field="posting", accepted="{occupant}"
)
VILLAGE_IN_CHARGE = Refusal(
    "village_in_charge",
    "{village} 已由 {posting} 包扶。",
    field="village",
    rule="deputy.weak_villages_min",
    accepted="尚未包扶的薄弱村",
)
VILLAGE_NOT_WEAK = Refusal(
    "village_not_weak",
    "{village} 不是在册的薄弱村。",
    field="village",
    rule="deputy.weak_villages_min",
    accepted="在册的薄弱村",
)
