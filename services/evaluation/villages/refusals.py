"""What villages refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

DELISTED_ALREADY = Refusal(
    "delisted_already",
    "该村已于 {delisted_on} 摘帽。",
    field="target",
    rule="village.delist",
    accepted="仍在薄弱村名单中的村",
)
