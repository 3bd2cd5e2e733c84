"""Sending units as allocation registered them: which channel manages a unit.

Invariant: a unit stands under one channel; the last note wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from kernel.messages import Event, Key, Line, Order
from kernel.part import Part


class UnitNoted(Event, title="单位抄录"):
    """A unit that allocation registered."""

    unit: Key
    name: Line
    channel: Key
    level: str


class NoteUnit(Order):
    """Record a registered unit."""

    unit: Key
    name: Line
    channel: Key
    level: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A sending unit."""

    unit: str
    name: str
    channel: str
    level: str


def decide(state: Unit | None, command: NoteUnit) -> list[UnitNoted]:
    """Note the unit unless it stands here with the same data."""
    if state == Unit(command.unit, command.name, command.channel, command.level):
        return []
    return [UnitNoted.carrying(command)]


def evolve(state: Unit | None, event: Event) -> Unit | None:
    """The unit as last noted."""
    return Unit(event.unit, event.name, event.channel, event.level) if isinstance(event, UnitNoted) else state


UNIT = Part("unit/{unit}", None, decides=(decide,), evolve=evolve)
"""One sending unit, as it was noted here."""
