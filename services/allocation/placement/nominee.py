"""Nominees: who passed the first check, as far as placement must know it (ids and tags, no personal data).

Invariant: a person is listed once for each nomination that passed; the latest stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kernel.messages import Event, Order
from kernel.part import Part
from services.allocation.words import programme_of


@dataclass(frozen=True, slots=True)
class Nominee:
    """A checked nominee of a unit for a kind of target; ``level`` is that of the unit, where it was told."""

    nomination: str
    person: str
    channel: str
    kind: str
    level: str = ""


class ListNominee(Order):
    """Personnel says that a nominee passed the first check."""

    programme: str
    unit: str
    nominee: Nominee
    tags: tuple[str, ...]


class NomineeListed(Event, title="人选入列"):
    """A checked nominee waits for a place."""

    schema = 2
    rule = "check.individual"

    programme: str
    nomination: str
    person: str
    unit: str
    channel: str
    kind: str
    tags: tuple[str, ...] = ()
    level: str = ""


def decide(state: Mapping[str, Nominee], command: ListNominee) -> Sequence[NomineeListed]:
    """``state`` maps persons of one unit to their nominations; one that is listed already changes nothing."""
    nominee = command.nominee
    if state.get(nominee.person) == nominee:
        return []
    return [NomineeListed.carrying(command, nominee)]


def evolve(state: Mapping[str, Nominee], event: Any) -> Mapping[str, Nominee]:
    """The unit's nominees with one more."""
    if isinstance(event, NomineeListed):
        return {**state, event.person: Nominee(event.nomination, event.person, event.channel, event.kind, event.level)}
    return state


NOMINEES: Part[Mapping[str, Nominee]] = Part(
    "nominees/{programme}.{unit}", {}, decides=(decide,), evolve=evolve, scope=programme_of
)
