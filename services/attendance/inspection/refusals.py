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
