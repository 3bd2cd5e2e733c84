"""What conduct refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

CONDUCT_UNKNOWN = Refusal(
    "conduct_unknown",
    "没有这个在任的选派岗位，或适用规定未载明批评教育和调整处理。",
    kind="unknown",
    field="posting",
    rule="procedure.sanction",
    accepted="适用规定载明批评教育和调整处理的在任选派岗位",
)
CONDUCT_OVER = Refusal(
    "conduct_over",
    "该选派岗位的任职已于 {on} 结束。",
    field="occurred_on",
    rule="procedure.sanction",
    accepted="不晚于 {on}",
)
STEP_ASSUMED = Refusal(
    "step_assumed",
    "“{step}”为假定的环节，适用规定未载明，不能据此处理干部。",
    field="posting",
    rule="procedure.sanction",
    accepted="适用规定载明的环节",
)
