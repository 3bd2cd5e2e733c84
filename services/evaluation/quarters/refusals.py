"""What the reviews of a quarter refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

REVIEW_OUTSIDE_QUARTER = Refusal(
    "review_outside_quarter",
    "{quarter} 的调度会不能早于该季度第一日（{first}）召开。",
    field="quarter",
    rule="report.review_meetings",
    accepted="{first} 起",
)
REVIEW_TOPICS_MISSING = Refusal(
    "review_topics_missing",
    "调度会须听取{topics}的汇报，所报为{given}。",
    field="heard",
    rule="report.review_topics",
    accepted="{topics}",
)
