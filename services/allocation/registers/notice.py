"""Notices: the register of what was issued, to which every rule refers.

Invariant: one notice stands once, whatever brackets its number is printed with (X-010); the key is made at the edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Command, Event, Few, Line, Order
from kernel.part import Part
from programmes.roles import CITIES, COUNTIES, PROVINCE
from services.allocation.registers import notice_delivery
from services.allocation.registers.notice_state import IssuedNotice, Recipient
from services.allocation.registers.refusals import NOTICE_KNOWN, NOTICE_WITHOUT_ISSUER


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex as the notice names it; ``text`` says how much of it is at hand (whole, header, missing)."""

    no: int
    title: Line
    text: str = "whole"


class PublishNotice(Command, title="登记通知", roles=PROVINCE | CITIES | COUNTIES, concerns=("scope",)):
    """Enter a notice. ``number`` and ``issued_on`` are None where none is printed; ``scope`` 21 reaches every city."""

    title: Line
    issuers: Few[Line]
    scope: Area
    number: Line | None = None
    issued_on: date | None = None
    addressees: Few[Line] = ()
    based_on: Few[Line] = ()
    annexes: Few[Annex] = ()


class EnterNotice(Order):
    """``PublishNotice`` with the register's key."""

    notice: str
    asked: PublishNotice


class NoticeIssued(Event, title="通知印发"):
    """A notice stands in the register under ``notice``: its canonical number, or issuer and date (or title)."""

    areas: ClassVar[tuple[str, ...]] = ("scope",)

    notice: str
    title: str
    issuers: tuple[str, ...]
    issued_on: date | None
    scope: Area
    number: str | None = None
    addressees: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()


def enter(state: IssuedNotice | None, command: EnterNotice) -> Sequence[NoticeIssued]:
    """Enter the notice; ``state`` is what stands under its key, None where nothing does."""
    asked = command.asked
    if state is not None:
        raise NOTICE_KNOWN(notice=command.notice, title=state.title)
    if not asked.issuers:
        raise NOTICE_WITHOUT_ISSUER()
    return [NoticeIssued.carrying(command, asked, occurred_on=command.context.occurred_on)]


def evolve(state: IssuedNotice | None, event: Event) -> IssuedNotice | None:
    """The notice after one more event."""
    if isinstance(event, NoticeIssued):
        return IssuedNotice(event.title, event.scope, event.addressees)
    if state is None:
        return None
    match event:
        case notice_delivery.NoticeSent():
            return replace(state, recipients=event.recipients)
        case notice_delivery.NoticeDelivered():
            return replace(state, received=state.received | {Recipient(event.addressee, event.area, event.unit)})
    return state


NOTICE: Part[IssuedNotice | None] = Part(
    "notice/{notice}", None, decides=(enter, notice_delivery.send, notice_delivery.acknowledge), evolve=evolve
)
