"""What personnel refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

PROGRAMME_UNPUBLISHED = Refusal(
    "programme_unpublished",
    "该工作方案尚未发布，不能据此办理。",
    kind="unknown",
    field="programme",
    accepted="已发布的工作方案",
)
UNKNOWN = Refusal("unknown", "没有这{what}。", kind="unknown", field="{field}", accepted="已登记的编号")
