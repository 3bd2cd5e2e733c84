"""What nomination refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

UNIT_WITHOUT_QUOTA = Refusal(
    "unit_without_quota", "没有这个单位的名额。", kind="unknown", field="unit", accepted="已登记的编号"
)
NOMINATION_UNKNOWN = Refusal(
    "nomination_unknown", "没有这项推荐。", kind="unknown", field="nomination", accepted="已登记的编号"
)
