"""Reserve cadres of a village by number: progress while the years of building run, a shortfall from the day after.

Invariant: only active reserves count, each person once; whoever is removed or used in a post counts no longer. Before
the last day nothing is short, after it every village below the number is, at once when somebody leaves (AL-080).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal, get_args

from kernel.calendar import add_months
from kernel.grounds import rules_of
from kernel.messages import OWN, Area, Command, Event, Key, Order
from kernel.part import Part
from kernel.rules import Rules
from programmes.readers.demand import BUILD_FROM, BUILD_MONTHS, RESERVES_REQUIRED
from programmes.roles import CALENDAR, COUNTIES, PROVINCE, SYSTEM
from services.allocation.words import programme_and_area

Cause = Literal["ReserveActivated", "ReserveAppointed", "ReserveRemoved"]
CAUSES: Mapping[str, Cause] = {cause: cause for cause in get_args(Cause)}


class NoteReserve(Order):
    """Personnel says that a person is an active reserve of the village now, or no longer; ``cause`` is its event."""

    programme: str
    village: str
    person: str
    cause: Cause


class CheckReserves(Command, title="核对后备干部人数", roles=PROVINCE | COUNTIES | SYSTEM | CALENDAR, concerns=OWN):
    """Look on ``as_of`` which villages of the programme have fewer reserves than they must."""

    programme: Key
    as_of: date


class CheckVillage(Order):
    """``CheckReserves`` for one village."""

    programme: str
    village: str
    as_of: date


class ReserveCounted(Event, title="后备干部计数"):
    """The village has ``active`` reserves now, ``missing`` to the number it must have; ``person`` came or went."""

    rule = RESERVES_REQUIRED.path
    areas: ClassVar[tuple[str, ...]] = ("village",)

    programme: str
    village: Area
    person: str
    cause: Cause
    active: int
    missing: int


class ReserveShortfall(Event, title="后备干部不足"):
    """The years of building are over since ``due`` and the village still lacks ``missing`` of ``required`` reserves."""

    rule = RESERVES_REQUIRED.path
    areas: ClassVar[tuple[str, ...]] = ("village",)

    programme: str
    village: Area
    due: date
    required: int
    active: int
    missing: int


@dataclass(frozen=True, slots=True)
class Reserves:
    """The active reserves of a village, and the shortfall that stands told (0: none)."""

    active: frozenset[str] = frozenset()
    short: int = 0


def last_day(rules: Rules) -> date:
    """The last day of the years of building; a shortfall exists from the day after. Source: 青委组〔2017〕57号 一."""
    return add_months(rules.value(BUILD_FROM), rules.value(BUILD_MONTHS))


def note(state: Reserves, command: NoteReserve) -> Sequence[ReserveCounted | ReserveShortfall]:
    """Count the village anew; a fact that changes nothing leaves no event."""
    joins = command.cause == "ReserveActivated"
    if joins == (command.person in state.active):
        return []
    active = state.active | {command.person} if joins else state.active - {command.person}
    required = rules_of(command).value(RESERVES_REQUIRED)
    counted = ReserveCounted.carrying(command, active=len(active), missing=max(0, required - len(active)))
    after = evolve(state, counted)
    return [counted, *_shortfall(after, command.village, command.context.occurred_on, command)]


def check(state: Reserves, command: CheckVillage) -> Sequence[ReserveShortfall]:
    """Tell the village's shortfall where the last day has passed; one that is told already is not told again."""
    return _shortfall(state, command.village, command.as_of, command)


def _shortfall(
    state: Reserves, village: str, on: date, command: NoteReserve | CheckVillage
) -> Sequence[ReserveShortfall]:
    rules = rules_of(command)
    required, due = rules.value(RESERVES_REQUIRED), last_day(rules)
    missing = max(0, required - len(state.active))
    if on <= due or missing <= state.short:
        return []
    return [
        ReserveShortfall(
            occurred_on=command.context.occurred_on,
            programme=command.programme,
            village=village,
            due=due,
            required=required,
            active=len(state.active),
            missing=missing,
        )
    ]


def evolve(state: Reserves, event: Event) -> Reserves:
    """The village after one more event. A reserve who joins reduces the shortfall that was recorded."""
    match event:
        case ReserveCounted():
            joins = event.cause == "ReserveActivated"
            active = state.active | {event.person} if joins else state.active - {event.person}
            return Reserves(active, min(state.short, event.missing))
        case ReserveShortfall():
            return replace(state, short=event.missing)
    return state


RESERVES: Part[Reserves] = Part(
    "reserve-number/{programme}.{village}", Reserves(), decides=(note, check), evolve=evolve, scope=programme_and_area
)
