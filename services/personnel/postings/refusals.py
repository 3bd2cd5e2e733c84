"""What postings refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

POSTING_NOT_NOTED = Refusal(
    "posting_not_noted", "没有这个选派岗位。", kind="unknown", field="posting", accepted="已登记的编号"
)
ITEM_DONE = Refusal("item_done", "该项工作对接已经记录。", field="items", rule="handover.items", accepted="{printed}")
ITEM_UNKNOWN = Refusal(
    "item_unknown", "没有这一项工作对接内容。", field="items", rule="handover.items", accepted="{printed}"
)
NOT_ON_POST = Refusal(
    "not_on_post", "该选派干部不在岗，不能召回。", field="posting", rule="recall.decide", accepted="在岗的选派干部"
)
NOT_RECALLED = Refusal(
    "not_recalled",
    "该选派干部任职尚未结束，或不须返回、已返回原单位。",
    field="posting",
    rule="return.unit",
    accepted="任职已结束、尚未返回的选派干部",
)
PERSON_HOLDS_POSTING = Refusal(
    "person_holds_posting",
    "人员 {person} 仍在 {held} 任职，一人一岗，不能另行到岗。",
    field="person",
    rule="placement.confirm",
    accepted="原任职结束之后",
)
PLACEMENT_WITHDRAWN = Refusal(
    "placement_withdrawn",
    "该人选的分配已经撤回，不再对接。",
    field="postings",
    rule="placement.confirm",
    accepted="未撤回的选派",
)
RECALL_NOT_PROVIDED = Refusal(
    "recall_not_provided",
    "派驻地适用的规定未载明召回调换，不能据此召回。",
    field="posting",
    rule="recall.measures",
    accepted="适用规定载明召回调换的派驻地",
)
ROLE_MISMATCH = Refusal(
    "role_mismatch", "该类派驻点的职务应为{printed}。", field="role", rule="post.kinds", accepted="{printed}"
)
NOT_FULL_MEMBER_NOW = Refusal(
    "not_full_member_now",
    "到岗时应为中共正式党员（{threshold}），现为 {fact}。",
    field="party_status",
    rule="candidate.party_status",
    accepted="正式党员，或经备案部门同意的例外",
)
HANDBOOKS_LACKING = Refusal(
    "handbooks_lacking",
    "尚有 {count} 名选派干部未领工作手册：{postings}。",
    field="programme",
    rule="duty.handbook",
    accepted="人人领到之后",
)
POSTING_OVER = Refusal(
    "posting_over", "该选派岗位的任职已于 {on} 结束。", field="posting", rule="{rule}", accepted="尚在任的选派岗位"
)
GROUND_UNKNOWN = Refusal(
    "ground_unknown", "本方案没有“{ground}”这一情形。", field="ground", rule="{rule}", accepted="{grounds}"
)
GROUND_ASSUMED = Refusal(
    "ground_assumed",
    "适用规定未载明“{ground}”，不能据此处理。",
    field="ground",
    rule="{rule}",
    accepted="适用规定载明的情形",
)
REASON_MISSING = Refusal("reason_missing", "“{ground}”须写明情况。", field="reason", rule="{rule}", accepted="具体情况")
CONSEQUENCE_MISSING = Refusal(
    "consequence_missing",
    "没有登记在册的不良后果，不能调整和处理。",
    field="consequence",
    rule="{rule}",
    accepted="{recorded}",
)
POST_STILL_HELD = Refusal(
    "post_still_held",
    "选派岗位 {posting} 的任职尚未结束，不能免去所挂职务。",
    field="postings",
    rule="duty.post_removal",
    accepted="任职已结束的选派岗位",
)
EXTENSION_NOT_ASKED = Refusal(
    "extension_not_asked",
    "尚未提出继续留任。",
    field="posting",
    rule="procedure.extension",
    accepted="先提出继续留任，写明理由和期限",
)
EXTENSION_NOT_LONGER = Refusal(
    "extension_not_longer",
    "任期本到 {ends}，继续留任应晚于这一天。",
    field="until",
    rule="procedure.extension",
    accepted="晚于 {ends}",
)
TERM_OVER = Refusal(
    "term_over", "任期已于 {ends} 届满。", field="occurred_on", rule="term.months", accepted="早于 {ends}"
)
CHANGEOVER_NOT_PLANNED = Refusal(
    "changeover_not_planned",
    "{posting} 的前任仍在任（{until}），未计划接替，不能确定接替人选。",
    field="successors",
    rule="changeover.decided_by",
    accepted="先计划接替，写明接任日期",
)
CHANGEOVER_AFTER_TERM = Refusal(
    "changeover_after_term",
    "任期于 {ends} 届满，接任不能晚于这一天。",
    field="changes",
    rule="term.months",
    accepted="不晚于 {ends}",
)
SUCCESSOR_APPOINTED = Refusal(
    "successor_appointed",
    "已确定接替人选 {successor}。",
    field="successors",
    rule="changeover.decided_by",
    accepted="尚未确定接替人选的岗位",
)
SUCCESSOR_ELSEWHERE = Refusal(
    "successor_elsewhere",
    "该人选已确定接替另一岗位。",
    field="successors",
    rule="changeover.decided_by",
    accepted="同单位另一名初审通过的人选",
)
SUCCESSOR_UNCHECKED = Refusal(
    "successor_unchecked",
    "{unit} 没有初审合格、尚未任职的人选 {nomination}。",
    field="successors",
    rule="check.individual",
    accepted="同一单位初审合格、尚未任职的人选",
)
SUCCESSOR_MISSING = Refusal(
    "successor_missing",
    "尚未确定接替人选，没有可交接的对象。",
    field="posting",
    rule="changeover.record",
    accepted="先确定接替人选",
)
RECORD_INCOMPLETE = Refusal(
    "record_incomplete",
    "交接记录缺少：{missing}。",
    field="signers",
    rule="changeover.record",
    accepted="文件、在办工作、资金各项齐全，并由前任和接任双方签字",
)
HANDOVER_UNSIGNED = Refusal(
    "handover_unsigned",
    "{posting} 尚未签署交接记录，接任人选不能到岗。",
    field="postings",
    rule="changeover.record",
    accepted="先由前任和接任双方签署交接记录",
)
PREDECESSOR_STAYS = Refusal(
    "predecessor_stays",
    "前任任职到 {until} 的前一天，接任不得早于 {until}。",
    field="occurred_on",
    rule="changeover.decided_by",
    accepted="{until} 起",
)
WORK_TEAM_MEMBER_ENGAGED = Refusal(
    "work_team_member_engaged",
    "{person} 仍在 {held} 任职，不能列入驻村工作组。",
    field="person",
    rule="team.size",
    accepted="没有其他任职的人员",
)
WORK_TEAM_MEMBER_UNREGISTERED = Refusal(
    "work_team_member_unregistered",
    "{person} 不是可以列入驻村工作组的人员。",
    kind="unknown",
    field="person",
    rule="team.size",
    accepted="已登记、没有其他任职的人员编号",
)
PROMOTED_ALREADY = Refusal(
    "promoted_already",
    "该同志已在这一选派岗位上提拔使用。",
    field="posting",
    rule="results.basis",
    accepted="未提拔使用的人员",
)
