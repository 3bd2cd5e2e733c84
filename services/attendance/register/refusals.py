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
PROGRAMME_UNKNOWN = Refusal(
    "programme_unknown",
    "尚未收到方案 {programme} 的规则。",
    kind="unknown",
    field="posting",
    accepted="待方案发布后重试",
)
SELF_REGISTRATION = Refusal(
    "self_registration",
    "选派干部本人不得登记自己的考勤。",
    kind="forbidden",
    field="posting",
    rule="{rule}",
    accepted="派驻地乡镇党委或派驻村党组织",
)
