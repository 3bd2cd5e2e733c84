"""Days that have passed: what a day asks was asked of everybody, and then it was written down (X-055).

Invariant: days pass one after the other, none twice, and none before it has come (``Handler.day_of``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from kernel.messages import Area, Command, Event, Few, Line
from kernel.part import Part, each
from programmes.roles import CALENDAR, SYSTEM
from services.allocation.registers.refusals import DAY_OUT_OF_ORDER

_NEXT: Final = timedelta(days=1)


class PassDay(Command, title="日程推进", roles=CALENDAR | SYSTEM, concerns=("scope",)):
    """Say that everything the day asks in ``scope`` was asked; ``refused`` are commands with the codes of refusals."""

    scope: Area
    day: date
    refused: Few[Line] = ()


class DayPassed(Event, title="日程已推进"):
    """Everything ``day`` asks was asked."""

    day: date
    refused: tuple[str, ...]


def pass_day(last: date | None, command: PassDay) -> Sequence[DayPassed]:
    """The day, where it follows the last that passed; the first of all is any.

    Raises:
        Rejected: ``day_out_of_order``.
    """
    if command.day != command.context.occurred_on or (last is not None and command.day != last + _NEXT):
        raise DAY_OUT_OF_ORDER(day=command.day, last=last or "无", next=last + _NEXT if last else "当日")
    return (DayPassed.carrying(command),)


def passed(last: date | None, event: DayPassed) -> date | None:
    """The last day that passed."""
    return event.day


DAYS: Part[date | None] = Part("days/passed", None, decides=(pass_day,), evolve=each(passed))
"""The days of the system."""
