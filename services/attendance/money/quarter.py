"""The allowance that a city pays by the quarter, once its county has held the review of that quarter (PE-102).

Source: the Jinzhou measures 三.1, 二.4. Invariant: only cadres of the tier the notice names are paid; a month served in
part is paid only where the profile says how.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Event, Key, Order
from kernel.part import Part
from programmes.money import fen
from programmes.quarters import Quarter, months_of, quarter_span
from programmes.readers.money import MONTHLY, PAID, PARTIAL_MONTH, PAYER, TIER
from programmes.roles import COUNTIES, TIER_NAMES
from services.attendance.money.refusals import (
    ALLOWANCE_OF_ANOTHER_TIER,
    QUARTER_NOT_OVER,
    QUARTER_NOT_REVIEWED,
    QUARTER_NOT_SERVED,
    QUARTER_PAID,
)
from services.attendance.register.state import Register, programme_and_area


class QuarterReviewNoted(Event, title="季度调度抄录"):
    """A county held its review of a quarter on ``occurred_on``."""

    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: Key
    county: Area
    quarter: Quarter


class AllowancePaid(Event, title="补助发放"):
    """A cadre was paid the allowance of a quarter: so many ``months``, together ``fen``, from ``source``."""

    rule: ClassVar[str | None] = MONTHLY.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    quarter: Quarter
    months: int
    fen: int
    source: str


class NoteQuarterReview(Order):
    """Write down that a county held its review (caused by evaluation.QuarterReviewHeld)."""

    programme: Key
    county: Area
    quarter: Quarter


class PayAllowance(Command, title="发放季度补助", roles=COUNTIES, concerns=("posting",)):
    """Pay a cadre the allowance of a quarter."""

    posting: Key
    quarter: Quarter


class PayQuarter(Order):
    """The same, told when the county held its review of that quarter (None: not yet)."""

    quarter: Quarter
    reviewed_on: date | None


Reviews = Mapping[str, date]
"""By quarter the day of the first review."""


def note_review(reviews: Reviews, command: NoteQuarterReview) -> Sequence[QuarterReviewNoted]:
    """The review, the first of a quarter."""
    return () if command.quarter in reviews else (QuarterReviewNoted.carrying(command),)


def reviewed(reviews: Reviews, event: Event) -> Reviews:
    """The state after QuarterReviewNoted."""
    return {**reviews, event.quarter: event.occurred_on} if isinstance(event, QuarterReviewNoted) else reviews


REVIEWS: Part[Reviews] = Part(
    "quarter-reviews/{programme}.{county}", {}, decides=(note_review,), evolve=reviewed, scope=programme_and_area
)
"""The reviews of one county."""


def pay(register: Register, command: PayQuarter) -> Sequence[AllowancePaid]:
    """The allowance of a quarter (PE-102): 3 full months of 1700 yuan are 5100.00; another tier is owed nothing.

    Raises:
        Rejected: ``rule_unknown`` where nothing is paid by the quarter, or a month was served in part and the profile
            does not say how it is paid; ``allowance_of_another_tier``; ``quarter_not_over``; ``quarter_not_served``;
            ``quarter_not_reviewed``; ``date_before_ground``; ``quarter_paid``.
    """
    context, quarter = command.context, command.quarter
    rules = in_force(context.rules, register.programme)
    monthly, tier = rules.value(MONTHLY), rules.value(TIER)
    rules.value(PAID)
    if register.tier != tier:
        raise ALLOWANCE_OF_ANOTHER_TIER(tier=TIER_NAMES[tier])
    _, last = quarter_span(quarter)
    if context.occurred_on <= last:
        raise QUARTER_NOT_OVER(quarter=quarter, last=last)
    if command.reviewed_on is None:
        raise QUARTER_NOT_REVIEWED(county=register.target[:6], quarter=quarter)
    not_before(command, command.reviewed_on, "季度调度", PAID.path)
    if paid := register.paid.get(quarter):
        raise QUARTER_PAID(quarter=quarter, on=paid)
    months = 0
    for first, end in months_of(quarter):
        served = register.within(first, end)
        whole = served == (end - first).days + 1
        months += whole or (served > 0 and rules.value(PARTIAL_MONTH) == "paid_whole")
    if not months:
        raise QUARTER_NOT_SERVED(quarter=quarter)
    return (
        AllowancePaid.carrying(
            command,
            register,
            posting=register.posting,
            months=months,
            fen=months * fen(monthly),
            source=rules.value(PAYER),
        ),
    )


def paid(register: Register, event: AllowancePaid) -> Register:
    """The state after AllowancePaid."""
    return replace(register, paid={**register.paid, event.quarter: event.occurred_on})
