"""A village leaves the list of weak villages: its county records it on a document; the third trigger looks here.

Source: the Jinzhou measures 二.2, 「集体经济薄弱村顺利摘帽的目标」 (EV-032).
Invariant: the earliest recorded day stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Command, Event, Key, Line
from kernel.part import Part
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.roles import COUNTIES
from services.evaluation.scopes import scope
from services.evaluation.villages.refusals import DELISTED_ALREADY

DELISTED = "delisted"
"""What the third trigger waits for, as profiles name it."""


class VillageDelisted(Event, title="村摘帽"):
    """The village is no longer a weak one, from ``occurred_on`` on; ``document`` shows it, "" where an earlier version
    recorded it without."""

    schema: ClassVar[int] = 2
    rule: ClassVar[str | None] = "village.delist"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    document: str


class RecordDelisting(Command, title="薄弱村摘帽认定", roles=COUNTIES, concerns=("target",)):
    """Record that a village left the list of weak villages, on the evidence of ``document``."""

    programme: Key
    target: Area
    document: Line


def decide(delisted_on: date | None, command: RecordDelisting) -> Sequence[VillageDelisted]:
    """VillageDelisted; an earlier day than the one recorded is taken in as a correction.

    Raises:
        Rejected: ``not_your_business``, ``delisted_already``.
    """
    context = command.context
    if context.actor.role != "county_org" or not context.actor.covers(command.target):
        raise NOT_YOUR_BUSINESS(
            act="薄弱村摘帽认定", organ=f"县委组织部（{command.target[:6]}）", field="target", rule="village.delist"
        )
    if delisted_on is not None and delisted_on <= context.occurred_on:
        raise DELISTED_ALREADY(delisted_on=delisted_on)
    return (VillageDelisted.carrying(command),)


def evolve(delisted_on: date | None, event: Event) -> date | None:
    """The day the village was delisted, None while it is on the list."""
    return event.occurred_on if isinstance(event, VillageDelisted) else delisted_on


VILLAGE: Part[date | None] = Part("village/{programme}.{target}", None, decides=(decide,), evolve=evolve, scope=scope)
"""One weak village: the day it left the list."""
