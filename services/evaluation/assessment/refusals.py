"""What the assessment of secondments refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

SECONDMENT_UNKNOWN = Refusal(
    "secondment_unknown", "没有该挂职人员的到岗记录。", kind="unknown", field="leg", accepted="已到岗的挂职编号"
)
