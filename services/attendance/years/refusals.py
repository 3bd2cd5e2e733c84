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
