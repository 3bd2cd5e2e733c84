"""What is owed of the help for villages: a plan for each, and in each year the filing of every poor one.

Source: 晋组通字〔2015〕41号 四.2 (EV-009, EV-043).
"""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation, first_day
from programmes.readers import reports
from programmes.roles import COUNTIES, TOWNSHIPS
from services.evaluation.works.work import WRITERS

_SERVED: Final = """(
select programme, target, min(opened_on) as since,
       case when bool_and(closed_on is not null) then max(closed_on) end as until
  from appraisees where kind = 'village' group by programme, target
)"""
_POOR: Final = """(
with told as (
    select programme, target, poor, since,
           lead(since) over (partition by programme, target order by since) - 1 as until from poor_villages
)
select programme, target, range_agg(daterange(since, until, '[]')) as poor, min(since) as since,
       case when bool_and(until is not null) then max(until) end as until
  from told where poor group by programme, target
)"""
_SERVING: Final = """coalesce((select a.person from appraisees a where a.programme = s.programme and a.target = s.target
    and a.opened_on <= now.day order by a.opened_on desc limit 1), '')"""

OBLIGATIONS: Final = (
    Obligation(
        "village_plan",
        "报送村帮扶方案",
        reports.PLAN_DAYS,
        WRITERS,
        source=_SERVED,
        where="s.until is null or s.until > now.day",
        subject="s.target",
        area="s.target",
        person=_SERVING,
        since="s.since",
        number=reports.PLAN_DAYS,
        due="s.since + t.number",
        met="""(select min(p.filed_on) from assistance_plans p where p.programme = s.programme and p.target = s.target
            and p.household_group = '')""",
    ),
    Obligation(
        "households_filed",
        "贫困户识别和建档立卡",
        reports.HOUSEHOLDS,
        TOWNSHIPS | COUNTIES,
        source=_POOR,
        where="s.poor && daterange(p.first, least(p.last, now.day), '[]')",
        subject="s.target",
        area="s.target",
        since="s.since",
        until="s.until",
        every=reports.HOUSEHOLDS,
        done=f"""select programme, target as subject, {first_day("year")} as day, min(filed_on) as met_on
                   from households_filed group by 1, 2, 3""",
    ),
)
