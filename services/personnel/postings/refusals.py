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
    "该选派干部未被召回或已返回原单位。",
    field="posting",
    rule="return.unit",
    accepted="已召回、尚未返回的选派干部",
)
PERSON_HOLDS_POSTING = Refusal(
    "person_holds_posting",
    "人员 {person} 仍在 {held} 任职，一人一岗，不能另行到岗。",
    field="person",
    rule="placement.confirm",
    accepted="原任职结束之后",
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
HANDBOOKS_LACKING = Refusal(
    "handbooks_lacking",
    "尚有 {count} 名选派干部未领工作手册：{postings}。",
    field="programme",
    rule="duty.handbook",
    accepted="人人领到之后",
)
