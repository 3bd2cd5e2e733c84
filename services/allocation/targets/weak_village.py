"""Weak villages in the charge of first deputy township secretaries: at least so many each.

That the village lies in the township of the post is printed nowhere: one that lies in another is taken as well, and the
group of its own township notes who has it in charge.

Invariant: whoever holds the post without a weak village owes one, also again once the village taken left the list
(AL-070); a village is in the charge of one posting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Key, Order
from programmes.readers.organs import POSTS
from programmes.readers.placement import LEAST_WEAK
from programmes.roles import CITIES, COUNTIES, TOWNSHIPS
from services.allocation.targets.refusals import (
    NOT_A_DEPUTY,
    VILLAGE_IN_CHARGE,
    VILLAGE_NOT_WEAK,
)
from services.allocation.targets.work_group_state import Group


class TakeWeakVillage(Command, title="登记包扶薄弱村", roles=CITIES | COUNTIES | TOWNSHIPS, concerns=("village",)):
    """Put a weak village in the charge of the first deputy secretary on ``posting``."""

    programme: Key
    posting: Key
    village: Area


class TakeVillage(Order):
    """``TakeWeakVillage``; ``weak`` says whether the village was opened as a weak one."""

    asked: TakeWeakVillage
    weak: bool


class LendVillage(Order):
    """Note in the village's own township that a posting of another one takes it in charge."""

    programme: str
    village: str
    posting: str


class ReturnVillage(Order):
    """Note in the village's own township that the posting of another one has it in charge no longer."""

    programme: str
    village: str
    posting: str


class NoteDelisting(Order):
    """Evaluation says that a village of the township, or one taken from another, is no longer a weak one."""

    programme: str
    target: str


class WeakVillageMissing(Event, title="应包扶薄弱村"):
    """A first deputy secretary owes so many weak villages; ``cause`` is what opened the obligation."""

    rule = LEAST_WEAK.path
    areas: ClassVar[tuple[str, ...]] = ("township",)

    programme: str
    township: Area
    posting: str
    person: str
    missing: int
    cause: str


class WeakVillageTaken(Event, title="包扶薄弱村"):
    """A weak village is in the charge of a first deputy secretary, who still owes ``missing``."""

    rule = LEAST_WEAK.path
    areas: ClassVar[tuple[str, ...]] = ("village",)

    programme: str
    posting: str
    person: str
    village: Area
    missing: int


class VillageTakenFromOutside(Event, title="外乡镇包扶记注"):
    """The first deputy secretary of another township has the village in charge: a note, nothing that is forbidden."""

    rule = LEAST_WEAK.path
    areas: ClassVar[tuple[str, ...]] = ("village",)

    programme: str
    village: Area
    posting: str


class VillageLeftFromOutside(Event, title="外乡镇包扶结束"):
    """The posting of another township has the village in charge no longer."""

    rule = LEAST_WEAK.path
    areas: ClassVar[tuple[str, ...]] = ("village",)

    programme: str
    village: Area
    posting: str


class VillageDelistingNoted(Event, title="薄弱村摘帽记入"):
    """The village is no longer a weak one."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area


def take(state: Group, command: TakeVillage) -> Sequence[WeakVillageTaken]:
    """A weak village, of whatever township (AL-070). Source: the Jinzhou measures 二.2."""
    asked = command.asked
    rules_of(command).rule(LEAST_WEAK)
    member = state.members.get(asked.posting)
    if member is None or not member.required:
        raise NOT_A_DEPUTY(
            posting=asked.posting,
            office=rules_of(command).entry(POSTS, "township"),
            deputies=[one.posting for one in state.members.values() if one.required] or "在岗的乡镇党委第一副书记",
        )
    must_cover(command.context.actor, member.target, field="posting", rule=LEAST_WEAK.path)
    if not command.weak:
        raise VILLAGE_NOT_WEAK(village=asked.village)
    _must_be_free(state, asked.village)
    after = replace(state, taken={**state.taken, asked.village: asked.posting})
    return [
        WeakVillageTaken.carrying(
            asked, occurred_on=command.context.occurred_on, person=member.person, missing=after.missing(asked.posting)
        )
    ]


def lend(state: Group, command: LendVillage) -> Sequence[VillageTakenFromOutside]:
    """The note in the village's own township, where the village is free."""
    _must_be_free(state, command.village)
    return [VillageTakenFromOutside.carrying(command)]


def give_back(state: Group, command: ReturnVillage) -> Sequence[VillageLeftFromOutside]:
    """The village is free again, where that posting had it."""
    if state.taken.get(command.village) != command.posting:
        return []
    return [VillageLeftFromOutside.carrying(command)]


def _must_be_free(state: Group, village: str) -> None:
    if village in state.delisted:
        raise VILLAGE_NOT_WEAK(village=village)
    if village in state.taken:
        raise VILLAGE_IN_CHARGE(village=village, posting=state.taken[village])


def note_delisting(state: Group, command: NoteDelisting) -> Sequence[VillageDelistingNoted | WeakVillageMissing]:
    """A village off the list, once; the member who had it in charge owes another."""
    if command.target in state.delisted:
        return []
    noted = VillageDelistingNoted.carrying(command)
    holder = state.taken.get(command.target)
    return [
        noted,
        *owed(
            replace(state, delisted=state.delisted | {command.target}),
            noted,
            noted.programme,
            [holder] if holder is not None and holder in state.members else [],
        ),
    ]


def owed(state: Group, fact: Event, programme: str, postings: Sequence[str]) -> Sequence[WeakVillageMissing]:
    """What ``postings`` still owe after ``fact``, which left the group in ``state`` (AL-070)."""
    return [
        WeakVillageMissing(
            occurred_on=fact.occurred_on,
            programme=programme,
            township=state.members[posting].target[:9],
            posting=posting,
            person=state.members[posting].person,
            missing=state.missing(posting),
            cause=type(fact).__name__,
        )
        for posting in postings
        if state.missing(posting)
    ]
