"""What the register of a posting refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

REGISTER_UNKNOWN = Refusal(
    "register_unknown", "没有该岗位的考勤登记册。", kind="unknown", field="posting", accepted="已到岗的选派编号"
)
DAYS_MISSING = Refusal("days_missing", "没有列出任何到岗日期。", field="days", accepted="至少一天")
MONTH_SEALED = Refusal(
    "month_sealed",
    "{month} 的考勤表已盖章，不能直接补登。",
    field="month",
    rule="attendance.correct",
    accepted="CorrectMonth",
)
NOT_REGISTRAR = Refusal(
    "not_registrar",
    "{target} 的考勤只能由{names}登记。",
    kind="forbidden",
    field="posting",
    rule="{rule}",
    accepted="{names}（{target}）",
)
SELF_REGISTRATION = Refusal(
    "self_registration",
    "选派干部本人不得登记自己的考勤。",
    kind="forbidden",
    field="posting",
    rule="{rule}",
    accepted="派驻地乡镇党委或派驻村党组织",
)
DAY_OUTSIDE_MONTH = Refusal(
    "day_outside_month", "{day} 不在 {month} 之内。", field="{field}", rule="attendance.register", accepted="{month}"
)
DAY_IN_FUTURE = Refusal(
    "day_in_future",
    "{day} 尚未到来，不能预先登记。",
    field="{field}",
    rule="attendance.register",
    accepted="不晚于 {today}",
)
DAY_OUTSIDE_POSTING = Refusal(
    "day_outside_posting",
    "{day} 不在任职期间。",
    field="{field}",
    rule="attendance.register",
    accepted="{since} 至 {until}",
)
DAY_TWICE = Refusal(
    "day_twice", "{day} 已经登记过。", field="{field}", rule="attendance.register", accepted="每天登记一次"
)
DAY_ON_LEAVE = Refusal(
    "day_on_leave",
    "{day} 在已批准的请假期内，请假不算到岗。",
    field="{field}",
    rule="attendance.register",
    accepted="请假期以外的日期",
)
