"""What evaluation knows to be owed: the county's quarterly review, what a clock waits for, cases that are open.

``docs/due.md`` tells how an obligation is declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.service import Query
from programmes.daily import Daily, daily
from programmes.due import due
from programmes.obligation import Obligation, first_day, parked, worded
from programmes.readers.care import REVIEW_MEETINGS
from programmes.readers.recall import MEASURES, TRIGGERS
from programmes.readers.rhythm import QUARTERLY
from programmes.readers.swap import METHODS
from programmes.roles import CITIES, COUNTIES
from services.evaluation.assessment.due_queries import HOST_STATEMENT
from services.evaluation.assistance import due_queries as assistance
from services.evaluation.clocks.trigger import RaiseDueTriggers
from services.evaluation.grades import due_queries as grades
from services.evaluation.honours.due_queries import FORM
from services.evaluation.reserves import due_queries as reserves
from services.evaluation.senders import due_queries as senders
from services.evaluation.summaries.due_queries import SUMMARY
from services.evaluation.works import due_queries as works

_COUNTIES: Final = """(
select programme, left(target, 6) as county, min(started_on) as since,
       case when bool_and(stopped_on is not null) then max(stopped_on) end as until
  from clocks group by programme, left(target, 6)
)"""
_MEETINGS: Final = f"""
select programme, county as subject, held_on as met_on, {first_day("quarter")} as day from quarter_reviews
"""
_WAITING: Final = """(
select c.programme, c.started_on, c.stopped_on, d.*,
       case d.requires when 'delisted'
         then (select v.delisted_on from villages v where v.programme = c.programme and v.target = c.target)
         else (select min(a.accepted_on) from acceptances a where a.posting = d.posting and a.what = d.requires)
       end as met_on
  from dues d join clocks c using (posting)
)"""
_CASES: Final = "(select a.*, c.programme from cases a join clocks c using (posting))"

OBLIGATIONS: Final = (
    HOST_STATEMENT,
    SUMMARY,
    FORM,
    *grades.OBLIGATIONS,
    *reserves.OBLIGATIONS,
    *works.OBLIGATIONS,
    *senders.OBLIGATIONS,
    *assistance.OBLIGATIONS,
    Obligation(
        "quarter_review",
        "召开季度调度会",
        REVIEW_MEETINGS,
        COUNTIES,
        source=_COUNTIES,
        subject="s.county",
        area="s.county",
        since="s.since",
        until="s.until",
        every=QUARTERLY,
        times=REVIEW_MEETINGS,
        done=_MEETINGS,
    ),
    Obligation(
        "recall_requirement",
        "召回期限要求的认定",
        TRIGGERS,
        COUNTIES,
        source=_WAITING,
        where="s.stopped_on is null or s.stopped_on > now.day",
        subject="s.posting",
        period=worded("s.requires"),
        part="s.requires",
        area="s.target",
        since="s.started_on",
        due="s.due - 1",
        met="s.met_on",
    ),
    Obligation(
        "recall_case",
        "召回案件的办理",
        MEASURES,
        COUNTIES,
        source=_CASES,
        where="s.cleared_on is null or s.cleared_on > now.day",
        subject="s.recall_case",
        area="s.target",
        since="s.raised_on",
        met="s.recorded_on",
    ),
    Obligation(
        "secondment_assessed",
        "挂职期满考核",
        METHODS,
        CITIES,
        source="secondments",
        where="s.replaced_on is null or s.replaced_on > now.day",
        subject="s.leg",
        area="s.sending",
        since="s.reported_on",
        due="s.due",
        met="s.assessed_on",
    ),
    parked("evaluation"),
)
"""A requirement is met before its day: on the day itself the trigger is raised."""
DAILY: Final = (Daily(RaiseDueTriggers, (TRIGGERS,), each=False),)
QUERIES: Final[Mapping[str, Query]] = {**due(OBLIGATIONS), **daily(DAILY)}
