"""What inspection refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

FAULT_KIND = Refusal("fault_kind", "没有“{kind}”这类问题。", field="kind", rule="{rule}", accepted="{kinds}")
NOT_SUPERIOR = Refusal(
    "not_superior",
    "认定问题只能由上级组织部门作出。",
    kind="forbidden",
    field="posting",
    rule="{rule}",
    accepted="县以上组织部门",
)
SHEET_REFERENCE = Refusal(
    "sheet_reference", "认定问题必须指明一份已签字的考勤表。", field="version", rule="{rule}", accepted="已签字的版本号"
)
