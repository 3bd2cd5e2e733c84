"""Delivery of a notice: to whom each printed addressee stands for it was sent, and who has acknowledged it.

Invariant: every addressee of the notice is reached by somebody, nobody is sent it who is not one, and only a recipient
itself acknowledges; whoever has not stays on the list (X-011).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kernel.messages import Actor, Area, Command, Event, Key
from programmes.roles import CITIES, COUNTIES, MANAGERS, PROVINCE
from services.allocation.registers.notice_state import IssuedNotice, Recipient
from services.allocation.registers.refusals import (
    ADDRESSEE_LEFT_OUT,
    ADDRESSEE_UNKNOWN,
    NOT_THE_RECIPIENT,
    NOTICE_ACKNOWLEDGED,
    NOTICE_RECIPIENT_WRONG,
    NOTICE_SENT,
    NOTICE_UNKNOWN,
    RECIPIENT_UNKNOWN,
)


class SendNotice(Command, title="发送通知", roles=PROVINCE | CITIES | COUNTIES, concerns=("notice",)):
    """Send a notice in the register to its recipients, all at once."""

    notice: Key
    recipients: tuple[Recipient, ...]


class AcknowledgeNotice(Command, title="签收通知", roles=PROVINCE | MANAGERS, concerns=("area", "unit")):
    """A recipient, an area's department or a unit, says that it has the notice."""

    notice: Key
    area: Area | None = None
    unit: Key | None = None


class NoticeSent(Event, title="通知发送"):
    """The notice went to these recipients; ``scope`` is the notice's."""

    areas: ClassVar[tuple[str, ...]] = ("scope",)

    notice: str
    scope: Area
    recipients: tuple[Recipient, ...]


class NoticeDelivered(Event, title="通知签收"):
    """A recipient has acknowledged the notice. Exactly one of ``area`` and ``unit`` is given."""

    areas: ClassVar[tuple[str, ...]] = ("area",)

    notice: str
    addressee: str
    area: Area | None
    unit: str | None


def send(state: IssuedNotice | None, command: SendNotice) -> Sequence[NoticeSent]:
    """Send once (X-011). Source of the list: the addressees of 辽组通字〔2018〕23号 and of every other notice."""
    issued = _issued(state, command.notice)
    if issued.recipients:
        raise NOTICE_SENT(notice=command.notice)
    printed = {_bare(name): name for name in issued.addressees}
    for to in command.recipients:
        if _bare(to.addressee) not in printed:
            raise ADDRESSEE_UNKNOWN(addressee=to.addressee, notice=command.notice, addressees=issued.addressees)
        if (to.area is None) == (to.unit is None) or command.recipients.count(to) > 1:
            raise NOTICE_RECIPIENT_WRONG(addressee=to.addressee)
    missing = [name for bare, name in printed.items() if bare not in {_bare(to.addressee) for to in command.recipients}]
    if missing:
        raise ADDRESSEE_LEFT_OUT(missing=missing)
    return [NoticeSent.carrying(command, scope=issued.scope)]


def acknowledge(state: IssuedNotice | None, command: AcknowledgeNotice) -> Sequence[NoticeDelivered]:
    """The recipient itself acknowledges, once (X-011)."""
    issued = _issued(state, command.notice)
    found = next((to for to in issued.recipients if (to.area, to.unit) == (command.area, command.unit)), None)
    if found is None:
        raise RECIPIENT_UNKNOWN(
            notice=command.notice,
            recipient=command.area or command.unit or "（未写明）",
            field="area" if command.unit is None else "unit",
        )
    if not _is(command.context.actor, found):
        raise NOT_THE_RECIPIENT(
            notice=command.notice,
            addressee=found.addressee,
            field="area" if found.unit is None else "unit",
            recipient=found.area or found.unit,
        )
    if found in issued.received:
        raise NOTICE_ACKNOWLEDGED(notice=command.notice)
    return [NoticeDelivered.carrying(command, found, area=found.area, unit=found.unit)]


def _issued(state: IssuedNotice | None, notice: str) -> IssuedNotice:
    if state is None:
        raise NOTICE_UNKNOWN(notice=notice)
    return state


def _is(actor: Actor, recipient: Recipient) -> bool:
    """True for the recipient itself: whoever stands above an area has it not acknowledged in its place."""
    return actor.manages(recipient.unit) if recipient.unit is not None else recipient.area in actor.areas


def _bare(name: str) -> str:
    return "".join(name.split())
