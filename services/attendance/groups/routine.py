"""The routine of a township's work group: a record of each kind once in its period (AT-028).

Source: the article on the Jinzhou measures, 三.3, told of one group as an example. Advisory: nobody owes it, and what
is missing is listed of groups that keep it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import ClassVar, Final

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Text
from kernel.part import Part, each
from programmes.readers import group
from programmes.roles import DIGITS, TOWNSHIPS
from services.attendance.groups.refusals import GROUP_NOT_OF_TOWNSHIP, ROUTINE_DONE, ROUTINE_UNKNOWN
from services.attendance.register.state import programme_and_area

RULE: Final = group.ROUTINE.path


class GroupRoutineKept(Event, title="工作组日常管理登记"):
    """The work group of ``area`` made its record of ``kind`` for the period that began on ``period``."""

    rule: ClassVar[str | None] = RULE
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: Key
    area: Area
    kind: Line
    rhythm: Key
    period: date
    text: Text


class KeepGroupRoutine(Command, title="登记工作组日常管理", roles=TOWNSHIPS, concerns=("area",)):
    """Make the record of one kind for the period in which the day of the command lies."""

    programme: Key
    area: Area
    kind: Line
    text: Text


@dataclass(frozen=True, slots=True)
class Routine:
    """The days of what a group recorded, by kind and first day of the period."""

    kept: Mapping[tuple[str, date], date] = field(default_factory=dict)


def keep(state: Routine, command: KeepGroupRoutine) -> Sequence[GroupRoutineKept]:
    """GroupRoutineKept.

    Raises:
        Rejected: ``group_not_of_township``, ``foreign_area``, ``routine_unknown``, ``routine_done``, ``rule_unknown``.
    """
    kinds = rules_of(command).value(group.ROUTINE)
    if len(command.area) != DIGITS["township"]:
        raise GROUP_NOT_OF_TOWNSHIP(area=command.area)
    must_cover(command.context.actor, command.area, field="area", rule=RULE)
    rhythm = kinds.get(command.kind)
    if rhythm is None:
        raise ROUTINE_UNKNOWN(kind=command.kind, kinds=tuple(kinds))
    period = first_day(rhythm, command.context.occurred_on)
    done = state.kept.get((command.kind, period))
    if done is not None:
        raise ROUTINE_DONE(kind=command.kind, since=period, on=done)
    return (GroupRoutineKept.carrying(command, rhythm=rhythm, period=period),)


def first_day(rhythm: str, day: date) -> date:
    """The first day of the ``rhythm`` (day, week from Monday, month) in which ``day`` lies."""
    match rhythm:
        case "month":
            return day.replace(day=1)
        case "week":
            return day - timedelta(days=day.weekday())
    return day


def kept(state: Routine, event: GroupRoutineKept) -> Routine:
    """The state after GroupRoutineKept."""
    return replace(state, kept={**state.kept, (event.kind, event.period): event.occurred_on})


ROUTINE: Part[Routine] = Part(
    "group/{programme}.{area}", Routine(), decides=(keep,), evolve=each(kept), scope=programme_and_area
)
"""The routine of one township's work group."""
