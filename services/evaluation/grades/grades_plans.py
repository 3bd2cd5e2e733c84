"""What scores and ratings need to know of others: whom they are about, and which scheme is in force on their day."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Command
from kernel.service import Room, Step
from services.evaluation.grades.grade import GiveCountyOpinion, Grade, Opine, SetAnnualGrade
from services.evaluation.grades.inspection import SignInspection, SignTermInspection
from services.evaluation.grades.rating import Rate, SetRating
from services.evaluation.grades.score import RecordAssessment, Score
from services.evaluation.schemes.appraisee import Appraisee
from services.evaluation.schemes.refusals import APPRAISEE_UNKNOWN, NO_SCHEME_IN_FORCE
from services.evaluation.schemes.scheme import AssessmentSchemeSet, in_force


def score(command: RecordAssessment, room: Room) -> Iterable[Step]:
    """The score, under the scheme in force."""
    post, scheme = subject(command, command.posting, command.year, room)
    order = Score(
        context=command.context,
        year=command.year,
        part=command.part,
        scores=command.scores,
        document=command.document,
        post=post,
        scheme=scheme,
    )
    yield Step(f"appraisal/{command.posting}.{command.year}", order)


def rate(command: SetRating, room: Room) -> Iterable[Step]:
    """The rating, by the scheme in force."""
    post, scheme = subject(command, command.posting, command.year, room)
    order = Rate(context=command.context, year=command.year, post=post, scheme=scheme)
    yield Step(f"appraisal/{command.posting}.{command.year}", order)


def opine(command: GiveCountyOpinion, room: Room) -> Iterable[Step]:
    """The county's opinion on a year."""
    post = posted(command.posting, room)
    order = Opine(context=command.context, year=command.year, opinion=command.opinion, post=post)
    yield Step(f"appraisal/{command.posting}.{command.year}", order)


def grade(command: SetAnnualGrade, room: Room) -> Iterable[Step]:
    """The unit's grade of a year."""
    post = posted(command.posting, room)
    order = Grade(context=command.context, year=command.year, grade=command.grade, post=post)
    yield Step(f"appraisal/{command.posting}.{command.year}", order)


def sign(command: SignTermInspection, room: Room) -> Iterable[Step]:
    """A signature under the joint inspection."""
    order = SignInspection(context=command.context, document=command.document, post=posted(command.posting, room))
    yield Step(f"inspection/{command.posting}", order)


def posted(posting: str, room: Room) -> Appraisee:
    """Who is assessed. Raises Rejected: ``appraisee_unknown``."""
    found: Appraisee | None = room.load(f"appraisee/{posting}")
    if found is None:
        raise APPRAISEE_UNKNOWN()
    return found


def subject(command: Command, posting: str, year: int, room: Room) -> tuple[Appraisee, AssessmentSchemeSet]:
    """Who is assessed, and the scheme for it. Raises Rejected: ``appraisee_unknown``, ``no_scheme_in_force``."""
    post = posted(posting, room)
    county, on = post.target[:6], command.context.occurred_on
    found = in_force(room.load(f"scheme/{post.opened.programme}.{county}.{year}.{post.opened.kind}"), on)
    if found is None:
        raise NO_SCHEME_IN_FORCE(county=county, year=year, on=on)
    return post, found
