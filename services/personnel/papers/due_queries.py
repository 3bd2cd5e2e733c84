"""What is owed of papers: as many copies as the notice prints, each with its holder."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.papers import KINDS
from programmes.roles import CHANNELS, COUNTIES, UNITS

OBLIGATIONS: Final = (
    Obligation(
        "paper_copies",
        "材料份数存齐",
        KINDS,
        CHANNELS | COUNTIES | UNITS,
        source="papers",
        where="s.expected > 0",
        subject="s.document",
        area="s.area",
        unit="s.unit",
        since="coalesce(s.stamped_on, s.recorded_on)",
        met="(select case when s.filed >= s.expected then max(c.filed_on) end from paper_copies c"
        " where c.programme = s.programme and c.document = s.document)",
    ),
)
