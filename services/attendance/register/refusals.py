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
REGISTRAR_NOT_IN_POST = Refusal(
    "registrar_not_in_post",
    "{on} 当日，考勤登记只能由{organ}的{post}本人或者代理人办理。",
    kind="forbidden",
    field="posting",
    rule="attendance.registrar",
    accepted="{acting}",
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
PAPER_MISSING = Refusal(
    "paper_missing",
    "代登记人录入，须写明所依据的纸质考勤登记。",
    field="document",
    rule="attendance.entered_by",
    accepted="纸质登记的名称或编号",
)
POSTING_MISSING = Refusal(
    "posting_missing", "该行没有选派编号。", field="posting", rule="attendance.register", accepted="已到岗的选派编号"
)
POSTING_TWICE = Refusal(
    "posting_twice", "{posting} 在表中出现两次。", field="posting", rule="attendance.register", accepted="每人一行"
)
DAY_WORD_UNKNOWN = Refusal(
    "day_word_unknown",
    "“{column}”一栏的内容不能识别，或 {month} 没有这一天。",
    field="{column}",
    rule="attendance.register",
    accepted="√（在岗）、√住（在岗并住宿）、√外（在岗、在外住宿），未在岗留空",
)
ENTRIES_UNEVEN = Refusal(
    "entries_uneven",
    "选派编号、日期和登记时间的个数不相等。",
    field="days",
    rule="attendance.register",
    accepted="逐条一一对应",
)
CAPTURED_UNREADABLE = Refusal(
    "captured_unreadable",
    "{day} 的登记时间不能识别，或不在当天至上传日之间。",
    field="captured.{number}",
    rule="attendance.register",
    accepted="带时区的时间，如 2018-06-12T08:10:00+08:00",
)
