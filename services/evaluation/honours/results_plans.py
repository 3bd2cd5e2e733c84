"""Which results a cadre has, as far as an honour may rest on them: the last rating and the grade of each year, the
inspection at the end of the term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kernel.service import Room, Step
from programmes.results import Result
from services.evaluation.grades.grades_plans import posted
from services.evaluation.honours.honour import Give, GiveHonour

RESULTS = """
    select distinct on (year) rating as result, 'rating' as kind, excellent, rated_on as day from ratings
        where posting = %s order by year, number desc
"""
OTHERS = """
    select grade_id as result, 'grade' as kind, excellent, graded_on as day from annual_grades
        where posting = %s and graded_on is not null
    union all
    select inspection, 'inspection', false, done_on from term_inspections where posting = %s and done_on is not null
"""


def give(command: GiveHonour, room: Room) -> Iterable[Step]:
    """The honour, told what its reference leads to."""
    post = posted(command.posting, room)
    known = results(command.posting, room)
    order = Give(
        context=command.context,
        title=command.title,
        document=command.document,
        result=command.result,
        preferred=command.preferred,
        equal=command.equal,
        post=post,
        found=known.get(command.result),
        known=tuple(known),
    )
    yield Step(f"honours/{command.posting}", order)


def results(posting: str, room: Room) -> Mapping[str, Result]:
    """The results of a posting by id."""
    rows = [*room.find(RESULTS, posting), *room.find(OTHERS, posting, posting)]
    return {row["result"]: Result(row["kind"], row["excellent"], row["day"]) for row in rows}
