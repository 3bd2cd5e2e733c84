"""What is owed of a cadre's year and term: the result, the county's opinion, the unit's grade, the joint inspection."""

from __future__ import annotations

from functools import partial
from typing import Final

from programmes.obligation import Obligation, first_day
from programmes.readers.assessment import ANNUAL_GRADE, SET_BY, TERM_INSPECTION
from programmes.readers.rhythm import ASSESSED
from programmes.roles import COUNTIES, UNITS
from services.evaluation.grades.inspection import ENDED

_owed = partial(Obligation, source="appraisees", subject="s.posting", area="s.target", person="s.person")
_yearly = partial(_owed, since="s.opened_on", until="s.closed_on", every=ASSESSED)


def _in(table: str, day: str) -> str:
    return f"select programme, posting as subject, {day} as met_on, {first_day('year')} as day from {table}"


RATING: Final = _yearly("year_rating", "评定年度考核结果", SET_BY, COUNTIES, done=_in("ratings", "rated_on"))
OPINION: Final = _yearly(
    "year_opinion", "提出年度考核意见", ANNUAL_GRADE, COUNTIES, done=_in("annual_grades", "opinion_on")
)
GRADE: Final = _yearly(
    "year_grade",
    "确定年度考核等次",
    ANNUAL_GRADE,
    UNITS,
    unit="s.unit",
    done=_in("annual_grades", "graded_on"),
)
INSPECTION: Final = _owed(
    "term_inspection",
    "期满考察",
    TERM_INSPECTION,
    COUNTIES | UNITS,
    source=f"(select a.*, i.done_on from appraisees a left join term_inspections i using (posting)"
    f" where a.cause = '{ENDED}')",
    unit="s.unit",
    since="s.closed_on",
    due="null::date",
    met="s.done_on",
)

OBLIGATIONS: Final = (RATING, OPINION, GRADE, INSPECTION)
