"""Plans of work groups: which township's group a posting belongs to, and what leaves it when the cadre is elsewhere.

Invariant: only where the rules of the place form groups by township is there one; other places leave no trace here.
"""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Context
from kernel.service import Received, Room, Step
from kernel.text import digits
from programmes.readers.placement import GROUP
from services.allocation.targets.target_plans import target_stream
from services.allocation.targets.weak_village import (
    LendVillage,
    NoteDelisting,
    ReturnVillage,
    TakeVillage,
    TakeWeakVillage,
)
from services.allocation.targets.work_group import JoinGroup, LeaveGroup

_ELSEWHERE = """
select posting, township from work_group_members
 where programme = %s and person = %s and posting <> %s and left_on is null order by posting
"""


def group_stream(programme: str, target: str) -> str:
    """The stream of the township in which ``target`` lies."""
    return f"work-group/{programme}.{target[:9]}"


def grouped(room: Room, programme: str, target: str) -> bool:
    """True where the cadres of a township form one group."""
    rules = room.rules(programme, target)
    return rules is not None and rules.find(GROUP) is not None


def joined(programme: str, target: str, received: Received, context: Context, room: Room) -> Iterable[Step]:
    """CadreOnPost: out of any group the cadre is still in, whose vacancy may be heard of later, into this one."""
    if not grouped(room, programme, target):
        return
    posting, data = received.data["posting"], received.data
    person = data.get("person", "")
    for row in room.find(_ELSEWHERE, programme, person, posting) if person else ():
        away = LeaveGroup(context=context, posting=row["posting"], cause=received.recorded.type, moved_to=target[:9])
        yield from _leaves(programme, row["township"], away, room)
    here = JoinGroup(
        context=context,
        programme=programme,
        posting=posting,
        person=person,
        target=target,
        role=data.get("role", ""),
    )
    yield Step(group_stream(programme, target), here)


def left(programme: str, target: str, received: Received, context: Context, room: Room) -> Iterable[Step]:
    """A posting's end."""
    if grouped(room, programme, target):
        away = LeaveGroup(context=context, posting=received.data["posting"], cause=received.recorded.type)
        yield from _leaves(programme, target, away, room)


def _leaves(programme: str, place: str, away: LeaveGroup, room: Room) -> Iterable[Step]:
    """Out of the group of ``place``; villages taken from other townships are free there again."""
    stream, about = group_stream(programme, place), {"programme": programme, "posting": away.posting}
    for village, by in room.load(stream).taken.items():
        if by == away.posting and group_stream(programme, village) != stream:
            yield Step(group_stream(programme, village), ReturnVillage(context=away.context, village=village, **about))
    yield Step(stream, away)


def delisted(programme: str, target: str, context: Context, room: Room) -> Iterable[Step]:
    """A village that is no longer a weak one, told to its own group and to that of whoever has it in charge."""
    if grouped(room, programme, target):
        note = NoteDelisting(context=context, programme=programme, target=target)
        own = group_stream(programme, target)
        yield Step(own, note)
        holder = room.load(own).taken.get(target)
        if holder is not None and (other := group_stream(programme, _place_of(holder))) != own:
            yield Step(other, note)


def take_village(command: TakeWeakVillage, room: Room) -> Iterable[Step]:
    """One village, put to the group of the posting's own township, and noted in its own where that is another."""
    target, village = _place_of(command.posting), command.village
    here = group_stream(command.programme, target if digits(target) else village)
    there = group_stream(command.programme, village)
    opened = room.load(target_stream(command.programme, village))
    weak = opened is not None and opened.kind == "village" and opened.weak
    yield Step(here, TakeVillage(context=command.context, asked=command, weak=weak))
    if there != here:
        about = {"programme": command.programme, "village": village, "posting": command.posting}
        yield Step(there, LendVillage(context=command.context, **about))


def _place_of(posting: str) -> str:
    """The target of ``<programme>.<target>.<n>``, empty for an id of another form."""
    return posting.rpartition(".")[0].rpartition(".")[2]
