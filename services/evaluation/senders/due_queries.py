"""What a sending unit owes: to hear and to visit each of its cadres, to study the work, to solve what it raised.

Source: 晋组通字〔2015〕41号 五.4 and 六.1 (EV-007, EV-042).
"""

from __future__ import annotations

from functools import partial
from typing import Final

from programmes.obligation import Obligation
from programmes.readers import reports
from programmes.roles import UNITS

_UNITS: Final = """(
select programme, unit, min(opened_on) as since,
       case when bool_and(closed_on is not null) then max(closed_on) end as until
  from appraisees where unit <> '' group by programme, unit
)"""
_cadre = partial(
    Obligation,
    by=UNITS,
    source="appraisees",
    where="s.unit <> ''",
    subject="s.posting",
    area="s.target",
    unit="s.unit",
    since="s.opened_on",
    until="s.closed_on",
)

OBLIGATIONS: Final = (
    _cadre(
        "unit_hearing",
        "听取第一书记工作汇报",
        reports.HEARINGS,
        every=reports.HEARINGS,
        done="select programme, posting as subject, held_on as day, held_on as met_on from unit_hearings",
    ),
    _cadre(
        "unit_visit",
        "到村调研",
        reports.VISITS,
        every=reports.VISITS,
        done="select programme, posting as subject, paid_on as day, paid_on as met_on from unit_visits",
    ),
    Obligation(
        "unit_meeting",
        "研究部署第一书记工作",
        reports.MEETINGS,
        UNITS,
        source=_UNITS,
        subject="s.unit",
        unit="s.unit",
        since="s.since",
        until="s.until",
        every=reports.MEETINGS,
        done="select programme, unit as subject, held_on as day, held_on as met_on from unit_meetings",
    ),
    Obligation(
        "unit_problem",
        "解决工作中的困难和问题",
        reports.MEETINGS,
        UNITS,
        source="unit_problems",
        subject="s.problem",
        unit="s.unit",
        since="s.raised_on",
        due="null::date",
        met="s.solved_on",
    ),
)
"""A problem has no last day: it stays open until it is solved."""
