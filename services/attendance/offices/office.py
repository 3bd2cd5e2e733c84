"""Who holds an office on which day, as far as signatures need it: the copy of what allocation records.

Invariant: the question is always put for a day; a later change of holder never changes an earlier answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kernel.messages import Area, Event, Key, Order
from kernel.part import Part


class OfficeHolderNoted(Event, title="任职抄录"):
    """``person`` holds ``post`` at ``organ`` (a division code) from ``since`` to ``until``, both included, or on."""

    organ: Area
    post: str
    person: Key
    since: date
    until: date | None


class NoteOfficeHolder(Order):
    """Write a recorded office holder down (caused by allocation.OfficeHolderRecorded)."""

    organ: Area
    post: str
    person: Key
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Holder:
    """One term of office."""

    person: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Office:
    """The terms of one office, in the order they were noted."""

    holders: tuple[Holder, ...] = ()

    def on(self, day: date) -> str | None:
        """The person in office on ``day``: of those whose term holds it the one who came last, None for nobody."""
        held = [h for h in self.holders if h.since <= day and (h.until is None or day <= h.until)]
        return max(held, key=lambda h: h.since).person if held else None


def decide(office: Office, command: NoteOfficeHolder) -> Sequence[OfficeHolderNoted]:
    """OfficeHolderNoted; a term already noted in the same words changes nothing."""
    if Holder(command.person, command.since, command.until) in office.holders:
        return ()
    return (OfficeHolderNoted.carrying(command),)


def evolve(office: Office, event: Event) -> Office:
    """The state after OfficeHolderNoted: a term noted again with another end replaces the earlier words."""
    if not isinstance(event, OfficeHolderNoted):
        return office
    noted = Holder(event.person, event.since, event.until)
    kept = tuple(h for h in office.holders if (h.person, h.since) != (noted.person, noted.since))
    return Office((*kept, noted))


OFFICE = Part("office/{organ}.{post}", Office(), decides=(decide,), evolve=evolve)
"""Who held one post of one organ."""
