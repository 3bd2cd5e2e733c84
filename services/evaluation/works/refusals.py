"""What the papers of a cadre's work refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

WORK_OFF_POST = Refusal(
    "work_off_post",
    "该同志在 {period} 不在任（任职 {since} 至 {until}）。",
    field="{field}",
    rule="{rule}",
    accepted="任职期间的日期、年度、半年或季度",
)
WORK_TOO_EARLY = Refusal(
    "work_too_early",
    "{period}自 {first} 起，尚未开始。",
    field="{field}",
    rule="{rule}",
    accepted="{first} 起",
)
PLAN_PARTS_MISSING = Refusal(
    "plan_parts_missing",
    "规划（计划）须写明{parts}，缺少或多出的为{wrong}。",
    field="content",
    rule="plan.parts",
    accepted="{parts}",
)
PLAN_YEAR = Refusal(
    "plan_year",
    "三年工作规划不写年度，年度工作计划须写年度。",
    field="year",
    rule="plan.yearly",
    accepted="年度计划写明年度，三年规划不填",
)
SUMMARY_RECIPIENT_UNKNOWN = Refusal(
    "summary_recipient_unknown",
    "半年工作总结报送{recipients}，所报为{wrong}。",
    field="recipients",
    rule="report.summary_recipients",
    accepted="{recipients}",
)
PROJECT_UNKNOWN = Refusal(
    "project_unknown",
    "该同志没有登记项目“{project}”。",
    kind="unknown",
    field="project",
    rule="project.per_cadre_year",
    accepted="已登记的项目",
)
PROJECT_TITLE_TWICE = Refusal(
    "project_title_twice",
    "该同志 {year} 年已登记项目“{title}”。",
    field="title",
    rule="project.per_cadre_year",
    accepted="未登记的项目",
)
PROJECT_POSTED = Refusal(
    "project_posted",
    "该项目已于 {on} 公示。",
    field="project",
    rule="project.publicity",
    accepted="未公示的项目",
)
PROJECT_NOT_POSTED = Refusal(
    "project_not_posted",
    "该项目没有正在进行的公示。",
    field="project",
    rule="project.publicity",
    accepted="正在公示的项目",
)
PROJECT_DAYS = Refusal(
    "project_days",
    "公示自 {first} 至 {last}，起止日期不符。",
    field="last",
    rule="project.publicity",
    accepted="自张贴之日起，截止不早于开始",
)
PROJECT_STILL_POSTED = Refusal(
    "project_still_posted",
    "公示至 {last}，不能于 {on} 结束。",
    field="project",
    rule="project.publicity",
    accepted="{last} 起",
)
PROJECT_OBJECTED = Refusal(
    "project_objected",
    "公示期间收到的异议尚有 {open} 条没有答复。",
    field="project",
    rule="project.publicity",
    accepted="先逐条答复异议",
)
PROJECT_OBJECTION_UNKNOWN = Refusal(
    "project_objection_unknown",
    "该项目没有待答复的第 {number} 条异议。",
    kind="unknown",
    field="number",
    rule="project.publicity",
    accepted="待答复的异议序号",
)
PROJECT_NOT_IN_PARK = Refusal(
    "project_not_in_park",
    "该项目不在产业园，收益不按比例分配。",
    field="project",
    rule="park.revenue_share_village",
    accepted="登记在产业园的项目",
)
REVENUE_NONE = Refusal(
    "revenue_none",
    "收益须为正数，所报为 {fen} 分。",
    field="fen",
    rule="park.revenue_share_village",
    accepted="不少于 1 分",
)
REVENUE_SHARED = Refusal(
    "revenue_shared",
    "依据“{document}”已分配该项目的收益。",
    field="document",
    rule="park.revenue_share_village",
    accepted="未用过的文件编号",
)
MEDIA_ITEM_KNOWN = Refusal(
    "media_item_known",
    "《{title}》（{medium}）已为该同志记录。",
    field="title",
    rule="results.media",
    accepted="未记录的报道",
)
