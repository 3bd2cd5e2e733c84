"""What the bag of a cadre's papers refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

DOSSIER_SHEET_BY_SEAL = Refusal(
    "dossier_sheet_by_seal",
    "{kind}盖章后自动装入个人资料袋，不能另行装入。",
    field="kind",
    rule="dossier.monthly_sheet",
    accepted="{kinds}",
)
DOSSIER_KIND_UNKNOWN = Refusal(
    "dossier_kind_unknown",
    "个人资料袋没有“{kind}”这一类材料。",
    field="kind",
    rule="dossier.kinds",
    accepted="{kinds}",
)
