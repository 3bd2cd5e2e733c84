"""What the ballots of a democratic appraisal refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

BALLOT_UNKNOWN = Refusal(
    "ballot_unknown",
    "该同志该年度没有就这一部分组织民主评议。",
    kind="unknown",
    field="part",
    rule="scheme.ballot_by",
    accepted="先组织民主评议",
)
BALLOT_OPEN = Refusal(
    "ballot_open",
    "该同志该年度的“{part}”已于 {on} 组织民主评议。",
    field="part",
    rule="scheme.ballot_by",
    accepted="未组织评议的部分",
)
BALLOT_NOT_FOR = Refusal(
    "ballot_not_for",
    "“{part}”不是群众评议的部分，或考核办法没有评议选项。",
    field="part",
    rule="scheme.mass_kinds",
    accepted="标明为群众口碑的部分",
)
BALLOT_COUNTED = Refusal(
    "ballot_counted",
    "该次评议已于 {on} 计票。",
    field="part",
    rule="scheme.ballot_by",
    accepted="未计票的评议",
)
BALLOT_EMPTY = Refusal(
    "ballot_empty", "该次评议没有收回的票。", field="part", rule="scheme.ballot_by", accepted="至少收回一张票"
)
SLIP_ISSUED_TWICE = Refusal(
    "slip_issued_twice",
    "第 {number} 张票与已发的票重复。",
    field="commitments.{number}",
    rule="scheme.ballot_by",
    accepted="每张票各有随机编号",
)
SLIP_UNKNOWN = Refusal(
    "slip_unknown",
    "第 {number} 张票不是本次评议发出的票。",
    field="slips.{number}.serial",
    rule="scheme.ballot_by",
    accepted="本次评议发出的票",
)
SLIP_USED = Refusal(
    "slip_used",
    "第 {number} 张票已经使用过，一票只计一次。",
    field="slips.{number}.serial",
    rule="scheme.ballot_by",
    accepted="未使用过的票",
)
MARK_UNKNOWN = Refusal(
    "mark_unknown",
    "第 {number} 张票的“{mark}”不是评议选项。",
    field="slips.{number}.mark",
    rule="scheme.ballot_by",
    accepted="{marks}",
)
SLIPS_ISSUED = Refusal(
    "slips_issued",
    "本次评议已发出 {issued} 张票。分次发票会留下先后，不能再发。",
    field="commitments",
    rule="scheme.ballot_by",
    accepted="一次登记全部的票",
)
BOX_ENTERED = Refusal(
    "box_entered",
    "本次评议已登记收回的 {entered} 张票。分次登记会留下先后，不能再登记。",
    field="slips",
    rule="scheme.ballot_by",
    accepted="一次登记票箱中全部的票",
)
