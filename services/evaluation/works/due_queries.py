"""What is owed of a cadre's work: plans, a report each quarter, a summary each half-year, a project each year.

Source: the Jinzhou measures 二.1 and 二.4 (EV-030, EV-031, EV-036).
"""

from __future__ import annotations

from functools import partial
from typing import Final

from programmes.obligation import Obligation, first_day
from programmes.readers import works
from programmes.readers.rhythm import QUARTERLY
from services.evaluation.works.work import WRITERS

_owed = partial(
    Obligation,
    by=WRITERS,
    source="appraisees",
    subject="s.posting",
    area="s.target",
    person="s.person",
    since="s.opened_on",
)
_each = partial(_owed, until="s.closed_on")

OBLIGATIONS: Final = (
    _owed(
        "three_year_plan",
        "报送三年工作规划",
        works.THREE_YEAR,
        where="s.closed_on is null or s.closed_on > now.day",
        due="null::date",
        met="(select min(p.filed_on) from work_plans p where p.posting = s.posting and p.year = '')",
    ),
    _each(
        "yearly_plan",
        "报送年度工作计划",
        works.YEARLY,
        every=works.YEARLY_RHYTHM,
        done=f"""select programme, posting as subject, {first_day("year")} as day, min(filed_on) as met_on
                   from work_plans where year <> '' group by 1, 2, 3""",
    ),
    _each(
        "progress_report",
        "报送季度工作报告",
        works.PROGRESS,
        every=QUARTERLY,
        done=f"""select programme, posting as subject, {first_day("quarter")} as day, min(reported_on) as met_on
                   from progress_reports group by 1, 2, 3""",
    ),
    _each(
        "half_year_summary",
        "报送半年工作总结",
        works.RECIPIENTS,
        every=works.SUMMARY_RHYTHM,
        done=f"""select programme, posting as subject, {first_day("half")} as day, min(filed_on) as met_on
                   from half_year_summaries where complete group by 1, 2, 3""",
    ),
    _each(
        "year_project",
        "登记并公示发展项目",
        works.PROJECTS,
        every=works.PROJECT_RHYTHM,
        times=works.PROJECTS,
        done=f"""select programme, posting as subject, {first_day("year")} as day, closed_on as met_on
                   from work_projects where closed_on is not null""",
    ),
)
"""A summary meets its half-year when its last recipient has it; a project its year when its publicity is closed."""
