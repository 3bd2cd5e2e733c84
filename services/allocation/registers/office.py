"""Offices: who holds a post of an organ from which day to which, and who stands in for a time (X-057).

Invariant: the organ above records, never the organ itself; the periods of one post never overlap, a new holder ends the
period before, and leaving ends the right that day. A post is one that a profile in force at the organ names: whoever is
recorded here may sign there, so a slip of the pen must not make an office.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from kernel.messages import Actor, Area, Command, Event, Key, Order
from kernel.part import Part, each
from programmes.offices import Office as Terms
from programmes.roles import CITIES, COUNTIES, PROVINCE, TOWNSHIPS
from services.allocation.registers.refusals import (
    OFFICE_NOT_HELD,
    OFFICE_OF_OWN_ORGAN,
    PERIOD_OVERLAPS,
    PERIOD_REVERSED,
    POST_UNKNOWN,
    STAND_IN_IS_HOLDER,
    STAND_IN_OVERLAPS,
)

LEVELS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}
"""Level of an organ by the digits of its division code."""
NOBODY = Terms()
ABOVE = PROVINCE | CITIES | COUNTIES | TOWNSHIPS
"""Who has organs below."""


@dataclass(frozen=True, slots=True)
class KnownPosts:
    """The posts profiles in force at an organ name, as they name them, and the notice and clause that does; ``level``
    is that of an organ that is no division."""

    names: tuple[str, ...] = ()
    notice: str | None = None
    clause: str | None = None
    level: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds ``post`` of the organ of an area; ``person`` is an id, ``until`` None while it lasts."""

    organ: Area
    post: Key
    person: Key
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """The last holder recorded, None before the first, and the persons and times of those who stand in; ``terms`` are
    all of them, for whoever asks who signs on a day."""

    last: Holder | None = None
    stand_ins: tuple[tuple[str, date, date], ...] = ()
    terms: Terms = NOBODY

    def holder(self, day: date) -> str | None:
        """Who is recorded as holding the post on ``day``, of the last term."""
        last = self.last
        held = last is not None and last.since <= day and (last.until is None or day <= last.until)
        return last.person if last is not None and held else None

    def held(self, holder: Holder) -> Office:
        """The same after a term."""
        return replace(self, last=holder, terms=self.terms.held(holder.person, holder.since, holder.until))

    def acted(self, person: str, since: date, until: date, holder: str | None) -> Office:
        """The same after a time in which ``person`` stands in."""
        terms = self.terms.acted(person, since, until, holder)
        return replace(self, stand_ins=(*self.stand_ins, (person, since, until)), terms=terms)

    def left(self, person: str, since: date, left_on: date) -> Office:
        """The same after the holder left."""
        last = self.last and replace(self.last, until=left_on - timedelta(1))
        return replace(self, last=last, terms=self.terms.left(person, since, left_on))


class RecordOfficeHolder(Command, title="登记任职", roles=ABOVE, concerns=("holders.organ",)):
    """Record holders of posts, all or none."""

    holders: tuple[Holder, ...]


class RecordStandIn(Command, title="登记代理", roles=ABOVE, concerns=("organ",)):
    """Record who acts in a post from ``since`` to ``until``, both included."""

    organ: Area
    post: Key
    person: Key
    since: date
    until: date


class LeaveOffice(Command, title="登记离任", roles=ABOVE, concerns=("organ",)):
    """Record that the holder has left the post: from ``left_on`` on the right is gone."""

    organ: Area
    post: Key
    person: Key
    left_on: date


class RecordHolder(Order):
    """Record one holder; ``known`` are the posts there are at the organ."""

    holder: Holder
    known: KnownPosts


class RecordActing(Order):
    """Record one stand-in, told as a holder with an end; ``known`` are the posts there are at the organ."""

    acting: Holder
    until: date
    known: KnownPosts


class OfficeHolderRecorded(Event, title="任职登记"):
    """``person`` holds the post from ``since``; ``until`` is None while it lasts."""

    areas: ClassVar[tuple[str, ...]] = ("organ",)

    organ: Area
    post: str
    person: str
    since: date
    until: date | None


