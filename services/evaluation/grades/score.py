"""Scores: one part of the scheme in force, indicator by indicator, or as a ballot said (EV-001, EV-002).

Source: 晋组通字〔2015〕41号 五.5, the Jinzhou measures 二.5.
Invariant: a score names the version of the scheme it was given under, and lies inside that version's scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kernel.grounds import not_before, rules_of
from kernel.messages import Actor, Command, Key, Line, Order
from kernel.reader import Reader
from kernel.rules import Rules
from programmes.readers import assessment
from programmes.readers.words import Role
from programmes.roles import COUNTIES, TOWNSHIPS, all_called
from services.evaluation.grades.refusals import (
    NOT_ON_POST_THEN,
    PART_UNKNOWN,
    SCORE_BY_BALLOT,
    SCORE_OUTSIDE_SCALE,
    SCORES_INCOMPLETE,
)
from services.evaluation.grades.year import AssessmentRecorded, Year
from services.evaluation.schemes.appraisee import Appraisee
from services.evaluation.schemes.refusals import SCHEME_ORGAN
from services.evaluation.schemes.scheme import AssessmentSchemeSet, Component


class RecordAssessment(Command, title="考核评分", roles=COUNTIES | TOWNSHIPS, concerns=("posting",)):
    """Score one part of a cadre's year: by indicator, in parts of ``scheme.full``; ``document`` is where it stands."""

    posting: Key
    year: int
    part: Key
    scores: Mapping[Key, int]
    document: Line


class Score(Order):
    """The same, told whom it is about and which scheme is in force on its day."""

    year: int
    part: Key
    scores: Mapping[Key, int]
    document: Line
    post: Appraisee
    scheme: AssessmentSchemeSet


class ScoreByBallot(Order):
    """A ballot was counted: the part it was held for has its score."""

    year: int
    part: Key
    score: int
    ballot: Key
    post: Appraisee
    scheme: AssessmentSchemeSet


def record(year: Year, command: Score) -> Sequence[AssessmentRecorded]:
    """The score, under the scheme of its day (EV-002); given again it corrects the one before.

    Raises:
        Rejected: ``scheme_organ``, ``part_unknown``, ``score_by_ballot``, ``scores_incomplete``,
            ``score_outside_scale``, ``not_on_post_then``, ``date_before_ground``, ``rule_unknown``.
    """
    rules, scheme = rules_of(command), command.scheme
    by_role(command.context.actor, command.post, rules, assessment.SCORED_BY)
    part = part_of(scheme, command.part)
    by_ballot = rules.find(assessment.BY_BALLOT)
    if by_ballot and part.kind in by_ballot.value:
        raise SCORE_BY_BALLOT(part=part.part)
    in_year(command, command.post, command.year)
    points = {one.indicator: one.points for one in part.indicators}
    if command.scores.keys() != points.keys():
        raise SCORES_INCOMPLETE(part=part.part, wanted=[*points])
    for name, score in command.scores.items():
        if not 0 <= score <= points[name]:
            raise SCORE_OUTSIDE_SCALE(indicator=name, score=score, points=points[name])
    return (
        AssessmentRecorded.carrying(
            command,
            programme=scheme.programme,
            posting=command.post.opened.posting,
            person=command.post.opened.person,
            target=command.post.target,
            kind=part.kind,
            scheme=scheme.version,
            full=scheme.full,
            score=sum(command.scores.values()),
            ballot=None,
        ),
    )


def record_counted(year: Year, command: ScoreByBallot) -> Sequence[AssessmentRecorded]:
    """What the ballot said. Raises Rejected: ``part_unknown``, ``not_on_post_then``, ``date_before_ground``."""
    scheme, post = command.scheme, command.post
    part = part_of(scheme, command.part)
    in_year(command, post, command.year)
    return (
        AssessmentRecorded.carrying(
            command,
            programme=scheme.programme,
            posting=post.opened.posting,
            person=post.opened.person,
            target=post.target,
            kind=part.kind,
            scheme=scheme.version,
            full=scheme.full,
            scores={},
            document=command.ballot,
        ),
    )


def by_role(actor: Actor, post: Appraisee, rules: Rules, reader: Reader[tuple[Role, ...]]) -> None:
    """Check that the actor has one of the roles ``reader`` reads, at the cadre's place. Raises: ``scheme_organ``."""
    by = rules.value(reader)
    if actor.role not in by or not actor.covers(post.target):
        organ = f"{post.target} 所在地的{all_called(by)}"
        raise SCHEME_ORGAN(act=reader.title, organ=organ, field="posting", rule=reader.path)


def part_of(scheme: AssessmentSchemeSet, name: str) -> Component:
    """The part of that name. Raises Rejected: ``part_unknown``."""
    part = scheme.part(name)
    if part is None:
        raise PART_UNKNOWN(version=scheme.version, part=name, parts=[one.part for one in scheme.parts])
    return part


def in_year(command: Command, post: Appraisee, year: int) -> None:
    """Check that the cadre was on post in ``year``, and that it has begun.

    Raises:
        Rejected: ``not_on_post_then``, ``date_before_ground``.
    """
    since, until, on = post.opened.occurred_on, post.closed_on, command.context.occurred_on
    if not since.year <= year <= min(on.year, (until or date.max).year):
        raise NOT_ON_POST_THEN(year=year, since=since, until=until or "今")
    not_before(command, since, "到岗", assessment.SCORED_BY.path)
