"""The county's rounds over the work with reserves: analysis, inspection each half-year, appraisal at year end (EV-052).

Source: 青委组〔2017〕57号 三（二）. The period a round is of is named in the command. Invariant: a round done again
in its period is its next version; the earlier one stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Key, Pattern, Text
from kernel.part import Part
from programmes.quarters import first_of
from programmes.readers import review
from programmes.refusals import NOT_A_COUNTY
from programmes.roles import COUNTIES, DIGITS
from services.evaluation.reserves.refusals import NOT_A_TOWNSHIP, ROUND_BEFORE_PERIOD
from services.evaluation.scopes import scope

Half = Annotated[str, Pattern("[1-9][0-9]{3}-H[12]", accepted="半年，如 2018-H1")]
Year = Annotated[str, Pattern("[1-9][0-9]{3}", accepted="年份，如 2018")]
Round = Literal["analysis", "inspection", "appraisal"]
Rounds = Mapping[tuple[Round, str], int]
"""By kind and period the number of versions."""


class HalfYearAnalysis(Event, title="后备干部半年综合分析研判"):
    """The county's analysis of a half-year."""

    rule: ClassVar[str | None] = review.COUNTY.path
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: Key
    area: Area
    period: Half
    version: int
    finding: Text


class TownshipInspected(Event, title="乡镇后备干部工作半年检查"):
    """The county inspected a township in a half-year."""

    rule: ClassVar[str | None] = review.COUNTY.path
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: Key
    area: Area
    period: Half
    version: int
    finding: Text


class YearEndAppraised(Event, title="乡镇后备干部工作年底评议考核"):
    """The county appraised a township at the end of a year."""

    rule: ClassVar[str | None] = review.YEAR_END.path
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: Key
    area: Area
    period: Year
    version: int
    finding: Text


class AnalyseReserves(Command, title="后备干部半年综合分析研判", roles=COUNTIES, concerns=("area",)):
    """Record the county's analysis of its reserves for a half-year; ``area`` is the county."""

    programme: Key
    area: Area
    period: Half
    finding: Text


class InspectTownship(Command, title="检查乡镇后备干部工作", roles=COUNTIES, concerns=("area",)):
    """Record the inspection of a township, ``area``, in a half-year."""

    programme: Key
    area: Area
    period: Half
    finding: Text


class AppraiseTownship(Command, title="年底评议考核乡镇后备干部工作", roles=COUNTIES, concerns=("area",)):
    """Record the appraisal of a township, ``area``, at the end of a year."""

    programme: Key
    area: Area
    period: Year
    finding: Text


def analyse(state: Rounds, command: AnalyseReserves) -> Sequence[HalfYearAnalysis]:
    """The analysis. Raises Rejected: ``not_a_county``, ``foreign_area``, ``round_before_period``, ``rule_unknown``."""
    version = _next(state, command, "analysis", "county")
    return (HalfYearAnalysis.carrying(command, version=version),)


def inspect(state: Rounds, command: InspectTownship) -> Sequence[TownshipInspected]:
    """The inspection. Raises Rejected: ``not_a_township``, and as ``analyse``."""
    version = _next(state, command, "inspection", "township")
    return (TownshipInspected.carrying(command, version=version),)


def appraise(state: Rounds, command: AppraiseTownship) -> Sequence[YearEndAppraised]:
    """The appraisal. Raises Rejected: as ``inspect``."""
    version = _next(state, command, "appraisal", "township")
    return (YearEndAppraised.carrying(command, version=version),)


def _next(state: Rounds, command: AnalyseReserves | InspectTownship | AppraiseTownship, kind: Round, level: str) -> int:
    asked = review.YEAR_END if kind == "appraisal" else review.COUNTY
    rules_of(command).value(asked)
    if len(command.area) != DIGITS[level]:
        if level == "county":
            raise NOT_A_COUNTY(county=command.area)
        raise NOT_A_TOWNSHIP(area=command.area)
    must_cover(command.context.actor, command.area, field="area", rule=asked.path)
    if command.context.occurred_on < (first := first_of(command.period)):
        raise ROUND_BEFORE_PERIOD(period=command.period, first=first, rule=asked.path)
    return state.get((kind, command.period), 0) + 1


def evolve(state: Rounds, event: Event) -> Rounds:
    """The rounds after one more."""
    match event:
        case HalfYearAnalysis():
            return {**state, ("analysis", event.period): event.version}
        case TownshipInspected():
            return {**state, ("inspection", event.period): event.version}
        case YearEndAppraised():
            return {**state, ("appraisal", event.period): event.version}
    return state


ROUNDS: Part[Rounds] = Part(
    "reserve-rounds/{programme}.{area}", {}, decides=(analyse, inspect, appraise), evolve=evolve, scope=scope
)
"""The rounds over one county or township."""
