"""Divisions: the register of cities, counties, townships and villages by code.

Invariant: a code nests in its parent's code, each unit of registration (the province with its cities, a county with all
inside it) is entered once in an edition, and nothing is ever found by name alone (铁西区 stands twice).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kernel.messages import Area, Command, Event, Key, Line, Order, Rejected
from kernel.part import Part
from programmes.roles import PROVINCE
from services.allocation.grounds import must_cover

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


class RegisterAreas(Command, title="登记区划", roles=PROVINCE):
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
    """Divisions of one stream by code, and the (edition, root) pairs already entered."""

    names: Mapping[str, str] = field(default_factory=dict)
    entered: frozenset[tuple[str, str]] = frozenset()

    def holds(self, code: str) -> bool:
        """True where ``code`` is registered."""
        return code in self.names


def decide(state: Register, command: RegisterAreaUnit) -> Sequence[AreasRegistered]:
    """Enter one unit of divisions."""
    unit = command.unit
    must_cover(command.context.actor, unit.root, field="units.root")
    if (command.edition, unit.root) in state.entered:
        raise Rejected(
            "area_registered",
            f"区划 {unit.root}（{command.edition}）已登记。",
            field="units",
            accepted="尚未登记的区划或新的版本",
        )
    seen: set[str] = set()
    for division in unit.divisions:
        _check(division.code, unit.root, seen)
        seen.add(division.code)
    if unit.root not in seen:
        raise Rejected("area_root_missing", f"缺少 {unit.root} 本身。", field="units", accepted=unit.root)
    return [
        AreasRegistered(
            occurred_on=command.context.occurred_on,
            edition=command.edition,
            root=unit.root,
            divisions=unit.divisions,
        )
    ]


def _check(code: str, root: str, seen: set[str]) -> None:
    if code in seen:
        raise Rejected("area_twice", f"区划代码 {code} 出现两次。", field="units", accepted="每个代码一次")
    if code == root:
        return
    parent = code[: PARENT_LENGTH.get(len(code), 0)]
    if not code.startswith(root) or parent not in seen:
        raise Rejected(
            "area_orphan",
            f"区划代码 {code} 的上级 {parent or '（无）'} 不在 {root} 之内或未先列出。",
            field="units",
            accepted="上级在前，下级代码以上级代码开头",
        )


def evolve(state: Register, event: Any) -> Register:
    """The register with the divisions of one more unit."""
    if isinstance(event, AreasRegistered):
        names = {**state.names, **{d.code: d.name for d in event.divisions}}
        return Register(names, state.entered | {(event.edition, event.root)})
    return state


AREAS: Part[Register] = Part("areas/{root}", Register(), decides=(decide,), evolve=evolve)
