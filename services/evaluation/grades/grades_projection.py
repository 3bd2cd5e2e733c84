"""Read models of scores and ratings, of grades after the county's opinion, and of inspections at the end of a term."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.codec import plain
from kernel.messages import Event
from kernel.projection import Op, Table
from services.evaluation.grades import inspection, year

SCORES = Table(
    "scores",
    {"posting": "text", "year": "int", "part": "text"},
    {
        "programme": "text",
        "person": "text",
        "target": "text",
        "kind": "text",
        "scheme": "int",
        "score": "int",
        "full_score": "int",
        "ballot": "text",
        "document": "text",
        "recorded_on": "date",
    },
    (("target",),),
)

RATINGS = Table(
    "ratings",
    {"posting": "text", "year": "int", "number": "int"},
    {
        "rating": "text",
        "programme": "text",
        "person": "text",
        "target": "text",
        "scheme": "int",
        "mass_weight": "int",
        "parts": "json",
        "score": "int",
        "full_score": "int",
        "band": "text",
        "excellent": "bool",
        "rated_on": "date",
    },
    (("target",),),
)

GRADES = Table(
    "annual_grades",
    {"posting": "text", "year": "int"},
    {
        "programme": "text",
        "person": "text",
        "target": "text",
        "opinion": "text",
        "opinion_on": "date",
        "grade_id": "text",
        "grade": "text",
        "excellent": "bool",
        "graded_by": "text",
        "graded_on": "date",
    },
    (("target",),),
)

INSPECTIONS = Table(
    "term_inspections",
    {"posting": "text"},
    {
        "programme": "text",
        "person": "text",
        "target": "text",
        "inspection": "text",
        "document": "text",
        "signatures": "int",
        "done_on": "date",
    },
)

TABLES = (SCORES, RATINGS, GRADES, INSPECTIONS)


def rows(event: Event | None) -> Iterable[Op]:
    """The rows an event writes."""
    match event:
        case year.AssessmentRecorded():
            more = {"ballot": event.ballot or "", "recorded_on": event.occurred_on}
            yield SCORES.of(event, full_score=event.full, **more)
        case year.RatingSet():
            yield RATINGS.of(event, full_score=event.full, parts=plain(event.parts), rated_on=event.occurred_on)
        case year.CountyOpinionGiven():
            yield GRADES.of(event, opinion_on=event.occurred_on)
        case year.AnnualGradeSet():
            yield GRADES.of(event, graded_by=event.by, graded_on=event.occurred_on)
        case inspection.TermInspectionSigned():
            yield INSPECTIONS.of(event)
            yield INSPECTIONS.add(event.posting, signatures=1)
        case inspection.TermInspectionDone():
            yield INSPECTIONS.put(event.posting, inspection=event.inspection, done_on=event.occurred_on)
