"""Who was promoted, as personnel decides it: noted so that persons can be counted (EV-041).

Source: the Jinzhou measures 二.5, 「提拔重用53人」: persons, not decisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from kernel.messages import Area, Event, Key, Order
from kernel.part import Part
from services.evaluation.scopes import scope_of_leg


class PromotionNoted(Event, title="提拔使用抄录"):
    """Personnel promoted the person in its event ``source``; ``place`` is where the cadre served, ``sending`` the area
    that sent a cadre of a swap."""

    areas: ClassVar[tuple[str, ...]] = ("place", "sending")

    programme: Key
    person: Key
    place: Area
    sending: Area | None
    source: str


class NotePromotion(Order):
    """Personnel says that a person was promoted."""

    programme: Key
    person: Key
    place: Area
    sending: Area | None
    source: str


Sources = frozenset[str]
"""The events of personnel that promoted one person."""


def note(noted: Sources, command: NotePromotion) -> Sequence[PromotionNoted]:
    """The promotion, once an event of personnel."""
    return () if command.source in noted else (PromotionNoted.carrying(command),)


def _noted(noted: Sources, event: Event) -> Sources:
    return noted | {event.source} if isinstance(event, PromotionNoted) else noted


PROMOTIONS: Final[Part[Sources]] = Part(
    "promotions/{programme}.{person}", frozenset(), decides=(note,), evolve=_noted, scope=scope_of_leg
)
"""The promotions of one person."""
