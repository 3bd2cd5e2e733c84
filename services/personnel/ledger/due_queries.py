"""What is owed of ledgers: the first filing of each city that has cadres, by the printed day (X-021, X-055)."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.ledger import FILED_BY
from programmes.roles import CITIES

OBLIGATIONS: Final = (
    Obligation(
        "ledger_filing",
        "报送台账",
        FILED_BY,
        CITIES,
        source="(select programme, city, min(placed_on) as since, min(min(placed_on)) over (partition by programme) as"
        " begun from postings where status <> 'cancelled' group by programme, city)",
        subject="s.city",
        area="s.city",
        since="s.since",
        on=lambda day: day,
        due="case when s.begun <= t.on_day then t.on_day end",
        met="(select l.first_filed_on from ledgers l where l.programme = s.programme and l.city = s.city)",
    ),
)
"""A programme whose first cadre was placed after the printed day, elsewhere and years later, has no last day."""
