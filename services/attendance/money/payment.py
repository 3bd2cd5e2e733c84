"""Payments for a posting, each with its source, and the work funds of a year (X-042, X-044).

Sources: 晋组通字〔2015〕41号 五.3, 五.6, 六.3; the Jinzhou measures 三.1.
Invariant: money without a source that the notice names is not recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Event, Key, Line
from kernel.rules import Rules
from programmes.readers.money import ALLOWANCE_SOURCES, ALLOWANCES, SOURCES, WORK_FUNDS
from programmes.roles import CITIES, COUNTIES, PROVINCE, UNITS
from services.attendance.money.refusals import (
    ALLOWANCE_SOURCE,
    ALLOWANCE_UNKNOWN,
    AMOUNT_NOT_POSITIVE,
    FUNDS_SOURCE_MISSING,
    FUNDS_SOURCE_UNKNOWN,
    FUNDS_UNKNOWN,
    YEAR_NOT_SERVED,
)
from services.attendance.register.state import Register

PAYING = UNITS | COUNTIES | CITIES | PROVINCE
"""Who pays for postings."""


class PaymentRecorded(Event, title="经费支付"):
    """``fen`` were paid for a posting, from ``source``; ``allowance`` is the kind, where it is an allowance."""

    schema: ClassVar[int] = 2
    rule: ClassVar[str | None] = SOURCES.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    target: Area
    fen: int
    source: Key
    purpose: Line
    document: Line
    organ: str
    allowance: str


class WorkFundsGranted(Event, title="安排工作经费"):
    """``fen`` of one ``kind`` were granted to a posting for ``year``, from ``source``."""

    rule: ClassVar[str | None] = WORK_FUNDS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    target: Area
    year: int
    kind: Line
    fen: int
    source: Key
    organ: str


class RecordPayment(Command, title="登记经费支付", roles=PAYING, concerns=("posting",)):
    """Record a payment, in fen; ``document`` is the voucher, ``allowance`` the kind of allowance it pays, if any."""

    posting: Key
    fen: int
    purpose: Line
    document: Line
    source: Key | None = None
    allowance: str = ""


class GrantWorkFunds(Command, title="安排工作经费", roles=PAYING, concerns=("posting",)):
    """Grant a posting funds for a year, in fen."""

    posting: Key
    year: int
    kind: Line
    fen: int
    source: Key | None = None


def record_payment(register: Register, command: RecordPayment) -> Sequence[PaymentRecorded]:
    """The payment (X-042); an allowance is of a kind the notice names, and from means it names (PE-044).

    Raises:
        Rejected: ``amount_not_positive``, ``source_missing``, ``source_unknown``, ``allowance_unknown``,
            ``allowance_source``, ``date_before_ground`` before the posting began, ``rule_unknown``.
    """
    not_before(command, register.opened_on, "到岗", SOURCES.path)
    rules = in_force(command.context.rules, register.programme)
    source = _source(rules, command)
    if command.allowance:
        kinds, means = rules.value(ALLOWANCES), rules.value(ALLOWANCE_SOURCES)
        if command.allowance not in kinds:
            raise ALLOWANCE_UNKNOWN(kind=command.allowance, kinds=kinds)
        if source not in means:
            named = rules.value(SOURCES)
            raise ALLOWANCE_SOURCE(source=named[source], means=[f"{one}（{named.get(one, one)}）" for one in means])
    organ = command.context.actor.organ
    return (PaymentRecorded.carrying(command, register, posting=register.posting, source=source, organ=organ),)


def grant(register: Register, command: GrantWorkFunds) -> Sequence[WorkFundsGranted]:
    """The funds of a year (X-044).

    Raises:
        Rejected: ``funds_unknown``, ``year_not_served``, and as ``record_payment``.
    """
    rules = in_force(command.context.rules, register.programme)
    kinds = rules.value(WORK_FUNDS)
    if command.kind not in kinds:
        raise FUNDS_UNKNOWN(kind=command.kind, kinds=kinds)
    years = range(register.opened_on.year, (register.closed_on or date.max).year + 1)
    if command.year not in years:
        raise YEAR_NOT_SERVED(year=command.year)
    source, organ = _source(rules, command), command.context.actor.organ
    return (
        WorkFundsGranted.carrying(
            command, register, posting=register.posting, kind=command.kind, source=source, organ=organ
        ),
    )


def _source(rules: Rules, command: RecordPayment | GrantWorkFunds) -> str:
    sources = rules.value(SOURCES)
    if command.fen <= 0:
        raise AMOUNT_NOT_POSITIVE()
    if command.source is None:
        raise FUNDS_SOURCE_MISSING(sources=sources)
    if command.source not in sources:
        raise FUNDS_SOURCE_UNKNOWN(source=command.source, sources=sources)
    return command.source
