"""What sheets refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

DAY_NOT_REGISTERED = Refusal(
    "day_not_registered",
    "{day} 没有登记，无从删除。",
    field="remove.{number}",
    rule="attendance.correct",
    accepted="已登记的日期",
)
NOT_SECRETARY = Refusal(
    "not_secretary",
    "{occurred_on} 当日，只有 {target} 的乡镇党委书记本人可以签字认定。",
    kind="forbidden",
    field="posting",
    rule="attendance.sign",
    accepted="{secretary}",
)
