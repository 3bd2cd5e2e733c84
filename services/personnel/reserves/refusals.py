"""What reserves refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

FALLBACK_TOO_WIDE = Refusal(
    "fallback_too_wide",
    "{stage}后备干部不能在 {scope} 范围内统筹。",
    field="scope",
    rule="{scopes}",
    accepted="{allowed}",
)
FINDING_MISSING = Refusal(
    "finding_missing",
    "{home} 不是本村（社区），须先认定 {village} 没有合适人选。",
    field="home",
    rule="{scopes}",
    accepted="{village}，或先登记“没有合适人选”的认定（{wider}）",
)
HOME_OUT_OF_REACH = Refusal(
    "home_out_of_reach",
    "{home} 不在 {village} 可以统筹的范围之内。",
    field="home",
    rule="{scopes}",
    accepted="{allowed}",
)
NOBODY_PRESENT = Refusal(
    "nobody_present", "所列部门中没有联席会议成员部门。", field="present", rule="meeting.members", accepted="{members}"
)
NOT_A_VILLAGE = Refusal("not_a_village", "{village} 不是村（社区）。", field="{field}", accepted="12 位村级区划代码")
