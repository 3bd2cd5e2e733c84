"""What is owed of a cadre's year and term: the result, the county's opinion, the unit's grade, the joint inspection."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.assessment import ANNUAL_GRADE, SET_BY, TERM_INSPECTION
from programmes.readers.rhythm import ASSESSED
from programmes.roles import COUNTIES, UNITS
from services.evaluation.grades.inspection import ENDED

_YEAR: Final = "make_date(year::int, 1, 1) as day"

RATING: Final = Obligation(
    "year_rating",
    "评定年度考核结果",
    SET_BY,
    COUNTIES,
    source="appraisees",
    subject="s.posting",
    area="s.target",
    person="s.person",
    since="s.opened_on",
    until="s.closed_on",
    every=ASSESSED,
    done=f"select programme, posting as subject, rated_on as met_on, {_YEAR} from ratings",
)
OPINION: Final = Obligation(
    "year_opinion",
    "提出年度考核意见",
    ANNUAL_GRADE,
    COUNTIES,
    source="appraisees",
    subject="s.posting",
    area="s.target",
    person="s.person",
    since="s.opened_on",
    until="s.closed_on",
    every=ASSESSED,
    done=f"select programme, posting as subject, opinion_on as met_on, {_YEAR} from annual_grades",
)
GRADE: Final = Obligation(
    "year_grade",
    "确定年度考核等次",
    ANNUAL_GRADE,
    UNITS,
    source="appraisees",
    subject="s.posting",
    area="s.target",
    unit="s.unit",
    person="s.person",
    since="s.opened_on",
    until="s.closed_on",
    every=ASSESSED,
    done=f"select programme, posting as subject, graded_on as met_on, {_YEAR} from annual_grades",
)
INSPECTION: Final = Obligation(
    "term_inspection",
    "期满考察",
    TERM_INSPECTION,
    COUNTIES | UNITS,
    source=f"(select a.*, i.done_on from appraisees a left join term_inspections i using (posting)"
    f" where a.cause = '{ENDED}')",
    subject="s.posting",
    area="s.target",
    unit="s.unit",
    person="s.person",
    since="s.closed_on",
    due="null::date",
    met="s.done_on",
)

OBLIGATIONS: Final = (RATING, OPINION, GRADE, INSPECTION)
