"""Units change: one is renamed, merged into another, split, or comes under another channel, on a day, by a document.

Invariant: the channel that manages the unit says so; a name that was borne stays the unit's, and a unit that is gone
becomes nothing further (X-056).
"""

from __future__ import annotations

from collections.abc import Sequence

from kernel.messages import Command, Event, Few, Key, Line, Order
from programmes.readers.placement import UnitLevel
from programmes.roles import MANAGERS
from services.allocation.grounds import must_manage
from services.allocation.refusals import UNIT_UNKNOWN
from services.allocation.registers.refusals import UNIT_CHANGE_SAME, UNIT_GONE
from services.allocation.registers.unit_state import Unit

_RULE = "placement.propose"


class RenameUnit(Command, title="登记单位更名", roles=MANAGERS, concerns=("unit",)):
    """The unit bears another name from the command's date on."""

    unit: Key
    name: Line
    document: Line


class MoveUnit(Command, title="登记单位划转", roles=MANAGERS, concerns=("unit",)):
    """The unit comes under another channel from the command's date on."""

    unit: Key
    channel: Key
    level: UnitLevel
    document: Line


class MergeUnit(Command, title="登记单位合并", roles=MANAGERS, concerns=("unit",)):
    """The unit is part of ``into`` from the command's date on."""

    unit: Key
    into: Key
    document: Line


class SplitUnit(Command, title="登记单位分设", roles=MANAGERS, concerns=("unit",)):
    """The unit is the units ``parts`` from the command's date on."""

    unit: Key
    parts: Few[Key]
    document: Line


class EndUnit(Order):
    """``MergeUnit`` or ``SplitUnit``; ``unknown`` are successors that are not registered, or gone themselves."""

    asked: MergeUnit | SplitUnit
    unknown: tuple[str, ...]


class UnitRenamed(Event, title="单位更名"):
    """The unit bears ``name``; it bore ``before``."""

    unit: str
    name: str
    channel: str
    before: str
    document: str

    def claims(self) -> tuple[str, ...]:
        """A printed name, blanks removed, belongs to one unit."""
        return (f"unit-name:{''.join(self.name.split())}",)


class UnitMoved(Event, title="单位划转"):
    """The unit is under ``channel``; it was under ``before``."""

    unit: str
    name: str
    channel: str
    level: str
    before: str
    document: str


class UnitMerged(Event, title="单位合并"):
    """The unit is part of ``into``."""

    unit: str
    into: str
    document: str


class UnitSplit(Event, title="单位分设"):
    """The unit is the units ``parts``."""

    unit: str
    parts: tuple[str, ...]
    document: str


def rename(state: Unit | None, command: RenameUnit) -> Sequence[UnitRenamed]:
    """Another name."""
    unit = _own(state, command)
    if command.name == unit.name:
        raise UNIT_CHANGE_SAME(unit=command.unit, field="name")
    return [UnitRenamed.carrying(command, channel=unit.channel, before=unit.name)]


def move(state: Unit | None, command: MoveUnit) -> Sequence[UnitMoved]:
    """Another channel, said by the one before."""
    unit = _own(state, command)
    if command.channel == unit.channel:
        raise UNIT_CHANGE_SAME(unit=command.unit, field="channel")
    return [UnitMoved.carrying(command, name=unit.name, before=unit.channel)]


def end(state: Unit | None, command: EndUnit) -> Sequence[UnitMerged | UnitSplit]:
    """Merged or split; successors are registered units that are not gone, and others than itself."""
    asked = command.asked
    _own(state, asked)
    field = "into" if isinstance(asked, MergeUnit) else "parts"
    if command.unknown:
        raise UNIT_UNKNOWN(unit=command.unknown[0], field=field)
    parts = (asked.into,) if isinstance(asked, MergeUnit) else asked.parts
    if asked.unit in parts or (isinstance(asked, SplitUnit) and len(set(parts)) < len(parts)) or not parts:
        raise UNIT_CHANGE_SAME(unit=asked.unit, field=field)
    if isinstance(asked, MergeUnit):
        return [UnitMerged.carrying(asked)]
    return [UnitSplit.carrying(asked)]


def _own(state: Unit | None, command: RenameUnit | MoveUnit | MergeUnit | SplitUnit) -> Unit:
    """The unit, which the actor manages and which is not gone. Raises Rejected."""
    if state is None:
        raise UNIT_UNKNOWN(unit=command.unit, field="unit")
    must_manage(command.context.actor, state.channel, _RULE, field="unit")
    must_be_live(state)
    return state


def must_be_live(unit: Unit) -> None:
    """Check that the unit is not merged or split. Raises Rejected: ``unit_gone``."""
    if unit.successors:
        raise UNIT_GONE(unit=unit.unit, successors=unit.successors)
