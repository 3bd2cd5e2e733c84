"""A notice of the province, ready to be published."""

from __future__ import annotations

from datetime import date

from services.allocation.registers.notice import PublishNotice
from tests.kit.allocation.ground import ctx

NOTICE = PublishNotice(
    context=ctx(),
    title="方案",
    issuers=("中共辽宁省委组织部",),
    scope="21",
    number="辽组通字〔2018〕23号",
    issued_on=date(2018, 4, 16),
)
