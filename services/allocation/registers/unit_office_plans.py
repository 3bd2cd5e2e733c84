"""Which stream an office of a unit or channel is, whose the unit is and which posts there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from kernel.service import Room, Step
from kernel.text import digits
from services.allocation.refusals import UNIT_UNKNOWN
from services.allocation.registers.office import KnownPosts
from services.allocation.registers.register_plans import posts_known
from services.allocation.registers.unit_office import (
    LeaveUnit,
    LeaveUnitOffice,
    Officer,
    RecordUnitActing,
    RecordUnitHolder,
    RecordUnitOfficers,
    RecordUnitStandIn,
)

_CHANNEL = "select channel from units where channel = %s limit 1"


def senders(room: Room) -> Callable[[str, str], tuple[str, KnownPosts]]:
    """Of a unit its channel, "" of a channel, and the posts that profiles in force name for it.

    Raises:
        Rejected: ``unit_unknown`` for what is neither a registered unit nor a channel that has one.
    """
    posts = posts_known(room)("")

    def found(organ: str, field: str) -> tuple[str, KnownPosts]:
        unit = None if digits(organ) else room.load(f"unit/{organ}")
        if unit is not None:
            return unit.channel, replace(posts, level="unit")
        if digits(organ) or not room.find(_CHANNEL, organ):
            raise UNIT_UNKNOWN(unit=organ, field=field)
        return "", replace(posts, level="channel")

    return found


def record_officers(command: RecordUnitOfficers, room: Room) -> Iterable[Step]:
    """One step a holder. Raises Rejected: ``unit_unknown``."""
    known = senders(room)
    for holder in command.holders:
        channel, posts = known(holder.organ, "holders.organ")
        step = RecordUnitHolder(context=command.context, holder=holder, channel=channel, known=posts)
        yield Step(stream(holder.organ, holder.post), step)


def record_unit_stand_in(command: RecordUnitStandIn, room: Room) -> Iterable[Step]:
    """The stand-in. Raises Rejected: ``unit_unknown``."""
    channel, posts = senders(room)(command.organ, "organ")
    acting = Officer(command.organ, command.post, command.person, command.since)
    step = RecordUnitActing(context=command.context, acting=acting, until=command.until, channel=channel, known=posts)
    yield Step(stream(command.organ, command.post), step)


def leave_unit_office(command: LeaveUnitOffice, room: Room) -> Iterable[Step]:
    """The office that is left. Raises Rejected: ``unit_unknown``."""
    channel, _ = senders(room)(command.organ, "organ")
    yield Step(stream(command.organ, command.post), LeaveUnit(**vars(command), channel=channel))


def stream(organ: str, post: str) -> str:
    """The stream of the office of a unit or channel."""
    return f"unit-office/{organ}.{post}"
