"""What the personal archive refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

ARCHIVE_KIND_UNKNOWN = Refusal(
    "archive_kind_unknown",
    "“{kind}”不是应存入个人档案的材料。",
    field="kind",
    rule="archive.papers",
    accepted="{kinds}",
)
