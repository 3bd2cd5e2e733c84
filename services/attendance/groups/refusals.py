"""What the routine of work groups refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

ROUTINE_UNKNOWN = Refusal(
    "routine_unknown", "工作组没有“{kind}”这项制度。", field="kind", rule="group.routine", accepted="{kinds}"
)
ROUTINE_DONE = Refusal(
    "routine_done",
    "“{kind}”自 {since} 起的一期已于 {on} 登记。",
    field="kind",
    rule="group.routine",
    accepted="每期一次",
)
GROUP_NOT_OF_TOWNSHIP = Refusal(
    "group_not_of_township", "{area} 不是乡镇，没有工作组。", field="area", accepted="9 位乡级区划代码"
)
