"""What the care for postings refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

POSTING_NOT_RUNNING = Refusal(
    "posting_not_running", "“{duty}”：该选派岗位{state}。", field="posting", rule="{rule}", accepted="{accepted}"
)
TOPICS_MISSING = Refusal(
    "topics_missing",
    "任前业务培训须讲{topics}，所报为{given}。",
    field="topics",
    rule="training.topics",
    accepted="{topics}",
)
POLICY_UPSIDE_DOWN = Refusal(
    "policy_upside_down",
    "保险期止（{until}）早于起（{since}）。",
    field="until",
    rule="duty.insurance",
    accepted="{since} 起",
)
NOT_ON_CITY_POLICY = Refusal(
    "not_on_city_policy",
    "市级统一投保只限{tiers}选派干部，该干部为{tier}。",
    field="posting",
    rule="duty.insurance",
    accepted="由派出单位投保",
)
SUM_INSURED_DIFFERS = Refusal(
    "sum_insured_differs",
    "统一投保的保额应为 {printed} 元，所报为{given}。",
    field="sum_fen",
    rule="insurance.sum",
    accepted="{fen}（单位：分）",
)
MANAGER_UNKNOWN = Refusal(
    "manager_unknown",
    "{party}不是通知所列的管理方，或报了两次。",
    field="managers",
    rule="management.roles",
    accepted="{parties}",
)
MENTOR_TWICE = Refusal(
    "mentor_twice", "{mentor} 已与该干部结对。", field="mentor", rule="duty.mentor", accepted="其他乡镇班子成员"
)
RESIDENCE_UNKNOWN = Refusal(
    "residence_unknown", "没有这一种居住方式。", field="kind", rule="residence.kinds", accepted="{kinds}"
)
BUNDLE_UNKNOWN = Refusal(
    "bundle_unknown", "捆绑事项只有{kinds}。", field="kind", rule="bundle.kinds", accepted="{kinds}"
)
DUTIES_MISSING = Refusal(
    "duties_missing", "没有写明交办的工作。", field="duties", rule="duty.duties_assigned", accepted="至少一项"
)
HEADCOUNT_EXCEEDED = Refusal(
    "headcount_exceeded",
    "村“两委”职数为 {posts}，所报成员 {members_count} 人。",
    field="members",
    rule="committee.headcount",
    accepted="不超过 {posts} 人",
)
CADRE_NOT_OF_THE_VILLAGE = Refusal(
    "cadre_not_of_the_village",
    "{person} 是派驻该村的第一书记，不占村“两委”职数，不参加换届选举。",
    field="{field}",
    rule="committee.headcount",
    accepted="本村人员",
)
WORK_TEAM_LEVEL = Refusal(
    "work_team_level", "{level} 不在可抽调的层级内。", field="level", rule="team.levels", accepted="{levels}"
)
WORK_TEAM_FULL = Refusal(
    "work_team_full", "驻村工作组已有 {most} 人。", field="person", rule="team.size", accepted="不超过 {most} 人"
)
NOT_IN_WORK_TEAM = Refusal(
    "not_in_work_team", "{person} 不在该村驻村工作组。", field="person", rule="team.size", accepted="在组的成员"
)
