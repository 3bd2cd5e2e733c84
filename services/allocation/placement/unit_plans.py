"""Plans of changed units: bindings and ties of a merged unit go on with the other one (X-056).

Stated rule: of a unit that is merged, bindings and ties follow, and the other one owes what it owed. Its places do not:
whoever divides the channel's places says where they go. Of a unit that is split nothing follows by itself. What waits
for a decision stands in ``unit_decisions``.
"""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.allocation.placement.division_plans import followed
from services.allocation.registers.unit import AdoptTies
from services.allocation.registers.unit_change import EndUnit, MergeUnit, SplitUnit
from services.allocation.registers.unit_state import Unit
from services.allocation.targets.binding import Bond
from services.allocation.targets.binding_plans import binding_stream


def end_unit(command: MergeUnit | SplitUnit, room: Room) -> Iterable[Step]:
    """The unit; with a merger also what follows it."""
    named = (command.into,) if isinstance(command, MergeUnit) else command.parts
    units: list[Unit | None] = list(room.load_all(f"unit/{unit}" for unit in named).values())
    unknown = tuple(
        name for name, unit in zip(dict.fromkeys(named), units, strict=True) if unit is None or unit.successors
    )
    yield Step(f"unit/{command.unit}", EndUnit(context=command.context, asked=command, unknown=unknown))
    unit: Unit | None = room.load(f"unit/{command.unit}")
    if isinstance(command, SplitUnit) or unit is None:
        return
    adopt = AdoptTies(context=command.context, helped=unit.helped, contacts=unit.contacts)
    yield Step(f"unit/{command.into}", adopt)
    rows = room.find(
        "select distinct p.programme, b.target from bindings b join ("
        " select programme, unit, target from placements union"
        " select programme, unit, target from demanded_villages) p on p.unit = b.unit and p.target = b.target"
        " where b.unit = %s and b.state = 'bound' order by 1, 2",
        command.unit,
    )
    for row in rows:
        old, new = (command.unit, row["target"]), (command.into, row["target"])
        if room.load(binding_stream(row["programme"], *old)) is Bond.BOUND:
            yield from followed(command.context, row["programme"], old, new, command.document)


def successor(room: Room, unit: str) -> str:
    """The unit that ``unit`` was merged into, however often; itself where it is not merged into one."""
    seen = {unit}
    while True:
        known: Unit | None = room.load(f"unit/{unit}")
        if known is None or len(known.successors) != 1 or known.successors[0] in seen:
            return unit
        unit = known.successors[0]
        seen.add(unit)
