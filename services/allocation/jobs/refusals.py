"""What jobs refuses with."""

from __future__ import annotations

from kernel.errors import Unknown
from kernel.refusal import Refusal

NOBODY_WAITS = Refusal(
    "nobody_waits",
    "{programme} {tier}没有等待分配的人选，不编制方案。",
    field="tier",
    rule="placement.confirm",
    accepted="有初审合格、等待分配的人选",
)
PLAN_OF_OTHER_SCOPE = Refusal(
    "plan_of_other_scope", "{plan} 不是 {scope} 的方案。", field="plan", accepted="{scope} 的已记录方案"
)
PLAN_UNKNOWN = Refusal("plan_unknown", "没有方案 {name}。", error=Unknown, field="plan", accepted="已记录的方案编号")
PLAN_UNPROVEN = Refusal(
    "plan_unproven", "方案未能证明为最优（{failure}），未作任何记录。", accepted="重新提交；仍不能办结时告知系统管理员"
)
