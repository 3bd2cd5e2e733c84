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
