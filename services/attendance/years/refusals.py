"""What years refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

NOT_YOUR_COUNTY = Refusal(
    "not_your_county",
    "{target} 不在本单位管辖范围内。",
    kind="forbidden",
    field="posting",
    rule="attendance.year_share",
    accepted="{areas}",
)
