"""What is owed of management: the county's rules, filed; a check where figures look strange; cases decided."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.attendance import MEASURE, OVERNIGHT
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
    Obligation(
        "pattern_check",
        "走读迹象待检查",
        OVERNIGHT,
        COUNTIES,
        source="(select r.programme, s.* from sheets s join registers r using (posting) where s.commuting)",
        subject="s.posting",
        period="s.month",
        area="s.target",
        since="s.sealed_on",
        met="(select min(c.done_on) from checks_done c where c.posting = s.posting and c.level <> 'township'"
        " and c.done_on >= s.sealed_on)",
    ),
    Obligation(
        "adjustment_decision",
        "问责案件待决定",
        MEASURE,
        COUNTIES,
        source="(select r.programme, c.* from accountability_cases c join registers r using (posting))",
        subject="s.accountability",
        area="s.target",
        since="s.opened_on",
        met="s.decided_on",
    ),
)
