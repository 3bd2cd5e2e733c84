"""Which postings a command concerns."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.personnel.postings.handover import HandOver, RecordHandover


def record_handover(command: RecordHandover, room: Room) -> Iterable[Step]:
    """The items, on each posting."""
    for posting in command.postings:
        yield Step(f"posting/{posting}", HandOver(context=command.context, items=command.items))
