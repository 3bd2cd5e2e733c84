"""What placement refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

BINDING_MISSING = Refusal(
    "binding_missing",
    "{unit} 与 {target} 尚未结对，不能确定人选。",
    field="targets",
    rule="binding.create",
    accepted="先结对",
)
CHANNEL_QUOTA_OPEN = Refusal(
    "channel_quota_open",
    "{channel} 尚有 {townships} 个乡镇、{villages} 个村名额未分到单位。",
    field="channel",
    rule="quota.unit",
    accepted="各单位名额之和等于本领域名额",
)
FACTORS_MISSING = Refusal(
    "factors_missing",
    "分配须逐项记录所列因素，缺少 {missing}。",
    field="placements.{first}",
    rule="placement.factors",
    accepted="{factors}",
)
FOREIGN_ROW = Refusal(
    "foreign_row",
    "{foreign} 不属于 {city}，只反馈本市。",
    field="city",
    rule="ledger.feedback",
    accepted="{city} 之内的派驻点",
)
KIND_DIFFERS = Refusal(
    "kind_differs",
    "该人选按 {kind} 推荐，派驻点为 {state_kind}。",
    field="placements.person",
    rule="post.kinds",
    accepted="{state_kind}",
)
NOMINEE_FAILED = Refusal(
    "nominee_failed",
    "人选 {person} 资格审查不合格（{conditions}），须另行选派他人。",
    field="{field}",
    rule="check.individual",
    accepted="{replaced_by}",
)
NOMINEE_NOT_CHECKED = Refusal(
    "nominee_not_checked",
    "{unit} 没有初审合格的人选 {person}。",
    field="placements.person",
    rule="check.individual",
    accepted="初审合格、尚未分配的人选",
)
NOMINEE_PLACED = Refusal(
    "nominee_placed",
    "{person}已{engaged}，一人一岗。",
    field="{field}",
    rule="coverage.full",
    accepted="未列入分配方案、未在任的人选",
)
NOMINEE_TWICE = Refusal(
    "nominee_twice", "人选 {twice} 出现两次，一人一点。", field="placements.person", accepted="每名人选只列一次"
)
NOT_UNDER_REVIEW = Refusal(
    "not_under_review",
    "{target} 的人选尚未进入复核。",
    field="targets",
    rule="placement.confirm",
    accepted="先开始复核",
)
TARGET_TAKEN = Refusal(
    "target_taken", "{target} 已有人选。", field="placements", rule="coverage.full", accepted="空缺的派驻点"
)
UNIT_BOUND = Refusal(
    "unit_bound",
    "{target} 由 {successor_of} 负责，须由该单位补派。",
    field="placements.unit",
    rule="binding.release",
    accepted="{successor_of}",
)
FOREIGN_TIER = Refusal(
    "foreign_tier",
    "{target} 不属{tier}级名额。",
    kind="forbidden",
    field="placements.target",
    rule="quota.tiers",
    accepted="{tier}级名额的派驻点",
)
FOREIGN_UNIT = Refusal(
    "foreign_unit",
    "{unit} 由 {manager} 分管，{channel} 不能代为分配。",
    kind="forbidden",
    field="placements.unit",
    rule="placement.propose",
    accepted="{channel} 所属单位的人选",
)
LEDGER_EMPTY = Refusal(
    "ledger_empty",
    "{city}没有新确定的选派需要反馈。",
    field="city",
    rule="ledger.feedback",
    accepted="有尚未反馈的已确定选派时",
)
NEARNESS_WITHOUT_REASON = Refusal(
    "nearness_without_reason",
    "{target} 不在 {unit} 的帮扶村内，须说明为何没有更近的派驻点。",
    field="placements.reason",
    rule="nearness.ranks",
    accepted="说明",
)
NOTHING_CONFIRMED = Refusal(
    "nothing_confirmed",
    "{target} 没有已确定的人选。",
    field="target",
    rule="placement.confirm",
    accepted="已确定、尚未到岗的派驻点",
)
ON_POST_ALREADY = Refusal(
    "on_post_already",
    "{posting} 已经到岗，不能撤回。",
    field="target",
    rule="placement.confirm",
    accepted="尚未到岗的人选；已到岗的按召回、返回等办理",
)
NOTHING_PROPOSED = Refusal(
    "nothing_proposed",
    "{target} 没有待复核的人选。",
    field="targets",
    rule="placement.confirm",
    accepted="已提出人选的派驻点",
)
NOTHING_TO_ACKNOWLEDGE = Refusal(
    "nothing_to_acknowledge", "没有待签收的台账。", field="city", rule="ledger.feedback", accepted="有新反馈的台账时"
)
NOTHING_TO_REVIEW = Refusal(
    "nothing_to_review",
    "{channel} 没有待复核的人选。",
    field="channel",
    rule="placement.confirm",
    accepted="有尚未进入复核的人选时",
)
NOTHING_UNDER_REVIEW = Refusal(
    "nothing_under_review",
    "没有待确定的人选。",
    field="channel",
    rule="placement.confirm",
    accepted="已进入复核的人选",
)
RETURN_WITHOUT_REASON = Refusal(
    "return_without_reason", "退回须说明理由。", field="reason", rule="placement.confirm", accepted="退回理由"
)
TARGET_OUTSIDE_CHANNEL = Refusal(
    "target_outside_channel",
    "{target} 不在 {channel} 之内，{tier}级名额由当地单位承担。",
    kind="forbidden",
    field="placements.target",
    rule="quota.tiers",
    accepted="{channel} 之内的派驻点",
)
