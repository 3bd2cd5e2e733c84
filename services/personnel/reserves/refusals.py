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
    field="{field}",
    rule="{scopes}",
    accepted="{village}，或先登记“没有合适人选”的认定（{wider}）",
)
HOME_OUT_OF_REACH = Refusal(
    "home_out_of_reach",
    "{home} 不在 {village} 可以统筹的范围之内。",
    field="{field}",
    rule="{scopes}",
    accepted="{allowed}",
)
NOBODY_PRESENT = Refusal(
    "nobody_present", "所列部门中没有联席会议成员部门。", field="present", rule="meeting.members", accepted="{members}"
)
NOT_A_VILLAGE = Refusal("not_a_village", "{village} 不是村（社区）。", field="{field}", accepted="12 位村级区划代码")
NOT_A_CANDIDATE = Refusal(
    "not_a_candidate",
    "该人员不在选拔之中（{now}）。",
    field="reserve",
    rule="procedure.reserve",
    accepted="正在选拔的人选",
)
NOT_ACTIVE = Refusal(
    "not_active", "该人员不是在册后备干部（{now}）。", field="reserve", rule="reserve.counted", accepted="在册后备干部"
)
RESERVE_UNKNOWN = Refusal(
    "reserve_unknown", "没有这名后备人选。", kind="unknown", field="reserve", accepted="已推荐的人选编号"
)
IN_POOL_ALREADY = Refusal(
    "in_pool_already",
    "该人员已是 {village} 的后备人选（{now}），一人只列一村。",
    field="person",
    rule="reserve.per_village",
    accepted="未列入其他村（社区）的人选",
)
CARD_MISSING = Refusal(
    "card_missing",
    "没有该人选的基本情况卡，无从审查。",
    field="card",
    rule="record.fields",
    accepted="附基本情况卡重新推荐",
)
CARD_OR_PERSON = Refusal(
    "card_or_person",
    "应填写基本情况卡或已登记人员的编号，二者取一。",
    field="card",
    rule="record.fields",
    accepted="card 或 person",
)
RESERVE_POOL_UNKNOWN = Refusal(
    "reserve_pool_unknown",
    "“身份”不在所列群体之内。",
    field="identity_pool",
    rule="{rule}",
    accepted="{pools}，或“其他（写明身份）”",
)
SCHOOLING_TOO_LOW = Refusal(
    "schooling_too_low", "学历为{now}，应为{least}及以上。", field="education", rule="{rule}", accepted="{least}及以上"
)
GROUP_MISSING = Refusal(
    "group_missing", "民主评议会缺{missing}，不能成立。", field="present", rule="{rule}", accepted="{groups}均有人到会"
)
VOTES_TOO_MANY = Refusal(
    "votes_too_many",
    "得票合计 {cast} 与到会人数 {present} 不符。",
    field="approve",
    rule="reserve.evaluation_groups",
    accepted="各项不为负，合计不多于 {present}",
)
PROCEDURE_NOT_BEGUN = Refusal(
    "procedure_not_begun", "该程序没有在办。", field="procedure", rule="procedure.reserve", accepted="在办的程序"
)
NO_PUBLICITY = Refusal("no_publicity", "“{stage}”不是公示环节。", field="stage", rule="{rule}", accepted="{stages}")
PUBLICITY_ELSEWHERE = Refusal(
    "publicity_elsewhere", "公示不应在 {place} 进行。", field="place", rule="{rule}", accepted="{places}"
)
PUBLICITY_POSTED = Refusal(
    "publicity_posted", "已在 {place} 公示。", field="place", rule="{rule}", accepted="尚未公示的村（社区）"
)
PUBLICITY_NOT_POSTED = Refusal(
    "publicity_not_posted",
    "没有在 {place} 进行中的公示。",
    field="place",
    rule="{rule}",
    accepted="已张贴且尚未结束的公示",
)
PUBLICITY_RUNNING = Refusal(
    "publicity_running",
    "公示应满 {days} 个工作日，至 {on} 尚未期满。",
    field="occurred_on",
    rule="{rule}",
    accepted="{since} 起",
)
REMOVAL_GROUND_UNKNOWN = Refusal(
    "removal_ground_unknown", "“{ground}”不是取消资格的情形。", field="ground", rule="{rule}", accepted="{grounds}"
)
OPINION_UNASKED = Refusal(
    "opinion_unasked", "使用后备干部不听取“{source}”的意见。", field="source", rule="{rule}", accepted="{sources}"
)
ELECTION_NOT_DUE = Refusal(
    "election_not_due",
    "没有待选举的职位。",
    field="reserve",
    rule="procedure.reserve_use",
    accepted="须依法选举产生的任职",
)
USE_NOT_PROPOSED = Refusal(
    "use_not_proposed",
    "没有在办的使用意见。",
    field="reserve",
    rule="procedure.reserve_use",
    accepted="已提出使用意见的后备干部",
)
