"""What inspection refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

FAULT_KIND = Refusal("fault_kind", "没有“{kind}”这类问题。", field="kind", rule="{rule}", accepted="{kinds}")
SHEET_REFERENCE = Refusal(
    "sheet_reference", "认定问题必须指明一份已签字的考勤表。", field="version", rule="{rule}", accepted="已签字的版本号"
)
RULES_NOT_IN_FORCE = Refusal(
    "rules_not_in_force",
    "{county} 在 {on} 尚无备案的管理办法。",
    field="county",
    rule="duty.management_rules",
    accepted="先备案管理办法",
)
SHAM_KIND = Refusal("sham_kind", "没有“{code}”这类问题。", field="code", rule="{rule}", accepted="{codes}")
SHAM_UNSEEN = Refusal(
    "sham_unseen",
    "认定 {posting} 的问题须以对该地的检查或督查为据，数据迹象只引起检查。",
    field="number",
    rule="{rule}",
    accepted="已登记的检查或督查",
)
SHAM_MONTHS = Refusal(
    "sham_months",
    "所列月份不全在 {posting} 的派驻期间内。",
    field="months",
    rule="{rule}",
    accepted="派驻期间内已开始的月份，至少一个",
)
ACCOUNTABILITY_UNKNOWN = Refusal(
    "accountability_unknown",
    "没有问责案件 {case}。",
    kind="unknown",
    field="case",
    rule="{rule}",
    accepted="已启动的问责案件编号",
)
ACCOUNTABILITY_DECIDED = Refusal(
    "accountability_decided", "问责案件 {case} 已有决定。", field="case", rule="{rule}", accepted="未决定的案件"
)
ADJUSTMENT_MEASURE = Refusal(
    "adjustment_measure", "没有“{measure}”这一措施。", field="measure", rule="{rule}", accepted="{known}"
)
