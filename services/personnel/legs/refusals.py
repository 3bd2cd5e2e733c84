"""What legs of swaps refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

LEG_UNKNOWN = Refusal("leg_unknown", "没有这个互派人选。", kind="unknown", field="leg", accepted="已登记的编号")
LEG_OF_ANOTHER_CITY = Refusal(
    "leg_of_another_city", "没有这个本市互派人选 {leg}。", kind="unknown", field="legs", accepted="已登记的编号"
)
OVER_AGE = Refusal(
    "over_age",
    "至 {on} 年龄为 {fact} 岁，超过 {threshold} 岁。",
    field="form.birth_month",
    rule="{rule}",
    accepted="至 {on} 不超过 {threshold} 岁的人选",
)
EXCEPTION_UNREASONED = Refusal(
    "exception_unreasoned",
    "人选不符合“{asked}”这一原则性条件，未写明理由。",
    field="{field}",
    rule="{rule}",
    accepted="写明理由，或另行提名",
)
COMPANIONS = Refusal(
    "companions",
    "挂职锻炼干部不能随带工作人员和家属，申报随带 {fact} 人。",
    field="{field}",
    rule="swap.companions",
    accepted="{threshold}",
)
DISCUSSION_AFTER_SUBMISSION = Refusal(
    "discussion_after_submission",
    "市委常委会讨论日期晚于报送日期。",
    field="discussed_on",
    rule="nomination.discussed_by",
    accepted="不晚于 {occurred_on}",
)
DISCUSSION_MISSING = Refusal(
    "discussion_missing",
    "未附市委常委会讨论记录，不能报送人选。",
    field="{field}",
    rule="nomination.discussed_by",
    accepted="市委常委会讨论的日期和会议编号",
)
EVALUATION_MISSING = Refusal(
    "evaluation_missing",
    "提拔须注明经省委组织部审查的考核材料。",
    field="evaluation",
    rule="promotion.grant",
    accepted="{assessment}",
)
FILED_BEFORE = Refusal(
    "filed_before", "该材料已存入本人档案。", field="document", rule="archive.file", accepted="尚未归档的材料"
)
NOT_IN_ARCHIVE = Refusal(
    "not_in_archive",
    "本人档案中没有该材料。",
    kind="unknown",
    field="document",
    rule="archive.file",
    accepted="{filed}",
)
GROUNDS_INCOMPLETE = Refusal(
    "grounds_incomplete",
    "提拔须同时具备表现突出、群众公认和工作需要。",
    field="grounds",
    rule="promotion.grounds",
    accepted="{required}",
)
LEG_NOT_OPEN = Refusal("leg_not_open", "{state}。", field="leg", rule="{rule}", accepted="{wanted}")
NOT_AFTER_TERM = Refusal(
    "not_after_term",
    "只有挂职期满、尚未提拔的干部可以据此提拔。",
    field="leg",
    rule="promotion.grant",
    accepted="挂职期满的干部",
)
POSTING_OR_LEG = Refusal(
    "posting_or_leg", "返回原单位应指明选派岗位或互派人选之一。", field="posting", accepted="posting 或 leg 其中一项"
)
POST_NOT_AGREED = Refusal(
    "post_not_agreed",
    "挂职岗位及职务尚未协商落实，不能报到。",
    field="legs",
    rule="swap.post",
    accepted="先由省委组织部与有关市委组织部落实岗位",
)
REVIEW_MISSING = Refusal(
    "review_missing",
    "考察材料未经省委组织部审查，不能存入本人档案。",
    field="leg",
    rule="swap.report.filed_after",
    accepted="先经省委组织部审查",
)
SEAT_TAKEN = Refusal(
    "seat_taken",
    "该互派岗位已有人选；原人选退出后方可提名替补。",
    field="seat",
    rule="swap.balance",
    accepted="空缺的互派岗位",
)
SUBMITTED_BEFORE = Refusal(
    "submitted_before", "互派人选 {leg} 已经报送。", field="legs", rule="nomination.submit", accepted="尚未报送的人选"
)
NOTHING_TO_SUBMIT = Refusal(
    "nothing_to_submit",
    "没有待报送的互派挂职人选。",
    field="legs",
    rule="nomination.submit",
    accepted="本市已提名、尚未报送的人选",
)
