"""A proposal goes back: by whoever reviews it, or because the place it was for is another one now."""

from __future__ import annotations

from kernel.messages import Area, Event
from services.allocation.registers.tier_organs import CONFIRM


class PlacementReturned(Event, title="分配退回"):
    """The proposal goes back to its channel, with the reason."""

    rule = CONFIRM

    programme: str
    target: Area
    person: str
    unit: str
    channel: str
    proposal: int
    sequence: int
    reason: str
