"""What is owed of a reserve's publicity: it is closed once its last day is over."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.reserve import SELECTION
from programmes.roles import TOWNSHIPS

OBLIGATIONS: Final = (
    Obligation(
        "reserve_publicity",
        "公示期满的办理",
        SELECTION,
        TOWNSHIPS,
        source="reserve_publicities",
        subject="s.person",
        period="s.place",
        part="s.stage",
        area="s.village",
        since="s.posted_on",
        due="s.decidable",
        met="s.closed_on",
    ),
)
