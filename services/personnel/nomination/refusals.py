"""What nomination refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

UNIT_WITHOUT_QUOTA = Refusal(
    "unit_without_quota", "没有这个单位的名额。", kind="unknown", field="unit", accepted="已登记的编号"
)
NOMINATION_UNKNOWN = Refusal(
    "nomination_unknown", "没有这项推荐。", kind="unknown", field="nomination", accepted="已登记的编号"
)
ALREADY_CHECKED = Refusal(
    "already_checked",
    "该人选已完成资格条件初审。",
    field="nomination",
    rule="check.individual",
    accepted="尚未初审的人选",
)
CHANNEL_NOT_YOURS = Refusal(
    "channel_not_yours",
    "{channel} 的选派工作方案只能由该领域自行制定报备。",
    kind="forbidden",
    field="channel",
    rule="nomination.scheme",
    accepted="本领域的工委（党委）或企业党委",
)
CHANNEL_UNKNOWN = Refusal(
    "channel_unknown", "本方案没有“{channel}”这一领域。", field="channel", rule="quota.channels", accepted="{channels}"
)
CONDITIONS_MISSING = Refusal(
    "conditions_missing",
    "初审不合格必须逐条写明不符合的条件。",
    field="conditions",
    rule="check.individual",
    accepted="不符合的条件",
)
DECISION_MISSING = Refusal(
    "decision_missing",
    "未注明单位党委（党组）研究确定推荐人选的会议。",
    field="decision",
    rule="nomination.decision",
    accepted="党委（党组）会议编号或日期",
)
NOT_FAILED = Refusal(
    "not_failed",
    "只有初审不合格且尚未沟通的人选需要记录沟通。",
    field="nomination",
    rule="renomination.requires",
    accepted="初审不合格的人选",
)
NO_OPEN_PLACE = Refusal(
    "no_open_place",
    "单位 {unit} 的该类名额共 {places} 个，均已有人选。",
    field="kind",
    rule="quota.unit",
    accepted="有空缺的名额",
)
POST_MISMATCH = Refusal(
    "post_mismatch",
    "拟任职务与名额类别不符，应为{posts}。",
    field="intended_unit_and_post",
    rule="post.kinds",
    accepted="{posts}",
)
SCHEME_ALREADY_FILED = Refusal(
    "scheme_already_filed",
    "{channel} 已报备本批次选派工作方案。",
    field="channel",
    rule="nomination.scheme",
    accepted="每个领域每批次一份方案",
)
SCHEME_MISSING = Refusal(
    "scheme_missing",
    "{channel} 尚未报备选派工作方案，所属单位不能推荐人选。",
    field="unit",
    rule="nomination.scheme",
    accepted="先报备本领域选派工作方案",
)
UNIT_NOT_OF_CHANNEL = Refusal(
    "unit_not_of_channel",
    "单位 {unit} 的党组织关系不属于 {channel}，不能列入其方案。",
    field="units",
    rule="nomination.scheme",
    accepted="{channel} 所管理的单位",
)
COMMUNICATION_MISSING = Refusal(
    "communication_missing",
    "原推荐人选未通过初审，尚未{before}，不能{act}。",
    field="{field}",
    rule="renomination.requires",
    accepted="先{before}",
)
