"""What is owed of management: the county's rules, filed."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.duties import MANAGEMENT_RULES
from programmes.roles import COUNTIES

OBLIGATIONS: Final = (
    Obligation(
        "management_rules",
        "管理办法备案",
        MANAGEMENT_RULES,
        COUNTIES,
        source="(select programme, left(target, 6) as county, min(opened_on) as since from registers"
        " group by programme, left(target, 6))",
        subject="s.county",
        area="s.county",
        since="s.since",
        met="(select min(d.done_on) from duties d where d.duty = 'management_rules' and d.programme = s.programme"
        " and d.subject = s.county)",
    ),
)
