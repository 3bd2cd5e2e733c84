"""What the log says of foreign events that were parked: that an operator replayed one, or discarded it, and why.

These are events of every service, like ``CommandRefused``; they stand in the stream ``parked/<source>``. Invariant:
they are audit events alone. What a replayed event causes is decided by the reaction and recorded beside them, so no
state and no read model ever follows from one of these.
"""

from __future__ import annotations

from typing import Final

from kernel.messages import Event

CATEGORY: Final = "parked"
OPEN, REPLAYED, DISCARDED = "parked", "replayed", "discarded"


class ParkedReplayed(Event, title="搁置事件已重放"):
    """The event ``<source>:<number>``, parked before, was put through its reaction after all."""

    source: str
    number: int
    reason: str


class ParkedDiscarded(Event, title="搁置事件已作废"):
    """An operator decided that a parked event, or a message in the parked queue, is done with.

    ``number`` is the position of the event in its source's log. It is 0 for a message of the broker that could not be
    read; ``letter`` then is the beginning of the SHA-256 of its body.
    """

    source: str
    number: int
    reason: str
    letter: str | None = None


EVENTS: Final[tuple[type[Event], ...]] = (ParkedReplayed, ParkedDiscarded)


def stream(source: str) -> str:
    """The stream of what was done with the parked events of ``source``."""
    return f"{CATEGORY}/{source}"


def settled_id(state: str, event: str) -> str:
    """The command id under which the log remembers that ``event`` (``<source>:<number>``) came into ``state``."""
    return f"{state}/{event}"
