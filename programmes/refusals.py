"""What more than one service refuses with, in the words of the domain."""

from __future__ import annotations

from kernel.refusal import Refusal

INTERVIEW_MISSING = Refusal(
    "interview_missing",
    "尚未就该情形进行约谈，不能{act}。",
    field="case",
    rule="{rule}",
    accepted="{accepted}",
)
COPIES_INCOMPLETE = Refusal(
    "copies_incomplete",
    "{what}应为一式 {threshold} 份，现为 {fact} 份。",
    field="copies",
    rule="{rule}",
    accepted="{threshold}",
)
