"""What the help for villages refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

ASSISTANCE_PLAN_MISSING = Refusal(
    "assistance_plan_missing",
    "该村尚未报送{plan}，不能登记进展。",
    field="group",
    rule="assistance.plan_days",
    accepted="先报送{plan}",
)
GROUP_HOUSEHOLDS = Refusal(
    "group_households",
    "户数只随贫困户分组填写，且不少于 1 户，所报为{given}。",
    field="households",
    rule="assistance.plan_days",
    accepted="村方案不填分组和户数，分组方案填写分组和户数",
)
VILLAGE_NOT_POOR = Refusal(
    "village_not_poor",
    "{target} 没有登记为建档立卡贫困村。",
    field="target",
    rule="assistance.households_rhythm",
    accepted="登记为建档立卡贫困村的村",
)
HOUSEHOLDS_NEGATIVE = Refusal(
    "households_negative",
    "贫困户数不能为负，所报为 {households}。",
    field="households",
    rule="assistance.households_rhythm",
    accepted="0 及以上的整数",
)
HOUSEHOLDS_EARLY = Refusal(
    "households_early",
    "{year} 年尚未开始，不能于 {on} 登记该年建档立卡。",
    field="year",
    rule="assistance.households_rhythm",
    accepted="已开始的年度",
)
