"""The village's own committees, to which a first secretary does not belong (PE-036).

Source: 晋组通字〔2015〕41号 五.1.
Invariant: no dispatched cadre counts among the members of a village's two committees, stands in their election or
votes in it while he is on post there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Key, Order
from kernel.part import Part
from programmes.readers.care import HEADCOUNT
from programmes.roles import COUNTIES, DIGITS, TOWNSHIPS
from services.personnel.care.refusals import CADRE_NOT_OF_THE_VILLAGE, HEADCOUNT_EXCEEDED
from services.personnel.reserves.refusals import NOT_A_VILLAGE
from services.personnel.scopes import programme_and_target


class CommitteesRecorded(Event, title="村“两委”班子登记"):
    """The village's two committees have ``posts`` posts, held by ``members``, persons of the village."""

    rule = HEADCOUNT.path
    areas = ("village",)

    programme: Key
    village: Area
    posts: int
    members: tuple[Key, ...]


class ElectionRollFiled(Event, title="换届选举名单"):
    """Who stands and who votes in the election of a village on ``held_on``."""

    rule = HEADCOUNT.path
    areas = ("village",)

    programme: Key
    village: Area
    held_on: date
    candidates: tuple[Key, ...]
    voters: tuple[Key, ...]


class RecordCommittees(Command, title="登记村“两委”班子", roles=TOWNSHIPS | COUNTIES, concerns=("village",)):
    """Record the posts of a village's committees and who holds them."""

    programme: Key
    village: Area
    posts: int
    members: tuple[Key, ...]


class FileElectionRoll(Command, title="换届选举名单备案", roles=TOWNSHIPS | COUNTIES, concerns=("village",)):
    """File who stands and who votes in an election of a village's committees."""

    programme: Key
    village: Area
    held_on: date
    candidates: tuple[Key, ...]
    voters: tuple[Key, ...]


class Compose(RecordCommittees, Order):
    """The same, told who is on post in the village that day."""

    dispatched: tuple[Key, ...]


class Enrol(FileElectionRoll, Order):
    """The same, told who is on post in the village on the day of the election."""

    dispatched: tuple[Key, ...]


def compose(state: None, command: Compose) -> Sequence[CommitteesRecorded]:
    """The committees (PE-036).

    Raises:
        Rejected: ``rule_unknown`` where the notice says nothing of it; ``not_a_village``, ``foreign_area``,
            ``headcount_exceeded``, ``cadre_not_of_the_village``.
    """
    _village(command, command.village)
    _none_of(command.dispatched, "members", command.members)
    if len(set(command.members)) > command.posts:
        raise HEADCOUNT_EXCEEDED(posts=command.posts, members_count=len(set(command.members)))
    return [CommitteesRecorded.carrying(command)]


def enrol(state: None, command: Enrol) -> Sequence[ElectionRollFiled]:
    """The roll (PE-036). Raises Rejected: as ``compose``, whoever is on post there being no candidate and no voter."""
    _village(command, command.village)
    _none_of(command.dispatched, "candidates", command.candidates)
    _none_of(command.dispatched, "voters", command.voters)
    return [ElectionRollFiled.carrying(command)]


def _village(command: Command, village: str) -> None:
    rules_of(command).value(HEADCOUNT)
    if len(village) != DIGITS["village"]:
        raise NOT_A_VILLAGE(village=village, field="village")
    must_cover(command.context.actor, village, field="village", rule=HEADCOUNT.path)


def _none_of(dispatched: Sequence[str], field: str, persons: Sequence[str]) -> None:
    for number, person in enumerate(persons):
        if person in dispatched:
            raise CADRE_NOT_OF_THE_VILLAGE(person=person, field=f"{field}.{number}")


COMMITTEE: Part[None] = Part(
    "committees/{programme}.{village}",
    None,
    decides=(compose, enrol),
    evolve=lambda state, event: None,
    scope=programme_and_target,
)
"""One village's committees, as far as a dispatched cadre is kept out of them."""
