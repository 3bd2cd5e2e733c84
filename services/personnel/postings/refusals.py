"""What postings refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

POSTING_NOT_NOTED = Refusal(
    "posting_not_noted", "没有这个选派岗位。", kind="unknown", field="posting", accepted="已登记的编号"
)
