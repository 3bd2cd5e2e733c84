"""What leave refuses with."""

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
NOT_HOST_LEADER = Refusal(
    "not_host_leader",
    "{on} 挂职所在单位（{target}）的主要领导不是办理人，准假只能由主要领导或其代理人办理。",
    kind="forbidden",
    field="posting",
    rule="leave.approver",
    accepted="{leader}",
)
LEAVE_HALF = Refusal("leave_half", "该方案不按半天请假。", field="half", rule="leave.half_days", accepted="按整天请假")
LEAVE_HALF_OF_MORE = Refusal(
    "leave_half_of_more",
    "请半天假，第一天和最后一天应为同一天。",
    field="last",
    rule="leave.half_days",
    accepted="{first}",
)
LEAVE_NOT_STANDING = Refusal(
    "leave_not_standing",
    "该请假未获批准，或已撤销，不能销假。",
    field="leave",
    rule="leave.request",
    accepted="已批准的请假；未决定的申请可以撤销",
)
LEAVE_NOT_SHORTER = Refusal(
    "leave_not_shorter",
    "提前销假的最后一天应在批准的日期之内，且早于批准的最后一天。",
    field="last",
    rule="leave.request",
    accepted="{first} 或以后，早于 {last}",
)
LEAVE_NEEDS_NO_FILING = Refusal(
    "leave_needs_no_filing", "该请假无须备案。", field="leave", rule="leave.approver", accepted="按方案须备案的准假"
)
LEAVE_FILED = Refusal("leave_filed", "该准假已备案。", field="leave", rule="leave.approver", accepted="尚未备案的准假")
NOT_FILER = Refusal(
    "not_filer",
    "准假备案只能由{organ}办理。",
    kind="forbidden",
    field="posting",
    rule="leave.approver",
    accepted="{organ}（{target}）",
)
