"""What years refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

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
YEAR_UNSEALED = Refusal(
    "year_unsealed",
    "{year} 年尚有月份没有盖章，没有数据，不能核定。",
    field="year",
    rule="attendance.year_share",
    accepted="先盖章的月份：{months}",
)
YEAR_OVER = Refusal(
    "year_over",
    "{year} 年已经结束，应当核定，不再预测。",
    field="year",
    rule="attendance.year_share",
    accepted="年度考勤核定",
)
