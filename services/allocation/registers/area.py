"""Divisions: the register of cities, counties, townships and villages by code.

Invariant: a code nests in its parent's code, each unit of registration (the province with its cities, a county with all
inside it) is entered once in an edition, and nothing is ever found by name alone (铁西区 stands twice).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kernel.messages import Area, Command, Event, Key, Line, Order
from programmes.roles import PROVINCE
from services.allocation.registers.refusals import AREA_ORPHAN, AREA_REGISTERED, AREA_ROOT_MISSING, AREA_TWICE

PARENT_LENGTH = {4: 2, 6: 4, 9: 6, 12: 9}


@dataclass(frozen=True, slots=True)
class Division:
    """One division: its code (2, 4, 6, 9 or 12 digits) and its name in the edition."""

    code: Area
    name: Line


@dataclass(frozen=True, slots=True)
class AreaUnit:
    """A unit of registration: ``root`` and everything registered with it, the root itself first."""

    root: Area
    divisions: tuple[Division, ...]


class RegisterAreas(Command, title="登记区划", roles=PROVINCE, concerns=("units.root",)):
    """Register divisions of one edition, one event a unit."""

    edition: Key
    units: tuple[AreaUnit, ...]


class RegisterAreaUnit(Order):
    """Register one unit."""

    edition: Key
    unit: AreaUnit


class AreasRegistered(Event, title="区划登记"):
    """The divisions of ``root`` stand in the register of ``edition``."""

    edition: str
    root: Area
    divisions: tuple[Division, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """Divisions of one stream by code, the (edition, root) pairs already entered, and where codes that are ``gone``
    lead, each from which day."""

    names: Mapping[str, str] = field(default_factory=dict)
    entered: frozenset[tuple[str, str]] = frozenset()
    gone: Mapping[str, tuple[str, date]] = field(default_factory=dict)

    def holds(self, code: str) -> bool:
        """True where ``code`` is registered and not gone."""
        return code in self.names and code not in self.gone


def decide(state: Register, command: RegisterAreaUnit) -> Sequence[AreasRegistered]:
    """Enter one unit of divisions."""
    unit = command.unit
    if (command.edition, unit.root) in state.entered:
        raise AREA_REGISTERED(root=unit.root, edition=command.edition)
    seen: set[str] = set()
    for division in unit.divisions:
        _check(division.code, unit.root, seen)
        seen.add(division.code)
    if unit.root not in seen:
        raise AREA_ROOT_MISSING(root=unit.root)
    return [AreasRegistered.carrying(command, unit)]


def _check(code: str, root: str, seen: set[str]) -> None:
    if code in seen:
        raise AREA_TWICE(area=code)
    if code == root:
        return
    parent = code[: PARENT_LENGTH.get(len(code), 0)]
    if not code.startswith(root) or parent not in seen:
        raise AREA_ORPHAN(area=code, parent=parent or "（无）", root=root)


def evolve(state: Register, event: Any) -> Register:
    """The register with the divisions of one more unit."""
    if isinstance(event, AreasRegistered):
        names = {**state.names, **{d.code: d.name for d in event.divisions}}
        return replace(state, names=names, entered=state.entered | {(event.edition, event.root)})
    return state
