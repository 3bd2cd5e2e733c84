"""What attendance refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

LEAVE_NOT_OWN = Refusal(
    "leave_not_own",
    "请假须由选派干部本人提出。",
    kind="forbidden",
    field="posting",
    rule="leave.request",
    accepted="选派干部本人",
)
LEAVE_KIND = Refusal("leave_kind", "没有“{kind}”假。", field="kind", rule="leave.kinds", accepted="{kinds}")
LEAVE_ORDER = Refusal(
    "leave_order", "请假的最后一天早于第一天。", field="last", rule="leave.request", accepted="不早于 {first}"
)
LEAVE_OUTSIDE_POSTING = Refusal(
    "leave_outside_posting",
    "请假日期不在任职期间。",
    field="first",
    rule="leave.request",
    accepted="{since} 至 {until}",
)
LEAVE_OVERLAPS = Refusal(
    "leave_overlaps", "与 {first} 至 {last} 的请假重叠。", field="first", rule="leave.request", accepted="不重叠的日期"
)
LEAVE_ON_POST = Refusal(
    "leave_on_post",
    "{month} 的请假日期中有已登记到岗的日子。",
    field="leave",
    rule="leave.approve",
    accepted="先更正到岗登记",
)
LEAVE_UNKNOWN = Refusal(
    "leave_unknown", "没有 {leave} 开始的请假申请。", kind="unknown", field="leave", accepted="已提出的请假的第一天"
)
LEAVE_DECIDED = Refusal(
    "leave_decided", "该请假申请已有决定。", field="leave", rule="leave.approve", accepted="未决定的申请"
)
NOT_APPROVER = Refusal(
    "not_approver",
    "准假只能由{organ}办理。",
    kind="forbidden",
    field="posting",
    rule="leave.approver",
    accepted="{organ}（{target}）",
)
