"""Plans of targets: what each decision needs from other streams, loaded once for all steps."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.allocation.registers.register_plans import register_of, registers
from services.allocation.targets.target import OpenTarget, OpenTargets


def open_targets(command: OpenTargets, room: Room) -> Iterable[Step]:
    """One step a target, each with the number of its place in tier and kind."""
    batch = room.load(f"batch/{command.programme}")
    row = batch.tier(command.tier)
    held = registers(room, (o.target for o in command.targets))
    taken = {
        found["kind"]: found["n"]
        for found in room.find(
            "select kind, count(*) as n from targets where programme = %s and tier = %s group by kind",
            command.programme,
            command.tier,
        )
    }
    for opening in command.targets:
        taken[opening.kind] = place = taken.get(opening.kind, 0) + 1
        quota = None
        if row is not None:
            quota = row.townships if opening.kind == "township" else row.weak_villages + row.other_villages
        yield Step(
            target_stream(command.programme, opening.target),
            OpenTarget(
                context=command.context,
                programme=command.programme,
                tier=command.tier,
                synthetic=command.synthetic,
                opening=opening,
                place=place,
                quota=quota,
                arranger=batch.arranger(opening.target),
                registered=held[register_of(opening.target)].holds(opening.target),
            ),
        )


def target_stream(programme: str, code: str) -> str:
    """The stream of a target."""
    return f"target/{programme}.{code}"
