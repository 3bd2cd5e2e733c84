"""Sham posting (挂名、走读、两头跑、两头空): found by people who looked, never by a pattern of figures (AT-019).

Source: the Jinzhou measures 一.2. Invariant: a finding names the check or inspection it rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Literal

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Event, Few, Key, Order, Text
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.attendance import VIOLATIONS
from services.attendance.inspection import accountability
from services.attendance.inspection.accountability import SUPERIORS, AccountabilityOpened
from services.attendance.inspection.refusals import SHAM_KIND, SHAM_MONTHS, SHAM_UNSEEN
from services.attendance.register.days import MonthKey, span
from services.attendance.register.state import Register

RULE = VIOLATIONS.path
Source = Literal["check", "inspection"]


class ShamPostingFound(Event, title="认定挂名走读等问题"):
    """A posting was a sham of the kind ``code`` in ``months``, as ``source`` number ``number`` in ``area`` saw."""

    rule: ClassVar[str | None] = RULE
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    code: str
    months: tuple[str, ...]
    source: Source
    area: Area
    number: int
    finding: Text


class RecordShamPosting(Command, title="认定挂名走读等问题", roles=SUPERIORS, concerns=("posting",)):
    """Find that a posting was a sham in ``months``; it rests on check or inspection ``number`` of ``area``."""

    posting: Key
    code: str
    months: Few[MonthKey]
    source: Source
    area: Area
    number: int
    finding: Text


class FindSham(Order):
    """RecordShamPosting, with the day of the check or inspection, None where there was none."""

    posting: Key
    code: str
    months: tuple[str, ...]
    source: Source
    area: Area
    number: int
    finding: Text
    seen_on: date | None


def find_sham(register: Register, command: FindSham) -> Sequence[ShamPostingFound | AccountabilityOpened]:
    """ShamPostingFound, and AccountabilityOpened against who signed the sheets of its months.

    Raises:
        Rejected: ``not_your_business``, ``sham_kind``, ``sham_unseen`` where no check or inspection of the place is
            named, ``sham_months`` where a month is outside the posting, ``date_before_ground``, ``rule_unknown``.
    """
    context = command.context
    rules = in_force(context.rules, register.programme)
    codes = rules.value(VIOLATIONS)
    if context.actor.role not in SUPERIORS or not context.actor.covers(register.target):
        raise NOT_YOUR_BUSINESS(act="认定问题", organ="县以上组织部门", field="posting", rule=RULE)
    if command.code not in codes:
        raise SHAM_KIND(code=command.code, codes=codes, rule=RULE)
    if command.seen_on is None or not register.target.startswith(command.area):
        raise SHAM_UNSEEN(posting=register.posting, rule=RULE)
    not_before(command, command.seen_on, "检查", RULE)
    months = tuple(dict.fromkeys(command.months))
    if not months or not all(
        register.within(*span(month)) and span(month)[0] <= context.occurred_on for month in months
    ):
        raise SHAM_MONTHS(posting=register.posting, rule=RULE)
    signed = [(month, signer) for month in months if (signer := _signer(register, month, context.occurred_on))]
    found = ShamPostingFound.carrying(command, register, posting=register.posting, months=months)
    return (
        found,
        *accountability.opening(register, command, rules, signed, "sham_posting", command.code),
    )


def _signer(register: Register, month: str, on: date) -> str | None:
    """Who had signed the newest sheet of a month that was signed by a day."""
    sheets = register.month(month).sheets
    return next((s.signer for s in reversed(sheets) if s.signer and s.signed_on and s.signed_on <= on), None)
