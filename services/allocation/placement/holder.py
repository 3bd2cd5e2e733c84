"""Whoever holds a place: one stream a person, over all programmes, read and written by all that gives a place (AL-047).

Invariant: a person holds at most one posting or leg. Two commands that give one person a place at the same instant both
write this stream, so the second is decided anew and finds the first. It ends with the posting or the leg. A place given
before there were such streams stands in no stream of a person; the read models tell of it until the stream begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kernel.messages import Event, Key, Order
from kernel.part import Part
from services.allocation.placement.engagement import Engagement, must_be_free

State = Literal["confirmed", "leg"]


class PersonEngaged(Event, title="一人一岗占用"):
    """The person holds ``place`` of a programme: ``holds`` is the id of the posting or leg everywhere."""

    person: Key
    programme: Key
    place: Key
    state: State
    holds: Key


class PersonReleased(Event, title="一人一岗解除"):
    """The posting or leg ``holds`` is over, the person free of it; ``cause`` is the type of the event that said so."""

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
    """The posting or leg is over."""

    person: str
    holds: str
    cause: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the person holds, and its id; nothing once it is over."""

    engagement: Engagement | None = None
    holds: str = ""


def engage(state: Held | None, command: Engage) -> list[PersonEngaged]:
    """The place, where the person holds no other. Raises Rejected: ``nominee_placed`` naming the one held."""
    if state is not None and state.holds == command.holds:
        return []
    must_be_free(command.person, command.before if state is None else state.engagement, field=command.field)
    return [PersonEngaged.carrying(command)]


def disengage(state: Held | None, command: Disengage) -> list[PersonReleased]:
    """The end of what is held; nothing where it was over already."""
    if state is None or state.holds != command.holds:
        return []
    return [PersonReleased.carrying(command)]


def evolve(state: Held | None, event: Event) -> Held | None:
    """What the person holds after ``event``."""
    match event:
        case PersonEngaged():
            return Held(Engagement(event.programme, event.place, event.state), event.holds)
        case PersonReleased():
            return Held()
    return state


HOLDER: Part[Held | None] = Part("holder/{person}", None, decides=(engage, disengage), evolve=evolve)
"""What one person holds; None where the stream has not begun."""
