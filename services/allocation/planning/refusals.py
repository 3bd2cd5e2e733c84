"""What planning refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

FIGURE_NEGATIVE = Refusal(
    "figure_negative",
    "{target} 的首批选派人数为 {first_batch}。",
    field="targets.first_batch",
    rule="placement.factors",
    accepted="不小于 0 的整数",
)
FOREIGN_LOCK = Refusal(
    "foreign_lock",
    "{person} 的锁定由 {locker} 作出，{organ} 不能解除。",
    kind="forbidden",
    field="person",
    rule="placement.propose",
    accepted="作出锁定的机构，或省委组织部",
)
FOREIGN_TARGET = Refusal(
    "foreign_target",
    "{target} 不在 {county}。",
    field="targets.target",
    rule="placement.factors",
    accepted="{county} 的派驻点",
)
LOCKS_CONTRADICT = Refusal(
    "locks_contradict", "假设的锁定相互矛盾：{target} 与 {persons}。", field="locks", accepted="一人一点，一点一人"
)
LOCK_INFEASIBLE = Refusal(
    "lock_infeasible",
    "{person} 不能锁定在 {target}：{obstacle}（{rule}）。",
    field="target",
    rule="{path}",
    accepted="{instead}",
)
LOCK_TAKEN = Refusal(
    "lock_taken",
    "{locked} 已与 {other} 锁定，不能再锁定。",
    field="{field}",
    rule="placement.propose",
    accepted="先解除原有锁定",
)
LOCK_UNKNOWN = Refusal("lock_unknown", "{person} 没有锁定。", kind="unknown", field="person", accepted="已锁定的人选")
NOMINEE_UNKNOWN = Refusal(
    "nominee_unknown",
    "没有初审合格、等待分配的人选 {person}。",
    kind="unknown",
    field="person",
    accepted="等待分配的人选",
)
NOTHING_TO_WAIVE = Refusal(
    "nothing_to_waive",
    "{person} 与 {target} 之间并无 {rule} 的限制。",
    field="rule",
    rule="placement.waivable",
    accepted="{instead}",
)
NOT_WAIVABLE = Refusal(
    "not_waivable", "规则 {rule} 不得豁免。", field="rule", rule="placement.waivable", accepted="{names}"
)
OPTION_UNKNOWN = Refusal(
    "option_unknown", "{given} 不是本方案范围内{known}。", kind="unknown", field="{name}", accepted="{known}"
)
OVERRIDE_WITHOUT_REASON = Refusal(
    "override_without_reason",
    "方案 {plan} 中 {said}；与方案不同的提名须说明理由。",
    field="placements.override",
    rule="placement.propose",
    accepted="理由，或按方案提名",
)
PLAN_FALSE = Refusal(
    "plan_false",
    "方案 {plan} 的 {name} 与各行不符，不能记录。",
    field="{name}",
    rule="placement.confirm",
    accepted="经核验的最优方案",
)
PLAN_RECORDED = Refusal(
    "plan_recorded", "{plan} 已有方案。", field="plan", rule="placement.confirm", accepted="重新提交，编号另取"
)
FOREIGN_NOMINEE = Refusal(
    "foreign_nominee",
    "{organ} 不能锁定或解除 {person}。",
    kind="forbidden",
    field="person",
    rule="placement.propose",
    accepted="省委组织部，或分管该人选单位的部门",
)
FOREIGN_SCOPE = Refusal(
    "foreign_scope",
    "{organ} 不能编制 {scope} 的分配方案。",
    kind="forbidden",
    field="area",
    rule="placement.confirm",
    accepted="省委组织部；市、县组织部门限本辖区的市级、县级名额",
)
TARGET_NOT_VACANT = Refusal(
    "target_not_vacant", "{target} 不是空缺的派驻点。", kind="unknown", field="target", accepted="空缺的派驻点代码"
)
