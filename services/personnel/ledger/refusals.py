"""What the ledger and the form refuse with."""

from __future__ import annotations

from kernel.errors import Unknown
from kernel.refusal import Refusal

NOMINATION_NOT_SHOWN = Refusal(
    "nomination_not_shown",
    "没有这项推荐，或不在管理范围内。",
    error=Unknown,
    field="nomination",
    accepted="管理范围内的推荐编号",
)
