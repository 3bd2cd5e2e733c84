"""Whoever holds a place: one stream a person, over all programmes, read and written by all that gives a place (AL-047).

Invariant: allocation gives a person at most one place. Two commands that give one person a place at the same instant
both write this stream, so the second is decided anew and finds the first. It ends with the posting, the leg or the
place in a team. A place given before there were such streams stands in no stream of a person; the read models tell of
it until the stream begins. A place in a team is a fact of personnel, which refuses a posting given meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kernel.messages import Event, Key, Order
from kernel.part import Part
from services.allocation.placement.engagement import Engagement, must_be_free

State = Literal["confirmed", "leg", "team"]


class PersonEngaged(Event, title="一人一岗占用"):
    """The person holds ``place`` of a programme: ``holds`` is the id of the posting, leg or member everywhere."""

    person: Key
    programme: Key
    place: Key
    state: State
    holds: Key


class PersonReleased(Event, title="一人一岗解除"):
    """What the person ``holds`` is over, the person free of it; ``cause`` is the type of the event that said so."""

    person: Key
    holds: Key
    cause: Key


class Engage(Order):
    """Give the person a place. ``field`` names it in the command that was asked for.

    ``before`` is what the read models say the person holds; it counts only while the stream says nothing.
    """

    person: str
    programme: str
    place: str
    state: State
    holds: str
    field: str
    before: Engagement | None = None


class Disengage(Order):
    """The posting, the leg or the place in a team is over."""

    person: str
    holds: str
    cause: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the person holds, by id, the oldest first; nothing once all is over."""

    places: Mapping[str, Engagement] = field(default_factory=dict)

    @property
    def first(self) -> Engagement | None:
        """What keeps the person from another place."""
        return next(iter(self.places.values()), None)


def engage(state: Held | None, command: Engage) -> list[PersonEngaged]:
    """The place, where the person holds no other; one in a team stands (AL-047).

    Raises:
        Rejected: ``nominee_placed``, naming what is held.
    """
    if state is not None and command.holds in state.places:
        return []
    if command.state != "team":
        must_be_free(command.person, command.before if state is None else state.first, field=command.field)
    return [PersonEngaged.carrying(command)]


def disengage(state: Held | None, command: Disengage) -> list[PersonReleased]:
    """The end of what is held; nothing where it was over already."""
    if state is None or command.holds not in state.places:
        return []
    return [PersonReleased.carrying(command)]


def evolve(state: Held | None, event: Event) -> Held | None:
    """What the person holds after ``event``."""
    match event:
        case PersonEngaged():
            held = state.places if state is not None else {}
            return Held({**held, event.holds: Engagement(event.programme, event.place, event.state)})
        case PersonReleased():
            held = state.places if state is not None else {}
            return Held({holds: place for holds, place in held.items() if holds != event.holds})
    return state


HOLDER: Part[Held | None] = Part("holder/{person}", None, decides=(engage, disengage), evolve=evolve)
"""What one person holds; None where the stream has not begun."""
