"""What jobs refuses with."""

from __future__ import annotations

from kernel.errors import Unknown
from kernel.refusal import Refusal

NOBODY_WAITS = Refusal(
    "nobody_waits", "{sentence_}", field="tier", rule="placement.confirm", accepted="有初审合格、等待分配的人选"
)
PLAN_OF_OTHER_SCOPE = Refusal("plan_of_other_scope", "{sentence_}", field="plan", accepted="{key} 的已记录方案")
PLAN_UNKNOWN = Refusal("plan_unknown", "没有方案 {name}。", error=Unknown, field="plan", accepted="已记录的方案编号")
PLAN_UNPROVEN = Refusal("plan_unproven", "{sentence_}", accepted="重新提交；仍不能办结时告知系统管理员")
