"""What the jobs of personnel refuse with."""

from __future__ import annotations

from kernel.errors import BadInput
from kernel.refusal import Refusal

ROSTER_PACK_BROKEN = Refusal(
    "roster_pack_broken",
    "名册的行读不出来。",
    error=BadInput,
    field="pack",
    accepted="经 /api/v1/rosters/jobs 送交的工作簿，不超过 {rows} 行",
)
