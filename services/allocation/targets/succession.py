"""A planned changeover at a target: who follows is known while the incumbent serves, no day is empty (PE-108, AL-007).

Invariant: one cadre a target on every day. Personnel appoints the successor; the place passes over with the event that
relieves the incumbent, and where the incumbent goes otherwise, the successor is the one who is awaited.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Event, Key, Order
from services.allocation.targets.refusals import POSTING_UNKNOWN
from services.allocation.targets.target_state import Target


class AwaitSuccessor(Order):
    """Personnel says who follows on the occupant, and from when."""

    posting: str
    successor: str
    person: str
    unit: str
    channel: str
    takes_over: date


class SuccessorAwaited(Event, title="接替人选记入"):
    """``person`` follows on the occupant as the posting ``successor``, from ``takes_over``."""

    rule = "coverage.full"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    kind: str
    posting: Key
    successor: Key
    person: Key
    unit: Key
    channel: Key
    takes_over: date


class TargetHandedOver(Event, title="派驻点交接"):
    """From this day on the successor is on post and the incumbent is not: both in one."""

    rule = "coverage.full"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    target: Area
    posting: Key
    successor: Key
    person: Key
    unit: Key
    channel: Key


class SuccessorLost(Event, title="接替人选退出"):
    """Who was to follow does not come; the incumbent serves on. ``cause`` is the type of the event that said so."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    target: Area
    posting: Key
    cause: str


def await_successor(state: Target | None, command: AwaitSuccessor) -> Sequence[SuccessorAwaited]:
    """Note the successor, once. Raises Rejected: ``posting_unknown`` where the incumbent is not the occupant."""
    if state is None or state.occupant is None or state.occupant.posting != command.posting:
        held = state.occupant.posting if state and state.occupant else "有人选的派驻点"
        raise POSTING_UNKNOWN(which="在任", posting=command.posting, occupant=held)
    if state.next is not None and state.next.posting == command.successor:
        return []
    return [SuccessorAwaited.carrying(command, state)]
