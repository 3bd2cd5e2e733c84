"""What solving refuses with."""

from __future__ import annotations

from kernel.errors import Busy
from kernel.refusal import Refusal

MOVES_OVERFLOW = Refusal(
    "moves_overflow",
    "成本与变动合计超出求解器整数所能容纳的范围（{refused}）。",
    field="plan",
    rule="placement.move_tolerance",
    accepted="较小的权重，或按地区分别调整",
)
FLOOR_INFEASIBLE = Refusal(
    "floor_infeasible",
    "没有方案能满足比例下限：{figures}。",
    field="placement.floors",
    rule="placement.floors",
    accepted="增加相应人选，或由发文机关调整下限",
)
PERSON_NOT_PLANNED = Refusal(
    "person_not_planned", "{person} 不在该方案内。", kind="unknown", field="persons", accepted="方案内的人选"
)
PLAN_WITHOUT_PRICES = Refusal(
    "plan_without_prices", "按比例下限或最少变动编制的方案没有次优价格。", field="plan", accepted="按最小成本编制的方案"
)
REPLAN_UNDER_FLOORS = Refusal(
    "replan_under_floors",
    "方案设有比例下限，不能按最少变动调整。",
    field="plan",
    rule="placement.floors",
    accepted="重新编制方案（placement_plan）",
)
COST_OVERFLOW = Refusal(
    "cost_overflow",
    "各项权重使总成本可达 {bound}，超出求解器整数所能容纳的 {largest}。",
    field="placement.weights",
    rule="placement.weights",
    accepted="使总成本小于 {largest} 的权重",
)
NO_PLAN_PROVEN = Refusal(
    "no_plan_proven", "分配方案未能求得最优解，请稍后重试。", error=Busy, accepted="稍后以同一编号重试"
)
PLAN_INFEASIBLE = Refusal(
    "plan_infeasible",
    "有 {short} 名人选无处可派：{rules}；涉及 {counties}。",
    field="placements",
    rule="{rule}",
    accepted="{ways}",
)
