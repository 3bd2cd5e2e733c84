"""Who may sign in a post of an organ on a day: terms of office and stand-ins, as allocation records them (X-057).

The copy each service keeps in its own log, as ``kernel.profiles`` keeps profiles; a decision that needs a signature
loads ``office/<organ>.<post>`` and asks ``Office.acting``. Invariant: the question is always put for a day; a later
change of holder never changes an earlier answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from kernel.messages import Actor, Context, Event, Key, Order
from kernel.part import Part, each
from kernel.service import Reaction, Received, Room, Step
from programmes.roles import DIGITS

DAY: Final = timedelta(days=1)


def seat(named: str, area: str) -> tuple[str, str]:
    """Organ and post, as an office is recorded, of a post that a profile names by level, for what lies in ``area``.

    ``township_party_secretary`` of a village is the ``party_secretary`` of its township (X-057); a post of a unit or
    channel is that of the unit or channel given.
    """
    level, _, post = named.partition("_")
    return area[: DIGITS[level]] if level in DIGITS else area, post


_CALLED: Final = {
    "province_org_head": "省委组织部部长",
    "city_org_head": "市委组织部部长",
    "county_org_head": "县委组织部部长",
    "township_party_secretary": "乡镇党委书记",
    "village_party_secretary": "村党组织书记",
    "unit_party_secretary": "单位党委（党组）书记",
    "channel_org_head": "工委（党委）组织部部长",
}


def called_post(named: str) -> str:
    """What officials call a post that a profile names by level; its name in the profile where it has no other."""
    return _CALLED.get(named, named)


class OfficeHolderNoted(Event, title="任职抄录"):
    """``person`` holds ``post`` at ``organ`` from ``since`` to ``until``, both included, or on.

    ``organ`` is a division code, a unit or a channel.
    """

    organ: Key
    post: str
    person: Key
    since: date
    until: date | None


class StandInNoted(Event, title="代理抄录"):
    """``person`` acts in the post from ``since`` to ``until``, both included; for ``holder``, if there is one."""

    organ: Key
    post: str
    person: Key
    holder: Key | None
    since: date
    until: date


class OfficeLeftNoted(Event, title="离任抄录"):
    """Who held the post from ``since`` has no right in it from ``left_on`` on."""

    organ: Key
    post: str
    person: Key
    since: date
    left_on: date


class NoteOfficeHolder(Order):
    """Write a recorded office holder down (caused by allocation.OfficeHolderRecorded)."""

    organ: Key
    post: str
    person: Key
    since: date
    until: date | None


class NoteStandIn(Order):
    """Write a recorded stand-in down (caused by allocation.StandInRecorded)."""

    organ: Key
    post: str
    person: Key
    holder: Key | None
    since: date
    until: date


class NoteOfficeLeft(Order):
    """Write down that an office was left (caused by allocation.OfficeLeft)."""

    organ: Key
    post: str
    person: Key
    since: date
    left_on: date


@dataclass(frozen=True, slots=True)
class Holder:
    """One term of office."""

    person: str
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """True where ``day`` lies in the term."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class StandIn(Holder):
    """A time in which somebody acts in the post of another, or in one that is empty."""

    holder: str | None


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts in a post on a day; ``stands_in_for`` the holder, ``stand_in`` where it is not the holder who acts."""

    person: str
    stand_in: bool = False
    stands_in_for: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """The terms of one office, and who stood in, in the order they were noted."""

    holders: tuple[Holder, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()

    def on(self, day: date) -> str | None:
        """The person in office on ``day``, None for nobody: whoever comes ends the term before, also where its end was
        never recorded, and nobody is in office again because the successor left."""
        begun = [h for h in self.holders if h.since <= day and (h.until is None or h.since <= h.until)]
        last = max(begun, key=lambda h: h.since, default=None)
        return last.person if last is not None and last.holds(day) else None

    def acting(self, day: date) -> tuple[Officer, ...]:
        """Everybody who may act in the post on ``day``: the holder, then who stands in."""
        holder = self.on(day)
        own = (Officer(holder),) if holder is not None else ()
        return (*own, *(Officer(one.person, True, one.holder) for one in self.stand_ins if one.holds(day)))

    def held(self, person: str, since: date, until: date | None) -> Office:
        """The same after a term; one told again with another end replaces the earlier words."""
        kept = (h for h in self.holders if (h.person, h.since) != (person, since))
        return replace(self, holders=(*kept, Holder(person, since, until)))

    def acted(self, person: str, since: date, until: date, holder: str | None) -> Office:
        """The same after a time in which ``person`` stands in."""
        return replace(self, stand_ins=(*self.stand_ins, StandIn(person, since, until, holder)))

    def left(self, person: str, since: date, left_on: date) -> Office:
        """The same after who held the post from ``since`` left it: the term ends the day before."""
        ended = (person, since)
        terms = (replace(h, until=left_on - DAY) if (h.person, h.since) == ended else h for h in self.holders)
        return replace(self, holders=tuple(terms))

    def officer(self, actor: Actor, day: date) -> Officer | None:
        """As whom ``actor`` acts in the post on ``day``, None for somebody else (X-057)."""
        return next((one for one in self.acting(day) if actor.is_(one.person)), None)


def note_holder(office: Office, command: NoteOfficeHolder) -> Sequence[OfficeHolderNoted]:
    """OfficeHolderNoted; a term already noted in the same words changes nothing."""
    if Holder(command.person, command.since, command.until) in office.holders:
        return ()
    return (OfficeHolderNoted.carrying(command),)


def note_stand_in(office: Office, command: NoteStandIn) -> Sequence[StandInNoted]:
    """StandInNoted; what is noted already in the same words changes nothing."""
    if StandIn(command.person, command.since, command.until, command.holder) in office.stand_ins:
        return ()
    return (StandInNoted.carrying(command),)


def note_left(office: Office, command: NoteOfficeLeft) -> Sequence[OfficeLeftNoted]:
    """OfficeLeftNoted."""
    return (OfficeLeftNoted.carrying(command),)


def _holds(office: Office, event: OfficeHolderNoted) -> Office:
    return office.held(event.person, event.since, event.until)


def _stands_in(office: Office, event: StandInNoted) -> Office:
    return office.acted(event.person, event.since, event.until, event.holder)


def _left(office: Office, event: OfficeLeftNoted) -> Office:
    return office.left(event.person, event.since, event.left_on)


OFFICE = Part(
    "office/{organ}.{post}",
    Office(),
    decides=(note_holder, note_stand_in, note_left),
    evolve=each(_holds, _stands_in, _left),
)
"""Who held one post of one organ, and who stood in."""


def _noting(kind: type[Order], *names: str) -> Reaction:
    """The reaction that writes a fact about an office down: fields of ``names``, and days of those that are days."""

    def note(received: Received, context: Context, room: Room) -> Iterable[Step]:
        data: dict[str, Any] = received.fields("organ", "post", "person", *names)
        for name in ("since", "until", "left_on"):
            if data.get(name):
                data[name] = date.fromisoformat(data[name])
        yield Step(f"office/{data['organ']}.{data['post']}", kind(context=context, **data))

    return note


REACTIONS: Final[dict[str, Reaction]] = {
    "allocation.OfficeHolderRecorded": _noting(NoteOfficeHolder, "since", "until"),
    "allocation.StandInRecorded": _noting(NoteStandIn, "holder", "since", "until"),
    "allocation.OfficeLeft": _noting(NoteOfficeLeft, "since", "left_on"),
}
"""What a service that has ``OFFICE`` takes in."""
OF_UNITS: Final[dict[str, Reaction]] = {
    "allocation.UnitOfficerRecorded": REACTIONS["allocation.OfficeHolderRecorded"],
    "allocation.UnitStandInRecorded": REACTIONS["allocation.StandInRecorded"],
    "allocation.UnitOfficeLeft": REACTIONS["allocation.OfficeLeft"],
}
"""And where units and channels sign something."""
