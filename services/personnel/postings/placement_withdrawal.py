"""A placement that allocation withdrew before the cadre arrived: the posting is none, the person free (AL-049).

Invariant: where the cadre had arrived before the withdrawal was heard, the arrival stands; allocation hears of it.
"""

from __future__ import annotations

from kernel.messages import Key, Order
from services.personnel.postings.posting import PlacementWithdrawalNoted, Posting


class NoteWithdrawal(Order):
    """Record that the placement of a posting was withdrawn."""

    posting: Key


def note_withdrawal(state: Posting, command: NoteWithdrawal) -> list[PlacementWithdrawalNoted]:
    """The withdrawal, once, of a posting that is not on post yet."""
    if state.status not in ("placed", "in_transfer"):
        return []
    return [PlacementWithdrawalNoted.carrying(command, state.placed, posting=command.posting)]
