"""A visit without notice: planned by the city, known to nobody who is inspected before it is recorded (AT-025).

Source: the article on the Jinzhou measures, 一.3 (四不一直 in its four flags). Invariant: a plan concerns the city
alone, so neither feed, page nor question tells it to county, township, village or unit; with the record it is theirs
to see. A visit has no running number, or a gap would tell of a plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from kernel.grounds import must_cover, not_before, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Text
from kernel.part import Part, each
from programmes.readers import inspection
from programmes.refusals import NOT_A_CITY
from programmes.roles import CITIES, DIGITS, PROVINCE
from services.attendance.register.state import programme_and_area
from services.attendance.visits.refusals import (
    MANNER_MISSING,
    MANNER_UNKNOWN,
    VISIT_DAY_PAST,
    VISIT_ELSEWHERE,
    VISIT_NOT_OF_VILLAGE,
    VISIT_RECORDED,
    VISIT_UNKNOWN,
)

RULE = inspection.MANNER.path


class VisitPlanned(Event, title="列入不打招呼检查"):
    """``inspector`` means to visit ``village`` on ``day``."""

    rule: ClassVar[str | None] = RULE
    areas: ClassVar[tuple[str, ...]] = ("inspector",)

    programme: Key
    inspector: Area
    visit: Key
    village: Area
    day: date


class VisitRecorded(Event, title="登记不打招呼检查"):
    """The visit took place; ``manner`` are those of the printed flags that hold for it."""

    rule: ClassVar[str | None] = RULE
    areas: ClassVar[tuple[str, ...]] = ("village", "inspector")

    programme: Key
    inspector: Area
    visit: Key
    village: Area
    manner: tuple[Line, ...]
    finding: Text


class PlanVisit(Command, title="列入不打招呼检查", roles=PROVINCE | CITIES, concerns=("inspector",)):
    """Plan a visit of a village of the city; who is inspected does not learn of it."""

    programme: Key
    inspector: Area
    village: Area
    day: date


class RecordVisit(Command, title="登记不打招呼检查", roles=PROVINCE | CITIES, concerns=("inspector",)):
    """Record a visit, a planned one by its number ``visit``."""

    programme: Key
    inspector: Area
    village: Area
    manner: tuple[Line, ...]
    finding: Text
    visit: Key | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """The village, since when the plan stands, and the day the visit was recorded."""

    village: str
    since: date
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Visits:
    """The visits of one city."""

    known: Mapping[str, Planned] = field(default_factory=dict)


def plan(state: Visits, command: PlanVisit) -> Sequence[VisitPlanned]:
    """VisitPlanned. Raises Rejected: ``visit_day_past``, and as ``_placed``."""
    _placed(command)
    on = command.context.occurred_on
    if command.day < on:
        raise VISIT_DAY_PAST(day=command.day, on=on, rule=RULE)
    return (VisitPlanned.carrying(command, visit=command.context.new_id("visit")),)


def record(state: Visits, command: RecordVisit) -> Sequence[VisitRecorded]:
    """VisitRecorded.

    Raises:
        Rejected: ``manner_missing``, ``manner_unknown``, ``visit_unknown``, ``visit_recorded``, ``visit_elsewhere``,
            ``date_before_ground``, and as ``_placed``.
    """
    known = _placed(command)
    if not command.manner:
        raise MANNER_MISSING(known=known, rule=RULE)
    for manner in command.manner:
        if manner not in known:
            raise MANNER_UNKNOWN(manner=manner, known=known, rule=RULE)
    told = tuple(dict.fromkeys(command.manner))
    if command.visit is None:
        return (VisitRecorded.carrying(command, visit=command.context.new_id("visit"), manner=told),)
    planned = state.known.get(command.visit)
    if planned is None:
        raise VISIT_UNKNOWN(visit=command.visit)
    if planned.recorded_on is not None:
        raise VISIT_RECORDED(visit=command.visit, on=planned.recorded_on, rule=RULE)
    if planned.village != command.village:
        raise VISIT_ELSEWHERE(visit=command.visit, village=planned.village, rule=RULE)
    not_before(command, planned.since, "列入计划", RULE)
    return (VisitRecorded.carrying(command, visit=command.visit, manner=told),)


def _placed(command: PlanVisit | RecordVisit) -> Sequence[str]:
    """The printed flags.

    Raises:
        Rejected: ``rule_unknown``, ``not_a_city``, ``foreign_area``, ``visit_not_of_village``.
    """
    known = rules_of(command).value(inspection.MANNER)
    if len(command.inspector) != DIGITS["city"]:
        raise NOT_A_CITY(city=command.inspector)
    must_cover(command.context.actor, command.inspector, field="inspector", rule=RULE)
    if len(command.village) != DIGITS["village"] or not command.village.startswith(command.inspector):
        raise VISIT_NOT_OF_VILLAGE(village=command.village)
    return known


def planned(state: Visits, event: VisitPlanned) -> Visits:
    """The state after VisitPlanned."""
    return replace(state, known={**state.known, event.visit: Planned(event.village, event.occurred_on)})


def recorded(state: Visits, event: VisitRecorded) -> Visits:
    """The state after VisitRecorded."""
    since = state.known[event.visit].since if event.visit in state.known else event.occurred_on
    return replace(state, known={**state.known, event.visit: Planned(event.village, since, event.occurred_on)})


VISITS: Part[Visits] = Part(
    "visits/{programme}.{inspector}",
    Visits(),
    decides=(plan, record),
    evolve=each(planned, recorded),
    scope=programme_and_area,
)
"""The visits of one city without notice."""
