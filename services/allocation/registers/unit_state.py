"""A sending unit's state: its channel and ties, and what it has become.

Invariant: a unit that is merged or split stands for no new place; what it sent goes on with its successor.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A registered unit with its ties; ``successors`` are the unit it was merged into, or those it was split into."""

    unit: str
    channel: str
    level: str
    helped: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    name: str = ""
    successors: tuple[str, ...] = ()

    @property
    def ties(self) -> tuple[str, ...]:
        """All villages and townships the unit is tied to."""
        return self.helped + self.contacts
