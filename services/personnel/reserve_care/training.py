"""Training: the county's yearly plan with its funds, and what a reserve took part in.

Invariant: only one session of the printed length meets the obligation; days of several sessions are never added up, and
courses for a degree, for a skill or outside the county stand beside it (PE-080, PE-092).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from kernel.calendar import add_months
from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Few, Key, Line, Order
from kernel.part import Part
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.reserve import SESSION_DAYS, SESSIONS, TRAINING_KINDS, TRAINING_PLANNER, WITHIN
from programmes.roles import COUNTIES, TOWNSHIPS, called
from programmes.texts import impersonal
from services.personnel.persons.refusals import CHOICE_UNKNOWN
from services.personnel.reserve_care.records import begun
from services.personnel.reserve_care.refusals import RESERVE_DAYS_MISSING, TRAINING_PLAN_FILED, TRAINING_SUM_NEGATIVE
from services.personnel.reserves.candidate import OfReserve, Reserve
from services.personnel.scopes import programme_of

Sessions = frozenset[str]


class FileTrainingPlan(Command, title="制定后备干部培训计划", roles=COUNTIES | TOWNSHIPS, concerns=("county",)):
    """File the plan of a calendar year: its sessions by key, how many persons, and the funds in fen."""

    programme: Key
    county: Area
    year: int
    sessions: Few[Key]
    persons: int
    funds_fen: int


class RecordReserveTraining(Command, title="登记后备干部培训", roles=COUNTIES | TOWNSHIPS, concerns=("reserve",)):
    """Record that a reserve was trained ``days`` from the command's date on; ``session`` is one of a year's plan."""

    reserve: Key
    kind: Key
    mode: Line
    content: Line
    days: int
    session: Key = ""


class TrainReserve(Order):
    """The same, told whether the session stands in the plan of the county and year."""

    asked: RecordReserveTraining
    planned: bool


class TrainingPlanFiled(Event, title="制定后备干部培训计划"):
    """The plan of a year."""

    rule = TRAINING_PLANNER.path
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: Key
    county: Area
    year: int
    sessions: tuple[Key, ...]
    persons: int
    funds_fen: int


class ReserveTrainingRecorded(OfReserve, title="后备干部培训"):
    """A reserve was trained; ``planned`` where the session stands in the year's plan (PE-096)."""

    rule = SESSION_DAYS.path

    number: int
    kind: Key
    mode: Line
    content: Line
    days: int
    session: Key
    planned: bool


class TrainingObligationMet(OfReserve, title="达到集中培训要求"):
    """The obligation of the ``period``-th span from entry on is met, which runs up to ``until``."""

    rule = SESSION_DAYS.path

    period: int
    since: date
    until: date


def plan(filed: Sessions | None, command: FileTrainingPlan) -> list[TrainingPlanFiled]:
    """The plan, once a year (PE-096). Source: 青委组〔2017〕57号 二（二）.1.

    Raises:
        Rejected: ``not_your_business``, ``plan_filed``, ``sum_negative``.
    """
    planner = rules_of(command).value(TRAINING_PLANNER)
    if command.context.actor.role != planner:
        raise NOT_YOUR_BUSINESS(
            act="后备干部培训计划", organ=called(planner), field="county", rule=TRAINING_PLANNER.path
        )
    if filed is not None:
        raise TRAINING_PLAN_FILED(year=command.year)
    for name in ("persons", "funds_fen"):
        if getattr(command, name) < 0:
            raise TRAINING_SUM_NEGATIVE(field=name, rule=TRAINING_PLANNER.path)
    return [TrainingPlanFiled.carrying(command)]


def train(state: Reserve, order: TrainReserve) -> list[ReserveTrainingRecorded | TrainingObligationMet]:
    """The training, and whether it meets the obligation (PE-080, PE-092). Source: 青委组〔2017〕57号 二（二）.1.

    Raises:
        Rejected: ``not_active``, ``date_before_ground``, ``choice_unknown``, ``days_missing``.
    """
    asked, rules = order.asked, rules_of(order)
    begun(state, order)
    kinds = rules.value(TRAINING_KINDS)
    if asked.kind not in kinds:
        raise CHOICE_UNKNOWN(field="kind", rule=TRAINING_KINDS.path, choices=kinds)
    if asked.days < 1:
        raise RESERVE_DAYS_MISSING(rule=SESSION_DAYS.path)
    trained = ReserveTrainingRecorded.carrying(
        asked,
        state,
        number=state.records.get("training", 0) + 1,
        mode=impersonal(asked.mode, "mode"),
        content=impersonal(asked.content, "content"),
        planned=order.planned,
    )
    if asked.kind != kinds[0] or asked.days < rules.value(SESSION_DAYS):
        return [trained]
    period, since, until = span(state, order.context.occurred_on, rules.value(WITHIN))
    if state.sessions.get(period, 0) + 1 != rules.value(SESSIONS):
        return [trained]
    return [trained, TrainingObligationMet.carrying(order, state, period=period, since=since, until=until)]


def span(state: Reserve, on: date, months: int) -> tuple[int, date, date]:
    """The span from entry on in which a day lies: its number, first and last day."""
    entered, number = state.since or on, 0
    while add_months(entered, months * (number + 1)) <= on:
        number += 1
    return number + 1, add_months(entered, months * number), add_months(entered, months * (number + 1)) - timedelta(1)


def evolve(state: Reserve, event: Event) -> Reserve:
    """The reserve after a training."""
    match event:
        case ReserveTrainingRecorded():
            return state.recording("training")
        case TrainingObligationMet():
            met: Mapping[int, int] = {**state.sessions, event.period: state.sessions.get(event.period, 0) + 1}
            return replace(state, sessions=met)
    return state


def _filed(filed: Sessions | None, event: Event) -> Sessions | None:
    return frozenset(event.sessions) if isinstance(event, TrainingPlanFiled) else filed


TRAINING_PLAN = Part(
    "reserve-training-plan/{programme}.{county}.{year}", None, decides=(plan,), evolve=_filed, scope=programme_of
)
"""The plan of a county and year."""
