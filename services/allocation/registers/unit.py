"""Sending units: who manages them, and the villages and townships they helped before.

Invariant: a unit belongs to one channel, and only that channel speaks for it. The channel of a city's or county's unit
is the code of its division, so no unit's own id looks like one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kernel.messages import Area, Command, Event, Few, Key, Line
from kernel.part import Part
from programmes.readers.placement import UnitLevel
from programmes.roles import MANAGERS
from services.allocation.grounds import must_manage
from services.allocation.refusals import UNIT_UNKNOWN
from services.allocation.registers.refusals import TIE_NOT_VILLAGE, UNIT_LIKE_AREA, UNIT_REGISTERED
from services.allocation.words import CODE_LENGTH


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


@dataclass(frozen=True, slots=True)
class Unit:
    """A registered unit with its ties."""

    unit: str
    channel: str
    level: str
    helped: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    name: str = ""

    @property
    def ties(self) -> tuple[str, ...]:
        """All villages and townships the unit is tied to."""
        return self.helped + self.contacts


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
    for field in ("helped", "contacts"):
        for code in getattr(command, field):
            if len(code) not in CODE_LENGTH.values():
                raise TIE_NOT_VILLAGE(village=code, field=field)
    return [HelpTiesRecorded.carrying(command)]


def evolve(state: Unit | None, event: Event) -> Unit | None:
    """The unit after one more event."""
    match event:
        case UnitRegistered():
            return Unit(event.unit, event.channel, event.level, name=event.name)
        case HelpTiesRecorded() if state is not None:
            return replace(state, helped=event.helped, contacts=event.contacts)
    return state


UNIT: Part[Unit | None] = Part("unit/{unit}", None, decides=(register, record_ties), evolve=evolve)
