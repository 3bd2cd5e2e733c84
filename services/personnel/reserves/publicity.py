"""Publicities: a notice posted in a village for full working days, the day of posting not counted.

Invariant: a step is done when every place the profile names had its notice for the full time; two places that are one
village need one notice (PE-087). Which days are working days is told by the calendar, never by the command.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Few, Key, Line, Order
from programmes.procedure import Procedure
from programmes.readers.procedure import Publicity, Step
from programmes.roles import COUNTIES, TOWNSHIPS
from programmes.texts import impersonal
from programmes.working_days import WorkingDays
from services.personnel.reserves.candidate import PROCEDURES, OfReserve, ProcedureName, Reserve, stands_as
from services.personnel.reserves.refusals import (
    NO_PUBLICITY,
    PUBLICITY_ELSEWHERE,
    PUBLICITY_NOT_POSTED,
    PUBLICITY_POSTED,
    PUBLICITY_RUNNING,
)


class OpenPublicity(Command, title="张贴公示", roles=TOWNSHIPS | COUNTIES, concerns=("reserve",)):
    """Post the publicity of a reserve in one village on the command's date; ``stage`` is the step of the procedure."""

    reserve: Key
    stage: Key
    place: Area


class PostPublicity(Order):
    """The same, told the calendar."""

    stage: Key
    place: Area
    calendar: WorkingDays


class ClosePublicity(Command, title="公示期满", roles=TOWNSHIPS | COUNTIES, concerns=("reserve",)):
    """Close a publicity that ran its full time; ``objections`` are what was heard, without names."""

    reserve: Key
    stage: Key
    place: Area
    objections: Few[Line] = ()


class OfPublicity(OfReserve, base=True):
    """What is said of a publicity: it rests on the procedure whose step it is."""

    areas: ClassVar[tuple[str, ...]] = ("village", "place")

    procedure: ProcedureName
    stage: Key
    place: Area

    @property
    def rule(self) -> str:  # type: ignore[override]
        """The path of the procedure."""
        return PROCEDURES[self.procedure].path


class PublicityOpened(OfPublicity, title="张贴公示"):
    """A notice was posted. ``decidable`` is the first day behind its full working days; ``assumed`` where the length is
    not printed, ``calendar_assumed`` where of one day at least no annual notice is known."""

    working_days: int
    decidable: date
    assumed: bool
    calendar_assumed: bool


class PublicityClosed(OfPublicity, title="公示期满"):
    """The notice stood its full time; ``complete`` where every place of the step has had its own."""

    objections: tuple[Line, ...]
    complete: bool


def post(state: Reserve, command: PostPublicity) -> list[PublicityOpened]:
    """The posting (PE-078, PE-079, PE-087). Source: 青委组〔2017〕57号 二（一）.3, 二（三）.3.

    Raises:
        Rejected: ``no_publicity``, ``publicity_elsewhere``, ``publicity_posted``, and as ``Procedure.admit``.
    """
    name, step, shown = _step(state, command, command.stage)
    places, rule = _places(state, shown), PROCEDURES[name].path
    if command.place not in places:
        raise PUBLICITY_ELSEWHERE(place=command.place, places=places, rule=rule)
    if (step.step, command.place) in state.posted:
        raise PUBLICITY_POSTED(place=command.place, rule=rule)
    reached = command.calendar.open_until(command.context.occurred_on, shown.working_days)
    return [
        PublicityOpened.carrying(
            command,
            state,
            procedure=name,
            working_days=shown.working_days,
            decidable=reached.day,
            assumed=shown.assumed,
            calendar_assumed=reached.assumed,
        )
    ]


def close(state: Reserve, command: ClosePublicity) -> list[PublicityClosed]:
    """The end of a posting, not before its last working day is over.

    Raises:
        Rejected: ``publicity_not_posted``, ``publicity_running``, and as ``post``.
    """
    name, step, shown = _step(state, command, command.stage)
    key, rule, on = (step.step, command.place), PROCEDURES[name].path, command.context.occurred_on
    since = state.posted.get(key)
    if since is None or key in state.closed:
        raise PUBLICITY_NOT_POSTED(place=command.place, rule=rule)
    if on < since:
        raise PUBLICITY_RUNNING(days=shown.working_days, on=on, since=since, rule=rule)
    over = {place for stage, place in (*state.closed, key) if stage == step.step}
    return [
        PublicityClosed.carrying(
            command,
            state,
            procedure=name,
            objections=tuple(impersonal(text, "objections") for text in command.objections),
            complete=over >= set(_places(state, shown)),
        )
    ]


def _step(state: Reserve, command: PostPublicity | ClosePublicity, stage: str) -> tuple[ProcedureName, Step, Publicity]:
    name: ProcedureName = "reserve" if state.status == "candidate" else "reserve_use"
    if name == "reserve_use":
        stands_as(state, "active")
    procedure, rules = PROCEDURES[name], rules_of(command)
    step = procedure.admit(command, stage, state.subject, state.done(name), rules, field="stage")
    if step.publicity is None:
        raise NO_PUBLICITY(stage=step.title, stages=_stages(procedure, command), rule=procedure.path)
    return name, step, step.publicity


def _stages(procedure: Procedure, command: Command) -> list[str]:
    return [step.step for step in rules_of(command).value(procedure.reader) if step.publicity]


def _places(state: Reserve, shown: Publicity) -> list[str]:
    parties = state.subject.parties
    return list(dict.fromkeys(parties[place] for place in shown.places if place in parties))


def evolve(state: Reserve, event: Event) -> Reserve:
    """The reserve after a posting or its end."""
    match event:
        case PublicityOpened():
            return replace(state, posted={**state.posted, (event.stage, event.place): event.decidable})
        case PublicityClosed():
            over = replace(state, closed=state.closed | {(event.stage, event.place)})
            return over.taking(event.procedure, event.stage, event.occurred_on) if event.complete else over
    return state