class StandInRecorded(Event, title="代理登记"):
    """``person`` acts in the post from ``since`` to ``until``, for ``holder``, None where the post is empty then."""

    areas: ClassVar[tuple[str, ...]] = ("organ",)

    organ: Area
    post: str
    person: str
    holder: str | None
    since: date
    until: date


class OfficeLeft(Event, title="离任登记"):
    """Who held the post from ``since`` has left it: no right in it from ``left_on`` on."""

    areas: ClassVar[tuple[str, ...]] = ("organ",)

    organ: Area
    post: str
    person: str
    since: date
    left_on: date


def record(state: Office, command: RecordHolder) -> Sequence[OfficeHolderRecorded]:
    """The holder, after the last one. Source of the posts: 锦州市选派到乡村工作干部管理办法（试行） 一.2.

    Raises:
        Rejected: ``office_of_own_organ``, ``post_unknown``, ``period_reversed``, ``period_overlaps``.
    """
    holder, last = command.holder, state.last
    _must_be_recorded_by(command.context.actor, holder, command.known)
    if holder.until is not None and holder.until < holder.since:
        raise PERIOD_REVERSED(since=holder.since)
    if last is not None and holder.since <= (last.until or last.since):
        raise PERIOD_OVERLAPS(organ=holder.organ, person=last.person, since=last.since, until=last.until or last.since)
    return [OfficeHolderRecorded.carrying(command, holder)]


def record_stand_in(state: Office, command: RecordActing) -> Sequence[StandInRecorded]:
    """Who acts for a named time (X-057).

    Raises:
        Rejected: ``office_of_own_organ``, ``post_unknown``, ``period_reversed``, ``stand_in_is_holder``,
            ``stand_in_overlaps``.
    """
    acting, until = command.acting, command.until
    _must_be_recorded_by(command.context.actor, acting, command.known)
    if until < acting.since:
        raise PERIOD_REVERSED(since=acting.since)
    holder = state.holder(acting.since)
    if holder == acting.person:
        raise STAND_IN_IS_HOLDER(organ=acting.organ, person=acting.person)
    for person, since, last in state.stand_ins:
        if since <= until and acting.since <= last:
            raise STAND_IN_OVERLAPS(organ=acting.organ, person=person, since=since, until=last)
    return [
        StandInRecorded.carrying(
            command, holder=holder, organ=acting.organ, post=acting.post, person=acting.person, since=acting.since
        )
    ]


def leave(state: Office, command: LeaveOffice) -> Sequence[OfficeLeft]:
    """The holder leaves; the term ends the day before (X-057).

    Raises:
        Rejected: ``office_of_own_organ``; ``office_not_held`` where this person does not hold the post on that day.
    """
    _must_stand_above(command.context.actor, command.organ)
    last = state.last
    if last is None or state.holder(command.left_on) != command.person:
        raise OFFICE_NOT_HELD(organ=command.organ, post=command.post, on=command.left_on, person=command.person)
    return [OfficeLeft.carrying(command, since=last.since)]


def _must_be_recorded_by(actor: Actor, holder: Holder, known: KnownPosts) -> None:
    _must_stand_above(actor, holder.organ)
    level = f"{known.level or LEVELS[len(holder.organ)]}_"
    posts = [name.removeprefix(level) for name in known.names if name.startswith(level)]
    if holder.post not in posts:
        raise POST_UNKNOWN(
            organ=holder.organ, post=holder.post, posts=posts or known.names or "先发布载明该职务的方案"
        ).cited(known.notice, known.clause)


def _must_stand_above(actor: Actor, organ: str) -> None:
    """The organ above records; above the province's there is none."""
    if actor.role not in PROVINCE and organ in actor.areas:
        raise OFFICE_OF_OWN_ORGAN(organ=organ)


def _recorded(state: Office, event: OfficeHolderRecorded) -> Office:
    return state.held(Holder(event.organ, event.post, event.person, event.since, event.until))


def _acting(state: Office, event: StandInRecorded) -> Office:
    return state.acted(event.person, event.since, event.until, event.holder)


def _left(state: Office, event: OfficeLeft) -> Office:
    return state.left(event.person, event.since, event.left_on)


OFFICE: Part[Office] = Part(
    "office/{organ}.{post}",
    Office(),
    decides=(record, record_stand_in, leave),
    evolve=each(_recorded, _acting, _left),
)
