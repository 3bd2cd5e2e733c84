"""A county's scheme of assessment for one year and one kind of post: its parts, weights, indicators and bands.

Source: 晋组通字〔2015〕41号 五.5 (EV-001, EV-002), the Jinzhou measures 二.5 (EV-039). What every scheme consists of
stands in the profile; what it holds is the county's. Figures are whole: weights in parts of ``scheme.whole``, points
and scores in parts of ``scheme.full``.
Invariant: a scheme is never edited. Each change is the next version, in force from its day on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import ClassVar, Literal

from kernel.grounds import must_cover, not_before, rules_of
from kernel.messages import Area, Command, Event, Few, Key, Line
from kernel.part import Part
from kernel.rules import Rules
from programmes.readers import assessment
from programmes.refusals import NOT_A_COUNTY
from programmes.roles import COUNTIES, DIGITS, all_called
from services.evaluation.schemes.refusals import (
    SCHEME_BANDS,
    SCHEME_KINDS,
    SCHEME_MARKS,
    SCHEME_MASSES,
    SCHEME_ORGAN,
    SCHEME_POINTS,
    SCHEME_TWICE,
    SCHEME_UNCHANGED,
    SCHEME_WEIGHTS,
    SCHEME_YEAR,
)
from services.evaluation.scopes import scope

PostKind = Literal["township", "village"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is scored within a part, up to ``points``."""

    indicator: Key
    points: int


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a scheme, of one ``kind`` of the profile; ``masses`` where it is what the people say of the cadre."""

    part: Key
    kind: Key
    weight: int
    indicators: Few[Indicator]
    masses: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A band of the year's result: from ``least`` on, up to the next better one."""

    band: Line
    least: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What a ballot may say, and what that is worth."""

    mark: Line
    worth: int


class AssessmentSchemeSet(Event, title="考核办法"):
    """The scheme of a county, a year and a kind of post, in force from ``occurred_on``, its ``version``-th.

    ``mass_weight`` is the weight of all parts in which the people have their say; ``whole`` and ``full`` are the units
    of weights and scores.
    """

    rule: ClassVar[str | None] = assessment.SET_BY.path
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: Key
    county: Area
    year: int
    kind: PostKind
    version: int
    parts: tuple[Component, ...]
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    mass_weight: int
    whole: int
    full: int
    document: Line

    def part(self, name: str) -> Component | None:
        """The part of that name."""
        return next((one for one in self.parts if one.part == name), None)


class SetScheme(Command, title="制定考核办法", roles=COUNTIES, concerns=("county",)):
    """Lay down the scheme of a year for one kind of post; ``document`` is the paper it stands in."""

    programme: Key
    county: Area
    year: int
    kind: PostKind
    parts: Few[Component]
    bands: Few[Band]
    document: Line
    marks: Few[Mark] = ()


Versions = tuple[AssessmentSchemeSet, ...]
"""The versions of one scheme, the first one first."""


def in_force(versions: Versions, on: date) -> AssessmentSchemeSet | None:
    """The version in force on a day, None before the first."""
    return next((one for one in reversed(versions) if one.occurred_on <= on), None)


def components(rules: Rules) -> Mapping[str, int]:
    """How many parts of each kind a scheme has: as printed, or each of the kinds that are combined once.

    Raises:
        Rejected: ``rule_unknown`` where the notice names neither.
    """
    parts = rules.find(assessment.PARTS)
    return parts.value if parts else dict.fromkeys(rules.value(assessment.KINDS), 1)


def assesses(rules: Rules) -> bool:
    """Whether the notice knows an assessment by schemes at all."""
    return rules.find(assessment.PARTS) is not None or rules.find(assessment.KINDS) is not None


def set_scheme(versions: Versions, command: SetScheme) -> Sequence[AssessmentSchemeSet]:
    """The next version of the scheme (EV-001, EV-002, EV-039).

    Raises:
        Rejected: ``rule_unknown`` where the notice knows no schemes; ``not_a_county``, ``foreign_area``,
            ``scheme_organ``, ``scheme_year``, ``scheme_kinds``, ``scheme_twice``, ``scheme_weights``,
            ``scheme_points``, ``scheme_masses``, ``scheme_bands``, ``scheme_marks``, ``scheme_unchanged``,
            ``date_before_ground``.
    """
    rules, context = rules_of(command), command.context
    if len(command.county) != DIGITS["county"]:
        raise NOT_A_COUNTY(county=command.county)
    must_cover(context.actor, command.county, field="county", rule=assessment.SET_BY.path)
    if context.actor.role not in (by := rules.value(assessment.SET_BY)):
        raise SCHEME_ORGAN(act="考核办法的制定", organ=all_called(by), field="county", rule=assessment.SET_BY.path)
    if abs(command.year - context.occurred_on.year) > 1:
        raise SCHEME_YEAR(year=command.year, on=context.occurred_on)
    _parts(command, rules)
    _bands(command, rules)
    mass_weight = sum(part.weight for part in command.parts if part.masses)
    whole, full = rules.value(assessment.WHOLE), rules.value(assessment.FULL)
    last = versions[-1] if versions else None
    if last is not None:
        not_before(command, last.occurred_on, f"第 {last.version} 版考核办法", assessment.SET_BY.path)
        if (last.parts, last.bands, last.marks) == (command.parts, command.bands, command.marks):
            raise SCHEME_UNCHANGED(version=last.version)
    return (
        AssessmentSchemeSet.carrying(
            command, version=len(versions) + 1, mass_weight=mass_weight, whole=whole, full=full
        ),
    )


def _parts(command: SetScheme, rules: Rules) -> None:
    wanted, given = components(rules), Counter(part.kind for part in command.parts)
    if dict(given) != dict(wanted):
        path = assessment.PARTS.path if rules.find(assessment.PARTS) else assessment.KINDS.path
        raise SCHEME_KINDS(wanted=_counted(wanted), given=_counted(given), rule=path)
    _once((part.part for part in command.parts), "parts")
    whole, full = rules.value(assessment.WHOLE), rules.value(assessment.FULL)
    weights = [part.weight for part in command.parts]
    if sum(weights) != whole or min(weights) <= 0:
        raise SCHEME_WEIGHTS(given=sum(weights), whole=whole)
    for part in command.parts:
        _once((one.indicator for one in part.indicators), "parts")
        points = [one.points for one in part.indicators]
        if sum(points) != full or min(points) <= 0:
            raise SCHEME_POINTS(part=part.part, given=sum(points), full=full)
    kinds = rules.value(assessment.MASS_KINDS)
    masses = [part.kind for part in command.parts if part.masses]
    if not masses or not set(masses) <= set(kinds):
        raise SCHEME_MASSES(kinds=kinds)


def _bands(command: SetScheme, rules: Rules) -> None:
    full = rules.value(assessment.FULL)
    least = [band.least for band in command.bands]
    names = {band.band for band in command.bands}
    falling = all(higher > lower for higher, lower in pairwise(least))
    if not least or least[-1] != 0 or least[0] > full or not falling or len(names) != len(least):
        raise SCHEME_BANDS(full=full)
    by_ballot = rules.find(assessment.BY_BALLOT)
    marks = {mark.mark for mark in command.marks}
    right = all(0 <= mark.worth <= full for mark in command.marks)
    if not right or len(marks) != len(command.marks) or (by_ballot and not marks):
        raise SCHEME_MARKS(full=full)


def _once(names: Iterable[str], field: str) -> None:
    for name, number in Counter(names).items():
        if number > 1:
            raise SCHEME_TWICE(name=name, field=field)


def _counted(kinds: Mapping[str, int]) -> list[str]:
    return [f"{kind} {number} 项" for kind, number in sorted(kinds.items())]


def scheme_set(versions: Versions, event: Event) -> Versions:
    """The versions after AssessmentSchemeSet."""
    return (*versions, event) if isinstance(event, AssessmentSchemeSet) else versions


SCHEME: Part[Versions] = Part(
    "scheme/{programme}.{county}.{year}.{kind}", (), decides=(set_scheme,), evolve=scheme_set, scope=scope
)
"""The scheme of one county, year and kind of post."""
