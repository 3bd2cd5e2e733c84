"""What years refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

WORKING_DAYS_WRONG = Refusal(
    "working_days_wrong",
    "任职 {served} 天，不可能有 {days} 个工作日。",
    field="working_days",
    rule="attendance.year_share",
    accepted="1 至 {served}",
)
YEAR_NOT_OVER = Refusal(
    "year_not_over", "{year} 年尚未结束。", field="year", rule="attendance.year_share", accepted="{last} 之后"
)
YEAR_OUTSIDE_POSTING = Refusal(
    "year_outside_posting",
    "{year} 年不在任职期间。",
    field="year",
    rule="attendance.year_share",
    accepted="任职期间的年份",
)
