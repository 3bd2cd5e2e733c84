"""The work group of a township: every cadre on post in it.

Invariant: whoever is on post belongs to the group of the township the post lies in and to no other (AL-071).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Event, Order
from kernel.part import Part
from programmes.readers.organs import POSTS
from programmes.readers.placement import GROUP, LEAST_WEAK
from services.allocation.targets import weak_village
from services.allocation.targets.weak_village import WeakVillageMissing
from services.allocation.targets.work_group_state import Group, Member
from services.allocation.words import programme_and_area


class JoinGroup(Order):
    """Personnel says that a cadre is on post in the township."""

    programme: str
    posting: str
    person: str
    target: str
    role: str


class LeaveGroup(Order):
    """A cadre's posting is over, or the cadre is on post elsewhere: ``moved_to`` is the other township, else empty."""

    posting: str
    cause: str
    moved_to: str = ""


class WorkGroupJoined(Event, title="编入乡镇工作组"):
    """A cadre is a member of the township's group; ``required`` weak villages go with the post."""

    rule = GROUP.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    township: str
    posting: str
    person: str
    target: Area
    role: str
    required: int


class WorkGroupLeft(Event, title="离开乡镇工作组"):
    """A cadre is no longer a member; ``moved_to`` is the township of the new group, empty where there is none."""

    rule = GROUP.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    township: str
    posting: str
    person: str
    target: Area
    cause: str
    moved_to: str


def join(state: Group, command: JoinGroup) -> Sequence[WorkGroupJoined | WeakVillageMissing]:
    """The member, and what the post owes (AL-071). Source: the Jinzhou measures 二.2, 三.3."""
    if command.posting in state.members:
        return []
    rules = rules_of(command)
    deputy = command.role == rules.entry(POSTS, "township")
    required = rules.value(LEAST_WEAK) if deputy else 0
    joined = WorkGroupJoined.carrying(command, township=command.target[:9], required=required)
    return [joined, *weak_village.owed(evolve(state, joined), joined, joined.programme, [joined.posting])]


def leave(state: Group, command: LeaveGroup) -> Sequence[WorkGroupLeft]:
    """The member goes, with whatever the post owed (AL-071); one who is no member changes nothing."""
    member = state.members.get(command.posting)
    if member is None:
        return []
    return [
        WorkGroupLeft.carrying(
            command,
            member,
            programme=member.posting.split(".", 1)[0],
            township=member.target[:9],
            posting=member.posting,
        )
    ]


def evolve(state: Group, event: Event) -> Group:
    """The group after one more event."""
    match event:
        case WorkGroupJoined():
            member = Member(event.posting, event.person, event.target, event.role, event.required)
            return replace(state, members={**state.members, event.posting: member})
        case WorkGroupLeft():
            members = {posting: one for posting, one in state.members.items() if posting != event.posting}
            taken = {village: by for village, by in state.taken.items() if by != event.posting}
            return replace(state, members=members, taken=taken)
        case weak_village.WeakVillageTaken() | weak_village.VillageTakenFromOutside():
            return replace(state, taken={**state.taken, event.village: event.posting})
        case weak_village.VillageLeftFromOutside():
            return replace(state, taken={v: by for v, by in state.taken.items() if v != event.village})
        case weak_village.VillageDelistingNoted():
            return replace(state, delisted=state.delisted | {event.target})
    return state


WORK_GROUP: Part[Group] = Part(
    "work-group/{programme}.{township}",
    Group(),
    decides=(
        join,
        leave,
        weak_village.take,
        weak_village.lend,
        weak_village.give_back,
        weak_village.note_delisting,
    ),
    evolve=evolve,
    scope=programme_and_area,
)
