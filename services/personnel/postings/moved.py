"""A posting whose place or unit is another one now, because a division or a unit changed: it goes on (X-056).

Invariant: what was decided before names the place and the unit of its day; what comes after names those of today, so
that it reaches the city it belongs to.
"""

from __future__ import annotations

from kernel.messages import Area, Key, Line, Order
from services.personnel.postings.changed import PostingMoved, PostingUnitChanged
from services.personnel.postings.posting import Posting


class MovePosting(Order):
    """The place of the posting has another code."""

    posting: Key
    target: Area
    document: Line


class ChangeSender(Order):
    """The unit of the posting is another one, or under another channel."""

    posting: Key
    unit: Key
    channel: Key
    document: Line


def move(state: Posting, command: MovePosting) -> list[PostingMoved]:
    """The new place, once, of a posting that is held."""
    if not state.live or state.placed.target == command.target:
        return []
    return [
        PostingMoved.carrying(
            command, state.placed, posting=command.posting, target=command.target, before=state.placed.target
        )
    ]


def change_sender(state: Posting, command: ChangeSender) -> list[PostingUnitChanged]:
    """The new unit and channel, once; also of a cadre who is still to return."""
    if (state.placed.unit, state.placed.channel) == (command.unit, command.channel):
        return []
    return [
        PostingUnitChanged.carrying(
            command,
            state.placed,
            posting=command.posting,
            unit=command.unit,
            channel=command.channel,
            before=state.placed.unit,
        )
    ]
