"""What recall clocks refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

CLOCK_UNKNOWN = Refusal(
    "clock_unknown",
    "该岗位没有召回期限：本地区方案未规定，或不是任村党组织第一书记。",
    kind="unknown",
    field="posting",
    accepted="有召回期限的选派编号",
)
CASE_UNKNOWN = Refusal(
    "case_unknown",
    "没有编号为 {case} 的召回案件。",
    kind="unknown",
    field="case",
    rule="recall.triggers",
    accepted="{cases}",
)
INTERVIEW_EARLY = Refusal(
    "interview_early",
    "约谈不能早于触发召回期限之日。",
    field="occurred_on",
    rule="recall.interview",
    accepted="{raised_on} 起",
)
OBLIGATION_UNKNOWN = Refusal(
    "obligation_unknown",
    "该岗位没有这项要求。",
    kind="unknown",
    field="posting",
    rule="recall.triggers",
    accepted="{required}",
)
OUTSIDE_POSTING = Refusal(
    "outside_posting",
    "认定日期不在任职期间。",
    field="occurred_on",
    rule="recall.triggers",
    accepted="{started_on} 至 {stopped_on}",
)
CASE_CLEARED = Refusal(
    "case_cleared", "期限内已达到要求，本案已解除。", field="case", rule="recall.measures", accepted="未解除的案件"
)
CASE_CLOSED = Refusal(
    "case_closed", "本案已于 {recorded_on} 归档结案。", field="case", rule="recall.measures", accepted="未结的案件"
)
INTERVIEW_HELD = Refusal(
    "interview_held", "本案已于 {interviewed_on} 约谈。", field="case", rule="recall.measures", accepted="召回调换"
)
RECALL_MISSING = Refusal(
    "recall_missing", "尚未召回调换，不能归档。", field="case", rule="recall.measures", accepted="RecallCadre"
)
