"""Measures of a city for its poor county that has no partner abroad: the exchange inside the city, economic support.

Invariant: measures stand for a pair inside one city and come from that city alone; what was carried out is reported
against what was filed (AL-062). The notice ends its list with 等: further kinds are taken, the printed ones are owed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar

from kernel.grounds import not_before
from kernel.messages import Area, Command, Event, Key, Line, Order, Text
from kernel.part import Part
from programmes.readers.swap import MEASURES
from programmes.roles import CITIES
from services.allocation.swap.pair_plan import WITHIN
from services.allocation.swap.pair_state import Pair
from services.allocation.swap.support_refusals import MEASURE_FILED, MEASURE_OF_OTHERS, MEASURE_UNKNOWN, PAIR_ACROSS
from services.allocation.swap.swap_pair import must_exist
from services.allocation.words import programme_of


class FileSupportMeasure(Command, title="报备市内扶持措施", roles=CITIES, concerns=("city",)):
    """The city files a measure of a printed or further ``kind`` for its pair; ``measure`` is its number there."""

    programme: Key
    city: Area
    pair: int
    measure: Key
    kind: Key
    title: Line
    text: Text


class ReportSupportMeasure(Command, title="报告扶持措施落实情况", roles=CITIES, concerns=("city",)):
    """The city reports what was ``done`` of a filed measure; later reports stand beside earlier ones."""

    programme: Key
    city: Area
    pair: int
    measure: Key
    done: Text


class MeasureOf(Order):
    """A measure or a report, with the pair it is for; None where no such pair is defined."""

    asked: FileSupportMeasure | ReportSupportMeasure
    pair: Pair | None


class SupportMeasureFiled(Event, title="市内扶持措施报备"):
    """The city filed a measure for the poor county of its pair."""

    rule = MEASURES.path
    areas: ClassVar[tuple[str, ...]] = ("city", "county")

    programme: str
    city: Area
    county: Area
    pair: int
    measure: str
    kind: str
    title: str
    text: str


class SupportMeasureReported(Event, title="扶持措施落实报告"):
    """The city reported what was done of a measure."""

    rule = MEASURES.path
    areas: ClassVar[tuple[str, ...]] = ("city", "county")

    programme: str
    city: Area
    county: Area
    pair: int
    measure: str
    kind: str
    done: str


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a programme by pair and number: each with its kind and the day it was filed."""

    filed: Mapping[tuple[int, str], tuple[str, date]] = field(default_factory=dict)


def decide(state: Measures, command: MeasureOf) -> Sequence[SupportMeasureFiled | SupportMeasureReported]:
    """File a measure, or report against it. Source: 辽组通字〔2002〕13号 一 (AL-062).

    Raises:
        Rejected: ``pair_undefined``, ``pair_across``, ``measure_of_others``, ``measure_filed``, ``measure_unknown``,
            ``date_before_ground``.
    """
    asked, on = command.asked, command.context.occurred_on
    pair = must_exist(command.pair, asked.pair)
    if pair.mode != WITHIN:
        raise PAIR_ACROSS(pair=asked.pair)
    if asked.city != pair.poor_city:
        raise MEASURE_OF_OTHERS(pair=asked.pair, city=asked.city, own=pair.poor_city)
    found = state.filed.get((asked.pair, asked.measure))
    if isinstance(asked, FileSupportMeasure):
        if found is not None:
            raise MEASURE_FILED(measure=asked.measure, pair=asked.pair)
        return [SupportMeasureFiled.carrying(asked, occurred_on=on, county=pair.poor_area)]
    if found is None:
        known = [number for of, number in state.filed if of == asked.pair]
        raise MEASURE_UNKNOWN(measure=asked.measure, pair=asked.pair, known=known or "先报备措施")
    kind, since = found
    not_before(command, since, "报备措施", MEASURES.path)
    return [SupportMeasureReported.carrying(asked, occurred_on=on, county=pair.poor_area, kind=kind)]


def evolve(state: Measures, event: Any) -> Measures:
    """The measures after one more event."""
    if isinstance(event, SupportMeasureFiled):
        return replace(state, filed={**state.filed, (event.pair, event.measure): (event.kind, event.occurred_on)})
    return state


SUPPORT: Part[Measures] = Part(
    "support-measures/{programme}", Measures(), decides=(decide,), evolve=evolve, scope=programme_of
)
