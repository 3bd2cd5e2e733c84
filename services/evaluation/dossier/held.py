"""Sealed sheets that came in before the profile they were sealed under: held until it is here.

Invariant: in either order of arrival the same sheets are in the bags.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from kernel.messages import Area, Event, Key, Line, Order
from kernel.part import Part, each

Sheet = tuple[str, str, int]
"""Posting, month and version."""


class SheetHeld(Event, title="月考勤盖章抄录"):
    """A sheet sealed on ``occurred_on`` waits for the profile versions ``needs`` (as "LN2018:1+JZ:1")."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    target: Area
    month: Line
    version: int
    needs: str


class SheetReleased(Event, title="月考勤盖章抄录办结"):
    """The sheet waits no longer."""

    programme: Key
    posting: Key
    month: Line
    version: int


class HoldSheet(Order):
    """Hold a sheet until its profile arrives."""

    programme: Key
    posting: Key
    target: Area
    month: Line
    version: int
    needs: str


class ReleaseSheet(Order):
    """Let a sheet go."""

    programme: Key
    posting: Key
    month: Line
    version: int


Held = Mapping[Sheet, SheetHeld]
"""The sheets of one programme that are held, in the order in which they came."""


def hold(held: Held, command: HoldSheet) -> Sequence[SheetHeld]:
    """The sheet is held, once."""
    return () if _key(command) in held else (SheetHeld.carrying(command),)


def release(held: Held, command: ReleaseSheet) -> Sequence[SheetReleased]:
    """The sheet goes, if it is held."""
    return (SheetReleased.carrying(command),) if _key(command) in held else ()


def _key(said: HoldSheet | ReleaseSheet | SheetHeld | SheetReleased) -> Sheet:
    return said.posting, said.month, said.version


def _held(held: Held, event: SheetHeld) -> Held:
    return {**held, _key(event): event}


def _released(held: Held, event: SheetReleased) -> Held:
    return {key: one for key, one in held.items() if key != _key(event)}


HELD: Final[Part[Held]] = Part("dossier-held/{programme}", {}, decides=(hold, release), evolve=each(_held, _released))
"""The sheets of one programme that wait for the rules."""
