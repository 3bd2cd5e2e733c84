"""The result of a year: every part of the scheme, weighed (EV-001, EV-039).

Source: 晋组通字〔2015〕41号 五.5, the Jinzhou measures 二.5.
Invariant: whole numbers throughout. A band is found before anything is rounded; the score shown is rounded down.
"""

from __future__ import annotations

from collections.abc import Sequence

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Key, Order
from programmes.readers import assessment
from programmes.roles import COUNTIES
from services.evaluation.grades.refusals import RATING_INCOMPLETE, RATING_UNCHANGED
from services.evaluation.grades.score import by_role, in_year
from services.evaluation.grades.year import Rated, RatingSet, Year
from services.evaluation.schemes.appraisee import Appraisee
from services.evaluation.schemes.scheme import AssessmentSchemeSet


class SetRating(Command, title="评定年度考核结果", roles=COUNTIES, concerns=("posting",)):
    """Make the result of a cadre's year from the scores on record."""

    posting: Key
    year: int


class Rate(Order):
    """The same, told whom it is about and which scheme is in force on its day."""

    year: int
    post: Appraisee
    scheme: AssessmentSchemeSet


def rate(year: Year, command: Rate) -> Sequence[RatingSet]:
    """The rating (EV-001, EV-039); a later one where scores or scheme were corrected.

    Raises:
        Rejected: ``scheme_organ``, ``rating_incomplete`` with the parts that are missing, ``rating_unchanged``,
            ``not_on_post_then``, ``date_before_ground``.
    """
    scheme, post = command.scheme, command.post
    by_role(command.context.actor, post, rules_of(command), assessment.SET_BY)
    in_year(command, post, command.year)
    if missing := [part.part for part in scheme.parts if part.part not in year.scores]:
        known = rules_of(command).has(assessment.PARTS.path)
        raise RATING_INCOMPLETE(missing=missing, rule=assessment.PARTS.path if known else assessment.KINDS.path)
    parts, weighed = [], 0
    for part in scheme.parts:
        found = year.scores[part.part]
        not_before(command, found.occurred_on, f"“{part.part}”评分", assessment.SCORED_BY.path)
        parts.append(Rated(part.part, part.kind, part.weight, found.score, found.scheme))
        weighed += part.weight * found.score * scheme.full // found.full
    number, best = year.rating.number if year.rating else 0, rules_of(command).find(assessment.EXCELLENT)
    band = next(band for band in scheme.bands if band.least * scheme.whole <= weighed)
    if year.rating and (year.rating.parts, year.rating.scheme) == (tuple(parts), scheme.version):
        raise RATING_UNCHANGED(number=number)
    return (
        RatingSet.carrying(
            command,
            programme=scheme.programme,
            rating=f"{post.opened.posting}.{command.year}.{number + 1}",
            posting=post.opened.posting,
            person=post.opened.person,
            target=post.target,
            number=number + 1,
            scheme=scheme.version,
            mass_weight=scheme.mass_weight,
            parts=tuple(parts),
            score=weighed // scheme.whole,
            full=scheme.full,
            band=band.band,
            excellent=band.band in best.value if best else band == scheme.bands[0],
        ),
    )
