"""A township's work group: who is on post there, which weak villages its first deputy secretaries took.

Invariant: a village is in the charge of one posting, and counts for it only while it is on the list of weak villages.
Taken from another township, it stands in both groups: that of the posting counts it, its own keeps it taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Member:
    """A cadre on post: who, in which post, and how many weak villages that post must take."""

    posting: str
    person: str
    target: str
    role: str
    required: int


@dataclass(frozen=True, slots=True)
class Group:
    """A township's members by posting, the weak villages taken with the posting that did, villages off the list."""

    members: Mapping[str, Member] = field(default_factory=dict)
    taken: Mapping[str, str] = field(default_factory=dict)
    delisted: frozenset[str] = frozenset()

    def missing(self, posting: str) -> int:
        """Weak villages a member still owes (AL-070)."""
        held = sum(by == posting and village not in self.delisted for village, by in self.taken.items())
        return max(0, self.members[posting].required - held)
