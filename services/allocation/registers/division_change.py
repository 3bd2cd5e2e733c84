"""Divisions change: a village or township is merged, renamed or moved on a day, by a document; old codes stay known.

Invariant: a code leads to one other from its day on and to itself before; what is gone is opened, tied and registered
no more; nobody's village is left behind under a township that is gone (X-056).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Literal

from kernel.messages import Area, Command, Event, Few, Line, Order
from kernel.part import Part
from programmes.roles import PROVINCE
from services.allocation.refusals import AREA_UNKNOWN
from services.allocation.registers import area
from services.allocation.registers.area import PARENT_LENGTH, Register
from services.allocation.registers.refusals import (
    CHANGE_SHAPE,
    DIVISION_LEFT_BEHIND,
    DIVISION_PARENT,
    DIVISION_TAKEN,
)
from services.allocation.words import CODE_LENGTH

Kind = Literal["merged", "renamed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """The divisions ``codes`` are ``code`` from that day on, called ``name``. A renamed one keeps its code."""

    kind: Kind
    codes: Few[Area]
    code: Area
    name: Line


class ChangeDivisions(Command, title="登记区划变更", roles=PROVINCE, concerns=("changes.code", "changes.codes")):
    """Divisions change on the command's date by ``document``; a township comes before the villages in it."""

    document: Line
    changes: tuple[Change, ...]


class RegisterChange(Order):
    """One change in the register of its new code. ``missing`` are old codes that stand in no register, ``left`` the
    villages that nobody says where they went."""

    document: str
    change: Change
    missing: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class LeaveRegister(Order):
    """Codes of this register lead to one of another city's."""

    document: str
    codes: tuple[str, ...]
    code: str


class DivisionChanged(Event, title="区划变更"):
    """``codes`` are ``code`` from ``occurred_on`` on; ``kind`` merged, renamed or moved, by ``document``."""

    areas: ClassVar[tuple[str, ...]] = ("codes", "code")

    kind: str
    codes: tuple[str, ...]
    code: Area
    name: str
    document: str


class DivisionGone(Event, title="区划划出"):
    """``codes`` of this register lead to ``code`` of another one."""

    codes: tuple[str, ...]
    code: str
    document: str


def change(state: Register, command: RegisterChange) -> Sequence[DivisionChanged]:
    """Register one change.

    Raises:
        Rejected: ``area_unknown`` for a code that stands nowhere or is gone, ``change_shape``, ``division_taken``,
            ``division_parent``, ``division_left_behind``.
    """
    asked = command.change
    if command.missing:
        gone = state.gone.get(command.missing[0])
        accepted = f"{gone[0]}（自 {gone[1]}）" if gone else "已登记的乡镇或村代码"
        raise AREA_UNKNOWN(area=command.missing[0], field="changes.codes", accepted=accepted)
    _must_have_shape(asked, state)
    if state.holds(asked.code) and asked.code not in asked.codes:
        raise DIVISION_TAKEN(area=asked.code, name=state.names[asked.code])
    parent = asked.code[: PARENT_LENGTH[len(asked.code)]]
    if not state.holds(parent):
        raise DIVISION_PARENT(area=asked.code, parent=parent)
    if command.left:
        raise DIVISION_LEFT_BEHIND(area=asked.codes[0], left_count=len(command.left), left=command.left)
    return [DivisionChanged.carrying(command, asked)]


def leave(state: Register, command: LeaveRegister) -> Sequence[DivisionGone]:
    """Where codes of this register went."""
    return [DivisionGone.carrying(command)]


def _must_have_shape(asked: Change, state: Register) -> None:
    shapes: Mapping[str, bool] = {
        "merged": len(set(asked.codes)) > 1,
        "moved": len(asked.codes) == 1 and asked.codes != (asked.code,),
        "renamed": asked.codes == (asked.code,) and state.names.get(asked.code) != asked.name,
    }
    lengths = {len(code) for code in (*asked.codes, asked.code)}
    if not shapes[asked.kind] or len(lengths) != 1 or not lengths <= set(CODE_LENGTH.values()):
        raise CHANGE_SHAPE(codes=asked.codes, area=asked.code)


def evolve(state: Register, event: Any) -> Register:
    """The register after one more event."""
    match event:
        case DivisionChanged():
            names = {**state.names, event.code: event.name}
            gone = _gone(state, event.codes, event.code, event.occurred_on)
            return replace(state, names=names, gone={k: v for k, v in gone.items() if k != event.code})
        case DivisionGone():
            return replace(state, gone=_gone(state, event.codes, event.code, event.occurred_on))
    return area.evolve(state, event)


def _gone(state: Register, codes: Sequence[str], code: str, on: date) -> Mapping[str, tuple[str, date]]:
    return {**state.gone, **{old: (code, on) for old in codes if old != code}}


AREAS: Part[Register] = Part("areas/{root}", Register(), decides=(area.decide, change, leave), evolve=evolve)
