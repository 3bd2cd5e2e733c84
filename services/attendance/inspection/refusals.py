"""What inspection refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

FAULT_KIND = Refusal("fault_kind", "没有“{kind}”这类问题。", field="kind", rule="{rule}", accepted="{kinds}")
SHEET_REFERENCE = Refusal(
    "sheet_reference", "认定问题必须指明一份已签字的考勤表。", field="version", rule="{rule}", accepted="已签字的版本号"
)
