"""What is owed of a cadre's year and term: the result, the county's opinion, the unit's grade, the joint inspection."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import Final

from kernel.rules import Rules
from programmes.obligation import Obligation, Owers, first_day
from programmes.readers.assessment import ANNUAL_GRADE, SET_BY, TERM_INSPECTION
from programmes.readers.rhythm import ASSESSED
from programmes.roles import COUNTIES, UNITS
from services.evaluation.grades.grade import STEPS
from services.evaluation.grades.inspection import ENDED
from services.evaluation.schemes.scheme_projection import sender

_SENDER: Final = sender("s.posting", "now.day")
"""Who would act on the day asked for."""
_owed = partial(Obligation, source="appraisees", subject="s.posting", area="s.target", person="s.person")
_yearly = partial(_owed, since="s.opened_on", until="s.closed_on", every=ASSESSED)


def _set_by(rules: Rules) -> Mapping[str, Collection[str]]:
    return {"": rules.value(SET_BY)}


def _taking(act: str) -> Owers:
    return lambda rules: {"": STEPS.of_act(act, rules).by}


def _in(table: str, day: str) -> str:
    return f"select programme, posting as subject, {day} as met_on, {first_day('year')} as day from {table}"


RATING: Final = _yearly("year_rating", "评定年度考核结果", SET_BY, _set_by, done=_in("ratings", "rated_on"))
OPINION: Final = _yearly(
    "year_opinion", "提出年度考核意见", ANNUAL_GRADE, _taking("opine"), done=_in("annual_grades", "opinion_on")
)
GRADE: Final = _yearly(
    "year_grade",
    "确定年度考核等次",
    ANNUAL_GRADE,
    _taking("grade"),
    where=f"{_SENDER} <> ''",
    unit=_SENDER,
    done=_in("annual_grades", "graded_on"),
)
INSPECTION: Final = _owed(
    "term_inspection",
    "期满考察",
    TERM_INSPECTION,
    COUNTIES | UNITS,
    source=f"(select a.*, i.done_on from appraisees a left join term_inspections i using (posting)"
    f" where a.cause = '{ENDED}')",
    unit=_SENDER,
    since="s.closed_on",
    due="null::date",
    met="s.done_on",
)

OBLIGATIONS: Final = (RATING, OPINION, GRADE, INSPECTION)
