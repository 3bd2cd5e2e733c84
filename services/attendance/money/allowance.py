"""The allowance of a month: certified days on post times the daily rate, paid by the unit (PE-044).

Source: 晋组通字〔2015〕41号 五.6.
Invariant: only sealed days count, leave never does, and no rate is invented: where the profile has none for a day,
nothing is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Key
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.money import yuan
from programmes.readers.money import DAILY, DAYS, Rate
from programmes.roles import UNITS
from services.attendance.money.refusals import ALLOWANCE_CURRENT, MONTH_NOT_SERVED, RATE_NOT_IN_FORCE
from services.attendance.register.days import MonthKey, days_between, span
from services.attendance.register.state import Register


class AllowanceComputed(Event, title="补贴核算"):
    """What the unit owes for a month: ``days`` of version ``version`` of the sheet, together ``fen``.

    A month that nobody sealed is not certified: it has version 0 and no fen until it is. ``assumed`` where the rate is
    a setting.
    """

    rule: ClassVar[str | None] = DAYS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    unit: str
    month: MonthKey
    version: int
    days: int
    fen: int
    certified: bool
    assumed: bool


class ComputeAllowance(Command, title="核算补贴", roles=UNITS, concerns=("posting",)):
    """Compute the allowance of a month that is over."""

    posting: Key
    month: MonthKey


def compute(register: Register, command: ComputeAllowance) -> Sequence[AllowanceComputed]:
    """The allowance of the month (PE-044): 17 certified days are 17 times the rate, an uncertified month is 0.

    Raises:
        Rejected: ``rule_unknown`` where the programme pays by no day or has no rate; ``not_your_business``;
            ``month_not_served``; ``rate_not_in_force``; ``allowance_current``.
    """
    context = command.context
    rules = in_force(context.rules, register.programme)
    rules.value(DAYS)
    rate = rules.rule(DAILY)
    if not context.actor.manages(register.unit):
        organ = f"派出单位（{register.unit or '未知'}）"
        raise NOT_YOUR_BUSINESS(act="核算补贴", organ=organ, field="posting", rule="allowance.payer")
    first, last = span(command.month)
    if not register.within(first, last) or context.occurred_on <= last:
        raise MONTH_NOT_SERVED(month=command.month)
    sheet = next((one for one in reversed(register.month(command.month).sheets) if one.sealed), None)
    version, bits = (sheet.version, register.counted(command.month, sheet.days)) if sheet else (0, 0)
    days = [day for day in days_between(first, last) if bits >> (day.day - 1) & 1]
    total = sum(_rate_of(day, rate.value) for day in days)
    if register.allowances.get(command.month) == (version, total):
        raise ALLOWANCE_CURRENT(month=command.month, yuan=yuan(total))
    return (
        AllowanceComputed.carrying(
            command,
            register,
            posting=register.posting,
            version=version,
            days=len(days),
            fen=total,
            certified=sheet is not None,
            assumed=rate.assumed,
        ),
    )


def computed(register: Register, event: AllowanceComputed) -> Register:
    """The state after AllowanceComputed."""
    return replace(register, allowances={**register.allowances, event.month: (event.version, event.fen)})


def _rate_of(day: date, rates: Sequence[Rate]) -> int:
    """The rate of a day. Raises Rejected: ``rate_not_in_force``."""
    holding = [rate.fen for rate in rates if rate.since <= day]
    if not holding:
        raise RATE_NOT_IN_FORCE(day=day)
    return holding[-1]
