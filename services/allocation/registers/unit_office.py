"""Offices of sending units and channels: who holds a post of theirs from which day to which, and who stands in (X-057).

They are no divisions, so no area names them: a unit's officers are recorded by its channel, a channel's by the
province's department, which may record a unit's too. All else is as with divisions (``office``). Invariant: the organ
above records, never the organ itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kernel.messages import Actor, Command, Event, Few, Key, Order
from kernel.part import Part, each
from programmes.roles import MANAGERS, PROVINCE
from services.allocation.registers import office
from services.allocation.registers.office import Holder, KnownPosts, Office
from services.allocation.registers.refusals import OFFICE_OF_OWN_ORGAN

ABOVE = PROVINCE | MANAGERS
"""Who has units or channels below."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Who holds ``post`` of a unit or channel; ``until`` is None while it lasts."""

    organ: Key
    post: Key
    person: Key
    since: date
    until: date | None = None


class RecordUnitOfficers(Command, title="登记单位任职", roles=ABOVE, concerns=("holders.organ",)):
    """Record holders of posts of units and channels, all or none."""

    holders: Few[Officer]


class RecordUnitStandIn(Command, title="登记单位代理", roles=ABOVE, concerns=("organ",)):
    """Record who acts in a post of a unit or channel from ``since`` to ``until``, both included."""

    organ: Key
    post: Key
    person: Key
    since: date
    until: date


class LeaveUnitOffice(Command, title="登记单位离任", roles=ABOVE, concerns=("organ",)):
    """Record that the holder has left the post: from ``left_on`` on the right is gone."""

    organ: Key
    post: Key
    person: Key
    left_on: date


class RecordUnitHolder(Order):
    """Record one holder. ``channel`` is the unit's, "" where the organ is a channel itself."""

    holder: Officer
    channel: str
    known: KnownPosts


class RecordUnitActing(Order):
    """Record one stand-in, told as a holder with an end."""

    acting: Officer
    until: date
    channel: str
    known: KnownPosts


class LeaveUnit(Order):
    """``LeaveUnitOffice``, told the channel."""

    organ: Key
    post: Key
    person: Key
    left_on: date
    channel: str


class UnitOfficerRecorded(Event, title="单位任职登记"):
    """``person`` holds the post of the unit or channel ``organ`` from ``since``; ``until`` is None while it lasts."""

    organ: Key
    channel: str
    post: str
    person: str
    since: date
    until: date | None


class UnitStandInRecorded(Event, title="单位代理登记"):
    """``person`` acts in the post from ``since`` to ``until``, for ``holder``, None where the post is empty then."""

    organ: Key
    channel: str
    post: str
    person: str
    holder: str | None
    since: date
    until: date


class UnitOfficeLeft(Event, title="单位离任登记"):
    """Who held the post from ``since`` has left it: no right in it from ``left_on`` on."""

    organ: Key
    channel: str
    post: str
    person: str
    since: date
    left_on: date


def record(state: Office, command: RecordUnitHolder) -> Sequence[UnitOfficerRecorded]:
    """The holder, after the last one (X-057). Raises Rejected: as ``office.record``."""
    _must_stand_above(command.context.actor, command.holder.organ, command.channel)
    told = office.RecordHolder(context=command.context, holder=_holder(command.holder), known=command.known)
    return [UnitOfficerRecorded.carrying(command, held) for held in office.record(state, told)]


def record_stand_in(state: Office, command: RecordUnitActing) -> Sequence[UnitStandInRecorded]:
    """Who acts for a named time (X-057). Raises Rejected: as ``office.record_stand_in``."""
    _must_stand_above(command.context.actor, command.acting.organ, command.channel)
    told = office.RecordActing(
        context=command.context, acting=_holder(command.acting), until=command.until, known=command.known
    )
    return [
        UnitStandInRecorded.carrying(acting, occurred_on=acting.occurred_on, channel=command.channel)
        for acting in office.record_stand_in(state, told)
    ]


def leave(state: Office, command: LeaveUnit) -> Sequence[UnitOfficeLeft]:
    """The holder leaves; the term ends the day before (X-057). Raises Rejected: as ``office.leave``."""
    _must_stand_above(command.context.actor, command.organ, command.channel)
    told = office.LeaveOffice(
        context=command.context,
        organ=command.organ,
        post=command.post,
        person=command.person,
        left_on=command.left_on,
    )
    return [UnitOfficeLeft.carrying(command, since=left.since) for left in office.leave(state, told)]


def _holder(of: Officer) -> Holder:
    return Holder(of.organ, of.post, of.person, of.since, of.until)


def _must_stand_above(actor: Actor, organ: str, channel: str) -> None:
    """The channel of a unit, or the province's department."""
    if actor.role not in PROVINCE and not (channel and actor.manages(channel)):
        raise OFFICE_OF_OWN_ORGAN(organ=organ)


def _recorded(state: Office, event: UnitOfficerRecorded) -> Office:
    return state.held(Holder(event.organ, event.post, event.person, event.since, event.until))


def _acting(state: Office, event: UnitStandInRecorded) -> Office:
    return state.acted(event.person, event.since, event.until, event.holder)


def _left(state: Office, event: UnitOfficeLeft) -> Office:
    return state.left(event.person, event.since, event.left_on)


UNIT_OFFICE: Part[Office] = Part(
    "unit-office/{organ}.{post}",
    Office(),
    decides=(record, record_stand_in, leave),
    evolve=each(_recorded, _acting, _left),
)
"""Who held one post of one unit or channel, and who stood in."""
