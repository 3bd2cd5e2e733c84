"""The mandatory villages of a county as allocation registers them: every one has a row or an open vacancy (X-023).

Invariant: a copy of a foreign fact; a village registered again keeps its last kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from kernel.messages import Area, Event, Key, Order
from kernel.part import Part
from services.personnel.scopes import programme_of

CHECK = "ledger.check"
NEITHER = "neither"
"""The kind of a village on which nobody must stand."""


@dataclass(frozen=True, slots=True)
class VillageKind:
    """A village and why somebody must stand there: its party organisation is weak, it is registered as poor, both, or
    neither: then nobody must."""

    target: Area
    weak_party: bool
    registered_poor: bool

    @property
    def kind(self) -> str:
        """The word of the ledger's column."""
        if self.weak_party and self.registered_poor:
            return "both"
        return "weak_party" if self.weak_party else "registered_poor" if self.registered_poor else NEITHER


class VillageKindsNoted(Event, title="村类别抄录"):
    """Villages of a county and their kinds."""

    rule = CHECK
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: Key
    county: Area
    villages: tuple[VillageKind, ...]


class NoteVillageKinds(Order):
    """Write down what allocation.VillageKindsRecorded says."""

    programme: Key
    county: Area
    villages: tuple[VillageKind, ...]


@dataclass(frozen=True, slots=True)
class Villages:
    """The kinds of a county's villages by code."""

    kinds: Mapping[str, VillageKind] = field(default_factory=dict)


def note(state: Villages, command: NoteVillageKinds) -> list[VillageKindsNoted]:
    """What is new of it."""
    new = tuple(one for one in command.villages if state.kinds.get(one.target) != one)
    return [VillageKindsNoted.carrying(command, villages=new)] if new else []


def evolve(state: Villages, event: Event) -> Villages:
    """The villages after ``event``."""
    if not isinstance(event, VillageKindsNoted):
        return state
    return Villages({**state.kinds, **{one.target: one for one in event.villages}})


VILLAGES: Part[Villages] = Part(
    "villages/{programme}.{county}", Villages(), decides=(note,), evolve=evolve, scope=programme_of
)
"""The villages of one county, by kind."""
