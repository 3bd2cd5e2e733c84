"""What allocation refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

ARRANGED_BY_CITY = Refusal(
    "arranged_by_city",
    "{target} 所在市自行安排，由该市自己办理，省里不在其中分配。",
    kind="forbidden",
    field="{field}",
    rule="quota.arranger",
    accepted="由省里安排的市的乡镇或村",
)
DEVIATION_WITHOUT_REASON = Refusal(
    "deviation_without_reason",
    "有 {deviations_count} 项数字与印发或推算的不同，须说明理由。",
    field="reason",
    rule="{rule}",
    accepted="理由，或与印发、推算一致的数字",
)
FOREIGN_CHANNEL = Refusal(
    "foreign_channel",
    "{channel} 不由 {organ} 分管，只能处理本领域的单位。",
    kind="forbidden",
    field="{field}",
    rule="{rule}",
    accepted="{units}",
)
PROFILE_NAME_TAKEN = Refusal(
    "profile_name_taken",
    "该名称已是另一方案，或另一方案的补充规定。",
    field="profile.programme",
    accepted="尚未使用的名称",
)
TARGET_UNKNOWN = Refusal(
    "target_unknown", "{target} 不是派驻点。", kind="unknown", field="{field}", accepted="已开设的派驻点代码"
)
TIER_MOVED = Refusal(
    "tier_moved", "名额刚被同时使用，请重新提交。", field="targets", rule="quota.tiers", accepted="重新提交"
)
UNIT_NAME_TAKEN = Refusal(
    "unit_name_taken", "该单位名称已登记在另一编号之下。", field="name", accepted="沿用已登记的编号"
)
UNIT_UNKNOWN = Refusal(
    "unit_unknown", "单位 {unit} 未登记。", kind="unknown", field="{field}", accepted="先登记派出单位"
)
AREA_UNKNOWN = Refusal("area_unknown", "区划登记册中没有 {area}。", field="{field}", accepted="{accepted}")
WEAK_AT_COUNTY_TIER = Refusal(
    "weak_at_county_tier",
    "县级只负责其他村，不承担经济困难乡镇和薄弱村（{given}）。",
    field="{field}",
    rule="coverage.full",
    accepted="{accepted}",
)
