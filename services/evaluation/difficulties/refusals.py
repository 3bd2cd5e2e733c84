"""What difficulties refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

DIFFICULTY_KIND = Refusal(
    "difficulty_kind",
    "困难分为{kinds}，所报为“{kind}”。",
    field="kind",
    rule="difficulty.kinds",
    accepted="{kinds}",
)
DIFFICULTY_UNKNOWN = Refusal(
    "difficulty_unknown",
    "该县没有编号为“{difficulty}”的困难。",
    kind="unknown",
    field="difficulty",
    rule="difficulty.kinds",
    accepted="该县已登记的困难编号",
)
DIFFICULTY_SOLVED = Refusal(
    "difficulty_solved",
    "该项困难已于 {on} 解决。",
    field="difficulty",
    rule="difficulty.kinds",
    accepted="尚未解决的困难",
)
DIFFICULTY_UNASSIGNED = Refusal(
    "difficulty_unassigned",
    "尚未明确该项困难由谁解决。",
    field="difficulty",
    rule="difficulty.kinds",
    accepted="先交办该项困难",
)
SYMPOSIUM_EMPTY = Refusal(
    "symposium_empty",
    "座谈会到会 {present} 人。",
    field="present",
    rule="difficulty.kinds",
    accepted="至少 1 人",
)
