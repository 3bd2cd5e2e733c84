"""What unannounced visits refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

MANNER_UNKNOWN = Refusal(
    "manner_unknown", "不打招呼检查没有“{manner}”这种方式。", field="manner", rule="{rule}", accepted="{known}"
)
MANNER_MISSING = Refusal(
    "manner_missing", "未写明检查的方式，不能登记为不打招呼检查。", field="manner", rule="{rule}", accepted="{known}"
)
VISIT_DAY_PAST = Refusal(
    "visit_day_past", "检查日期 {day} 早于列入计划之日（{on}）。", field="day", rule="{rule}", accepted="{on} 起"
)
VISIT_UNKNOWN = Refusal(
    "visit_unknown", "没有编号为“{visit}”的检查计划。", kind="unknown", field="visit", accepted="本机关所列计划的编号"
)
VISIT_RECORDED = Refusal(
    "visit_recorded", "计划“{visit}”的检查已于 {on} 登记。", field="visit", rule="{rule}", accepted="尚未登记的计划"
)
VISIT_ELSEWHERE = Refusal(
    "visit_elsewhere", "计划“{visit}”所列的村是 {village}。", field="village", rule="{rule}", accepted="{village}"
)
VISIT_NOT_OF_VILLAGE = Refusal(
    "visit_not_of_village", "{village} 不是本市的村。", field="village", accepted="本市的 12 位村级区划代码"
)
