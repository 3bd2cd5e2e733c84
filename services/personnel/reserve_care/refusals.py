"""What the care of reserves refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

HELPER_UNKNOWN = Refusal(
    "helper_unknown",
    "{helper} 不是该后备干部的帮带干部。",
    field="helper",
    rule="reserve.helpers",
    accepted="{helpers}",
)
HELPER_ASSIGNED = Refusal(
    "helper_assigned",
    "{helper} 已是该后备干部的帮带干部。",
    field="helper",
    rule="reserve.helpers",
    accepted="其他帮带干部",
)
HELPER_UNNAMED = Refusal(
    "helper_unnamed",
    "帮带干部应写明姓名和职务。",
    field="about",
    rule="reserve.helper_groups",
    accepted="name、post 两项，各不超过 100 字",
)
LIBRARY_LEVEL_UNKNOWN = Refusal(
    "library_level_unknown", "{area} 一级不建信息库。", field="area", rule="reserve.library_levels", accepted="{levels}"
)
TRAINING_PLAN_FILED = Refusal(
    "training_plan_filed",
    "{year} 年的培训计划已经制定。",
    field="year",
    rule="training.planned_by",
    accepted="尚无计划的年度",
)
TRAINING_SUM_NEGATIVE = Refusal(
    "training_sum_negative", "“{field}”不能为负。", field="{field}", rule="{rule}", accepted="不小于 0 的整数"
)
RESERVE_DAYS_MISSING = Refusal(
    "reserve_days_missing", "天数应为 1 天以上。", field="days", rule="{rule}", accepted="不小于 1 的整数"
)
VACANCY_OPEN = Refusal(
    "vacancy_open", "该职位出缺已经登记。", field="vacancy", rule="reserve.vacancy_order", accepted="新的编号"
)
VACANCY_UNKNOWN = Refusal(
    "vacancy_unknown", "没有登记这一职位出缺。", kind="unknown", field="vacancy", accepted="已登记的出缺编号"
)
VACANCY_REASON_MISSING = Refusal(
    "vacancy_reason_missing",
    "该人选不是后备干部，应说明理由。",
    field="reason",
    rule="reserve.vacancy_order",
    accepted="后备干部，或写明不从后备干部中选用的理由",
)
SHEET_NOT_SHOWN = Refusal(
    "sheet_not_shown",
    "没有这份纪实表，或不在管理范围内。",
    kind="unknown",
    field="person",
    accepted="管理范围内的后备干部编号",
)
