"""Postings that came in before the profile they were decided under.

A posting names the profile versions its own service used. Where this service has not yet taken those in, the
posting is held here and its clock is started when the profile arrives.
Invariant: in either order of arrival the same clocks run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from kernel.messages import Area, Event, Key, Order
from kernel.part import Part


class PostingHeld(Event, title="选派抄录"):
    """A posting waits for the profile versions ``needs`` (as "LN2018:1+JZ:1"); it began on ``occurred_on``.

    ``unit`` is who sent the cadre, None where that was not told.
    """

    schema: ClassVar[int] = 2

    programme: str
    posting: Key
    person: Key
    target: Area
    kind: str
    role: str
    weak: bool
    needs: str
    unit: Key | None


class PostingReleased(Event, title="选派结束抄录"):
    """The posting waits no longer."""

    posting: Key


class HoldPosting(Order):
    """Hold a posting until its profile arrives."""

    programme: str
    posting: Key
    person: Key
    target: Area
    kind: str
    role: str
    weak: bool
    needs: str
    unit: Key | None


class ReleasePosting(Order):
    """Let a posting go, if it is held."""

    posting: Key


@dataclass(frozen=True, slots=True)
class Waiting:
    """The postings of one programme that are held."""

    held: Mapping[str, PostingHeld] = field(default_factory=dict)


def behind(version: str | None, needs: str) -> bool:
    """True where the profiles in ``version`` lack one that ``needs`` names, or hold an older version of it."""
    have = _versions(version or "")
    return any(have.get(programme, 0) < number for programme, number in _versions(needs).items())


def _versions(text: str) -> dict[str, int]:
    pairs = (part.rsplit(":", 1) for part in text.split("+") if part)
    return {programme: int(number) for programme, number in pairs}


def decide(waiting: Waiting, command: HoldPosting | ReleasePosting) -> Sequence[PostingHeld | PostingReleased]:
    """PostingHeld or PostingReleased, or nothing where it is so already."""
    match command:
        case HoldPosting():
            if command.posting in waiting.held:
                return ()
            return (PostingHeld.carrying(command),)
        case ReleasePosting():
            if command.posting not in waiting.held:
                return ()
            return (PostingReleased(occurred_on=command.context.occurred_on, posting=command.posting),)


def evolve(waiting: Waiting, event: Event) -> Waiting:
    """The state after ``event``."""
    match event:
        case PostingHeld():
            return Waiting({**waiting.held, event.posting: event})
        case PostingReleased():
            return Waiting({key: held for key, held in waiting.held.items() if key != event.posting})
    return waiting


WAITING = Part("waiting/{programme}", Waiting(), decides=(decide,), evolve=evolve)
"""Postings whose clocks wait for the rules."""
