"""From the confirmed placement to the post: noting the placement and the hand-over (PE-010, PE-014).

Invariant: sending side and host side each record their own items, and the cadre is on post when the last one is done.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Few, Key, Order
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.nomination import ITEMS
from programmes.readers.organs import POSTS
from programmes.roles import MANAGERS, UNITS
from services.personnel.postings.extension import taken_up
from services.personnel.postings.posting import CadreOnPost, HandoverItemDone, PlacementNoted, Posting
from services.personnel.postings.refusals import (
    ITEM_DONE,
    ITEM_UNKNOWN,
    PERSON_HOLDS_POSTING,
    PLACEMENT_WITHDRAWN,
    PREDECESSOR_STAYS,
    ROLE_MISMATCH,
)
from services.personnel.postings.terms import TermSet

HOST_ITEMS = frozenset({"host_contact", "board_lodging"})


class NotePlacement(Order):
    """Record a placement that the province confirmed; ``engaged`` is another posting, or a leg, the person holds."""

    programme: Key
    target: Area
    kind: Literal["township", "village"]
    role: Key
    posting: Key
    person: Key
    unit: Key
    channel: Key
    tier: str
    weak: bool
    engaged: str | None = None


class RecordHandover(Command, title="记录工作对接", roles=MANAGERS | UNITS, concerns=("postings",)):
    """Record that these items were done, on the command's date, for each of these postings."""

    postings: tuple[Key, ...]
    items: Few[Key]


class HandOver(Order):
    """The items of one posting; where it follows on an incumbent, told from when (PE-108)."""

    items: tuple[Key, ...]
    takes_over: date | None = None


def note_placement(state: Posting | None, command: NotePlacement) -> list[PlacementNoted]:
    """The confirmed placement (AL-047, PE-014).

    Raises:
        Rejected: ``role_mismatch`` where the role is not that of the target's kind, ``person_holds_posting`` where the
            person holds another posting or a leg.
    """
    rules = rules_of(command)
    printed = rules.entry(POSTS, command.kind)
    if command.role != printed:
        raise ROLE_MISMATCH(printed=printed)
    if state is not None:
        return []
    if command.engaged is not None:
        raise PERSON_HOLDS_POSTING(person=command.person, held=command.engaged)
    return [PlacementNoted.carrying(command, role=printed)]


def hand_over(state: Posting, command: HandOver) -> list[HandoverItemDone | CadreOnPost | TermSet]:
    """The items done, and CadreOnPost on the date of the last one when none is open (PE-010)."""
    rules = rules_of(command)
    printed = rules.value(ITEMS)
    if state.status == "cancelled":
        raise PLACEMENT_WITHDRAWN()
    not_before(command, state.placed.occurred_on, "确定人选", "handover.items")
    events: list[HandoverItemDone | CadreOnPost | TermSet] = []
    done = dict(state.items)
    for item in command.items:
        if item not in printed:
            raise ITEM_UNKNOWN(printed=printed)
        _authorise_item(state, item, command)
        if item in done:
            raise ITEM_DONE(printed=[i for i in printed if i not in done] or "各项均已记录")
        done[item] = command.context.occurred_on
        events.append(HandoverItemDone.carrying(command, state.placed, item=item))
    if all(item in done for item in printed):
        if command.takes_over is not None and max(done.values()) < command.takes_over:
            raise PREDECESSOR_STAYS(until=command.takes_over)
        events += taken_up(state.placed, max(done.values()), rules)
    return events


def _authorise_item(state: Posting, item: str, command: Command) -> None:
    actor, placed = command.context.actor, state.placed
    if item in HOST_ITEMS:
        if not (actor.role == "county_org" and actor.covers(placed.target)):
            raise NOT_YOUR_BUSINESS(
                act="与驻地党委对接、食宿保障",
                organ=f"{placed.target[:6]} 组织部",
                field="items",
                rule="handover.items",
            )
    elif not (actor.manages(placed.unit) or actor.manages(placed.channel)):
        raise NOT_YOUR_BUSINESS(
            act="组织关系接转、送干部到岗",
            organ=f"{placed.unit} 或 {placed.channel}",
            field="items",
            rule="handover.items",
        )
