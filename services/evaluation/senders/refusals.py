"""What the work of sending units refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

UNIT_SENDS_NOBODY = Refusal(
    "unit_sends_nobody",
    "至 {on}，{unit} 在方案 {programme} 中没有选派干部到岗。",
    kind="unknown",
    field="unit",
    rule="sender.meeting_rhythm",
    accepted="该日以前已有选派干部到岗的派出单位",
)
PROBLEM_UNKNOWN = Refusal(
    "problem_unknown",
    "该单位没有提出编号为“{problem}”的问题。",
    kind="unknown",
    field="problem",
    rule="sender.meeting_rhythm",
    accepted="该单位已提出的问题编号",
)
PROBLEM_SOLVED = Refusal(
    "problem_solved",
    "该问题已于 {on} 解决。",
    field="problem",
    rule="sender.meeting_rhythm",
    accepted="尚未解决的问题",
)
