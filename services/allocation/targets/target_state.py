"""A target's state: one village or township that is to have one cadre, and whoever is proposed, confirmed or on post.

Invariant: at most one proposal and one occupant at a time (AL-007); ``posting`` numbers the confirmed occupants from 1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """A placement that is proposed. ``number`` counts the target's proposals from 1."""

    number: int
    person: str
    unit: str
    channel: str


@dataclass(frozen=True, slots=True)
class Occupant:
    """Who was confirmed last: ``posting`` is ``<programme>.<target>.<n>``."""

    posting: str
    person: str
    unit: str
    on_post: bool = False
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A target. ``sequence`` is the number of occupants so far, ``proposals`` that of proposals."""

    programme: str
    target: str
    kind: str
    tier: str
    weak: bool
    sequence: int = 0
    proposals: int = 0
    proposal: Proposal | None = None
    occupant: Occupant | None = None
    successor_of: str | None = None
    """The unit that must send the next occupant, while the binding lasts."""

    withdrawn: Occupant | None = None
    """Whose confirmed placement was withdrawn last: an arrival from before that is heard only now stands."""
    closed: bool = False
    next: Occupant | None = None
    """Who is to take over from the occupant on a planned day."""
    into: str | None = None
    """Where a closed target leads; whoever could not follow stays here until the posting ends."""

    @property
    def free(self) -> bool:
        """True where a placement may be proposed."""
        return self.proposal is None and self.occupant is None and not self.closed
