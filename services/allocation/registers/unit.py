"""Sending units: who manages them, and the villages and townships they helped before.

Invariant: a unit belongs to one channel, and only that channel speaks for it. The channel of a city's or county's unit
is the code of its division, so no unit's own id looks like one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kernel.messages import Area, Command, Event, Few, Key, Line, Order
from kernel.part import Part
from programmes.readers.placement import UnitLevel
from programmes.roles import MANAGERS
from services.allocation.grounds import must_manage
from services.allocation.refusals import UNIT_UNKNOWN
from services.allocation.registers.refusals import TIE_NOT_VILLAGE, UNIT_LIKE_AREA, UNIT_REGISTERED
from services.allocation.registers.unit_change import (
    UnitMerged,
    UnitMoved,
    UnitRenamed,
    UnitSplit,
    end,
    move,
    must_be_live,
    rename,
)
from services.allocation.registers.unit_state import Unit
from services.allocation.words import CODE_LENGTH

__all__ = ["UNIT", "Unit"]


class RegisterUnit(Command, title="登记派出单位", roles=MANAGERS, concerns=("channel",)):
    """Register a sending unit under the channel that manages it."""

    unit: Key
    name: Line
    channel: Key
    level: UnitLevel


class RecordHelpTies(Command, title="登记帮扶联系点", roles=MANAGERS, concerns=("unit",)):
    """Record the townships (9 digits) and villages (12) a unit helps and its leaders' contact points; they replace
    earlier ones."""

    unit: Key
    helped: Few[Area]
    contacts: Few[Area]


class FollowTies(Order):
    """Divisions are others now: ``codes`` maps the old ones to the new."""

    codes: Mapping[str, str]


class AdoptTies(Order):
    """Another unit is part of this one now: its ties come to these."""

    helped: tuple[str, ...]
    contacts: tuple[str, ...]


class UnitRegistered(Event, title="单位登记"):
    """A unit stands in the register."""

    unit: str
    name: str
    channel: str
    level: str

    def claims(self) -> tuple[str, ...]:
        """A printed name, blanks removed, belongs to one unit."""
        return (f"unit-name:{''.join(self.name.split())}",)


class HelpTiesRecorded(Event, title="帮扶关系登记"):
    """The help ties of a unit as they stand now."""

    unit: str
    helped: tuple[str, ...]
    contacts: tuple[str, ...]


def register(state: Unit | None, command: RegisterUnit) -> Sequence[UnitRegistered]:
    """Register the unit once."""
    if command.unit.isascii() and command.unit.isdigit():
        raise UNIT_LIKE_AREA(unit=command.unit)
    if state is not None:
        raise UNIT_REGISTERED(unit=command.unit)
    return [UnitRegistered.carrying(command)]


def record_ties(state: Unit | None, command: RecordHelpTies) -> Sequence[HelpTiesRecorded]:
    """Record ties; each is a village or a township (乡村: 辽组通字〔2018〕23号 四)."""
    if state is None:
        raise UNIT_UNKNOWN(unit=command.unit, field="unit")
    must_manage(command.context.actor, state.channel, "placement.propose", field="unit")
    must_be_live(state)
    for field in ("helped", "contacts"):
        for code in getattr(command, field):
            if len(code) not in CODE_LENGTH.values():
                raise TIE_NOT_VILLAGE(village=code, field=field)
    return [HelpTiesRecorded.carrying(command)]


def follow_ties(state: Unit | None, command: FollowTies) -> Sequence[HelpTiesRecorded]:
    """The ties with the new codes, each once (X-056)."""
    helped, contacts = (
        tuple(command.codes.get(code, code) for code in ties)
        for ties in ((state.helped, state.contacts) if state else ((), ()))
    )
    return _tied(state, helped, contacts, command)


def adopt_ties(state: Unit | None, command: AdoptTies) -> Sequence[HelpTiesRecorded]:
    """The ties with those of the other unit (X-056)."""
    if state is None:
        return []
    return _tied(state, state.helped + command.helped, state.contacts + command.contacts, command)


def _tied(
    state: Unit | None, helped: tuple[str, ...], contacts: tuple[str, ...], command: Order
) -> Sequence[HelpTiesRecorded]:
    """The ties, each once, where they are others."""
    once = tuple(dict.fromkeys(helped)), tuple(dict.fromkeys(contacts))
    if state is None or once == (state.helped, state.contacts):
        return []
    on = command.context.occurred_on
    return [HelpTiesRecorded(occurred_on=on, unit=state.unit, helped=once[0], contacts=once[1])]


def evolve(state: Unit | None, event: Event) -> Unit | None:
    """The unit after one more event."""
    match event:
        case UnitRegistered():
            return Unit(event.unit, event.channel, event.level, name=event.name)
        case HelpTiesRecorded() if state is not None:
            return replace(state, helped=event.helped, contacts=event.contacts)
        case UnitRenamed() if state is not None:
            return replace(state, name=event.name)
        case UnitMoved() if state is not None:
            return replace(state, channel=event.channel, level=event.level)
        case UnitMerged() if state is not None:
            return replace(state, successors=(event.into,))
        case UnitSplit() if state is not None:
            return replace(state, successors=event.parts)
    return state


UNIT: Part[Unit | None] = Part(
    "unit/{unit}", None, decides=(register, record_ties, follow_ties, adopt_ties, rename, move, end), evolve=evolve
)
