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
CORRECTION_EMPTY = Refusal(
    "correction_empty", "更正没有改变任何内容。", field="month", rule="attendance.correct", accepted="至少增减一天"
)
MONTH_NOT_OVER = Refusal(
    "month_not_over", "{month} 尚未结束，不能汇总。", field="month", rule="attendance.compile", accepted="{last} 之后"
)
MONTH_NOT_SEALED = Refusal(
    "month_not_sealed",
    "{month} 尚未盖章，可直接补登。",
    field="month",
    rule="attendance.correct",
    accepted="RegisterDays",
)
MONTH_OUTSIDE_POSTING = Refusal(
    "month_outside_posting",
    "{month} 不在任职期间。",
    field="month",
    rule="attendance.compile",
    accepted="任职期间的月份",
)
SHEET_CURRENT = Refusal(
    "sheet_current",
    "{month} 的考勤表已汇总，登记没有变化。",
    field="month",
    rule="attendance.compile",
    accepted="SignMonth 或 SealMonth",
)
SHEET_MISSING = Refusal(
    "sheet_missing", "{key} 尚未汇总。", field="month", rule="attendance.compile", accepted="CompileMonth"
)
SHEET_SEALED = Refusal(
    "sheet_sealed", "{key} 第 {version} 版已盖章。", field="month", rule="attendance.compile", accepted="CorrectMonth"
)
SHEET_SIGNED = Refusal(
    "sheet_signed", "{month} 第 {version} 版已签字。", field="month", rule="attendance.sign", accepted="SealMonth"
)
SHEET_STALE = Refusal(
    "sheet_stale",
    "{key} 汇总之后登记或请假又有变化，须重新汇总。",
    field="month",
    rule="attendance.compile",
    accepted="{redo}",
)
SHEET_UNSIGNED = Refusal(
    "sheet_unsigned",
    "考勤表须先由乡镇党委书记签字，再盖章。",
    field="month",
    rule="attendance.seal",
    accepted="SignMonth",
)
NOT_SEALER = Refusal(
    "not_sealer",
    "考勤表盖章只能由{organ}办理。",
    kind="forbidden",
    field="posting",
    rule="attendance.seal",
    accepted="{organ}（{target}）",
)
POSTINGS_MISSING = Refusal(
    "postings_missing", "没有列出任何选派编号。", field="postings", rule="attendance.compile", accepted="至少一人"
)
