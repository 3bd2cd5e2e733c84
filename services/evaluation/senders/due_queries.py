"""What a sending unit owes: to hear and to visit each of its cadres, to study the work, to solve what it raised.

Source: 晋组通字〔2015〕41号 五.4 and 六.1 (EV-007, EV-042). Invariant: a period is owed by the unit that sent in it,
whichever sends now: what is owed for a cadre, by the unit that sent the cadre at the end of it; the study of the work,
by every unit that sent somebody on a day of it.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from programmes.obligation import Obligation
from programmes.readers import reports
from programmes.roles import UNITS
from services.evaluation.schemes.scheme_projection import sender

_UNITS: Final = """(
with sent as (
    select a.programme, w.unit, w.since,
           least(a.closed_on, lead(w.since) over (partition by w.posting order by w.since) - 1) as until
      from senders w join appraisees a using (posting)
)
select programme, unit, range_agg(daterange(since, until, '[]')) as sending, min(since) as since,
       case when bool_and(until is not null) then max(until) end as until
  from sent where unit <> '' and (until is null or until >= since) group by programme, unit
)"""
_SENDER: Final = sender("s.posting", "least(p.last, s.closed_on, now.day)")
_cadre = partial(
    Obligation,
    by=UNITS,
    source="appraisees",
    where=f"{_SENDER} <> ''",
    subject="s.posting",
    area="s.target",
    unit=_SENDER,
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
        where="s.sending && daterange(p.first, least(p.last, now.day), '[]')",
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
