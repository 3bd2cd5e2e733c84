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
DAY_ON_DUTY = Refusal(
    "day_on_duty",
    "{day} 已登记公务外出，不再登记到岗。",
    field="{field}",
    rule="attendance.register",
    accepted="公务外出以外的日期，或先撤销公务外出",
)
DAY_NOT_ABSENT = Refusal(
    "day_not_absent",
    "{day} 已有到岗、请假或公务外出，不是缺勤。",
    field="{field}",
    rule="attendance.register",
    accepted="既未到岗、也无批准请假和公务外出的日期",
)
DAY_ABSENT_TWICE = Refusal(
    "day_absent_twice",
    "{day} 已登记缺勤。",
    field="{field}",
    rule="attendance.register",
    accepted="每天登记一次",
)
DUTY_ORDER = Refusal(
    "duty_order",
    "公务外出的最后一天早于第一天。",
    field="last",
    rule="attendance.register",
    accepted="不早于 {first}",
)
DUTY_OVERLAPS = Refusal(
    "duty_overlaps",
    "{month} 的公务外出日期中有已登记到岗、请假、缺勤或公务外出的日子。",
    field="first",
    rule="attendance.register",
    accepted="没有其他登记的日期",
)
DUTY_NOT_RECORDED = Refusal(
    "duty_not_recorded",
    "{month} 的这些日期没有登记公务外出。",
    field="first",
    rule="attendance.register",
    accepted="已登记公务外出的日期",
)
SIGN_IN_OFF = Refusal(
    "sign_in_off",
    "该方案没有开通本人签到，考勤由乡镇党委或村党组织登记。",
    kind="forbidden",
    field="posting",
    rule="attendance.sign_in",
    accepted="方案载明可以本人签到并有法律依据的岗位",
)
SIGN_IN_NOT_OWN = Refusal(
    "sign_in_not_own",
    "签到只能由选派干部本人办理。",
    kind="forbidden",
    field="posting",
    rule="attendance.sign_in",
    accepted="选派干部本人",
)
SIGN_IN_NOT_TODAY = Refusal(
    "sign_in_not_today",
    "{day} 不是办理当天，签到不能补办或预办。",
    field="day",
    rule="attendance.sign_in",
    accepted="{today}",
)
