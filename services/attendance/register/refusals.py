"""What the register of a posting refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

REGISTER_UNKNOWN = Refusal(
    "register_unknown", "没有该岗位的考勤登记册。", kind="unknown", field="posting", accepted="已到岗的选派编号"
)
