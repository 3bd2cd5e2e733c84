"""One posting in one year: what was scored, how it was rated, what the county thought, which grade the unit gave.

Source: 晋组通字〔2015〕41号 五.5, the Jinzhou measures 二.5.
Invariant: a score keeps the scheme it was given under; a rating is never changed, a new one follows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from kernel.messages import Area, Event, Key, Line, Text
from programmes.procedure import Records
from programmes.readers import assessment


class AssessmentRecorded(Event, title="考核评分"):
    """One part was scored under the ``scheme``-th version; ``score`` sums up ``scores``, or is a ballot's."""

    rule: ClassVar[str | None] = assessment.SCORED_BY.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    year: int
    part: Key
    kind: Key
    scheme: int
    full: int
    score: int
    scores: Mapping[str, int]
    ballot: Key | None
    document: Line


@dataclass(frozen=True, slots=True)
class Rated:
    """One part of a rating: its weight in the scheme of the rating, its score and the scheme that was scored under."""

    part: str
    kind: str
    weight: int
    score: int
    scheme: int


class RatingSet(Event, title="年度考核结果"):
    """The result of a year: all parts weighed, in the units of the scheme; ``band`` where it lies.

    It is ``excellent`` where the profile names that band, or it is the best; ``mass_weight`` is the weight of what the
    people said.
    """

    rule: ClassVar[str | None] = assessment.SCORED_BY.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    rating: Key
    posting: Key
    person: Key
    target: Area
    year: int
    number: int
    scheme: int
    mass_weight: int
    parts: tuple[Rated, ...]
    score: int
    full: int
    band: Line
    excellent: bool


class CountyOpinionGiven(Event, title="县委组织部考核意见"):
    """The county of the village told the unit what it thinks of the cadre's year."""

    rule: ClassVar[str | None] = assessment.ANNUAL_GRADE.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    unit: Key | None
    year: int
    step: Key
    opinion: Text
    organ: Line


class AnnualGradeSet(Event, title="年度考核等次"):
    """The unit ``by`` graded the cadre's year, after the county's opinion; ``grade_id`` is what others refer to."""

    rule: ClassVar[str | None] = assessment.ANNUAL_GRADE.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    grade_id: Key
    posting: Key
    person: Key
    target: Area
    by: Key
    year: int
    step: Key
    grade: Line
    excellent: bool
    organ: Line


@dataclass(frozen=True, slots=True)
class Year:
    """The state: by part the last score, the last rating, the steps to the grade that were taken."""

    scores: Mapping[str, AssessmentRecorded] = field(default_factory=dict)
    rating: RatingSet | None = None
    done: Records = field(default_factory=dict)


def recorded(year: Year, event: AssessmentRecorded) -> Year:
    """The state after AssessmentRecorded."""
    return replace(year, scores={**year.scores, event.part: event})


def rated(year: Year, event: RatingSet) -> Year:
    """The state after RatingSet."""
    return replace(year, rating=event)


def stepped(year: Year, event: CountyOpinionGiven | AnnualGradeSet) -> Year:
    """The state after a step to the grade."""
    return replace(year, done={**year.done, event.step: event.occurred_on})
