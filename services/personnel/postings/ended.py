"""What ends a posting: every way but recall and the return stands here as an event (PE-033, PE-107)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from kernel.messages import Area, Event, Key, Line, Text


class CadreWithdrawn(Event, title="选派退出"):
    """The posting ended on ``ground`` by decision of ``organ``.

    ``returns``: the person goes back to the unit and is free from then on; without it, free at once, unless ``frees``
    is false, as of the dead.
    """

    rule = "withdrawal.grounds"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    target: Area
    kind: Literal["township", "village"]
    ground: Key
    reason: Text
    organ: Line
    document: Line
    returns: bool
    frees: bool
    successor: Key | None = None
    """The posting that took over, on ``succeeded_on``."""
    succeeded_on: date | None = None


class PostAdjusted(Event, title="选派调整"):
    """The department took the cadre off the post; ``consequence`` is the record it rests on, where the ground asks."""

    rule = "adjustment.grounds"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    target: Area
    kind: Literal["township", "village"]
    ground: Key
    consequence: Key | None
    reason: Text
    organ: Line
    document: Line


class ConsequenceNoted(Event, title="不良后果抄录"):
    """The county put bad consequences on record."""

    rule = "adjustment.grounds"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    consequence: Key
