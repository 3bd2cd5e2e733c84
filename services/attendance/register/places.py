"""Where a day on post was worked and the night after it spent (AT-011).

Source: the Jinzhou measures 一.2 (吃住、工作在乡村). Invariant: a place that was not told is unknown, and unknown is no
night elsewhere; a pattern of places opens a check by people and concludes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal, Protocol

from kernel.messages import Area, Context, Event, Key
from programmes.readers.attendance import OVERNIGHT
from services.attendance.register.days import MonthKey, bits_of
from services.attendance.register.state import Register

Place = Literal["village", "township", "county", "elsewhere"]
"""Where, each the village, township or county of the posting: the narrowest that is true."""
WITHIN: dict[str, frozenset[str]] = {"village": frozenset({"village"}), "township": frozenset({"village", "township"})}
"""The places at which a night counts as spent where the profile has the cadre live."""


class DayPlacesRecorded(Event, title="到岗地点登记"):
    """The days of one act were worked at ``work``, their nights spent at ``night``; ``spent`` where that is where the
    profile has the cadre live, None where it does not say or the night was not told."""

    rule: ClassVar[str | None] = "attendance.register"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    month: MonthKey
    days: tuple[date, ...]
    work: Place | None
    night: Place | None
    spent: bool | None


class Placed(Protocol):
    """Days of one month with their places."""

    @property
    def month(self) -> MonthKey: ...
    @property
    def days(self) -> tuple[date, ...]: ...
    @property
    def work(self) -> Place | None: ...
    @property
    def night(self) -> Place | None: ...
    @property
    def context(self) -> Context: ...


def recorded(register: Register, command: Placed) -> Iterator[DayPlacesRecorded]:
    """The places, where any was told."""
    if command.work is None and command.night is None:
        return
    rules = command.context.rules
    wanted = rules.find(OVERNIGHT) if rules is not None else None
    spent = None if wanted is None or command.night is None else command.night in WITHIN[wanted.value]
    yield DayPlacesRecorded(
        occurred_on=command.context.occurred_on,
        posting=register.posting,
        target=register.target,
        month=command.month,
        days=command.days,
        work=command.work,
        night=command.night,
        spent=spent,
    )


def placed(register: Register, event: DayPlacesRecorded) -> Register:
    """The state after DayPlacesRecorded."""
    if event.spent is None:
        return register
    month, bits = register.month(event.month), bits_of(event.days)
    nights = (month.nights | bits) if event.spent else (month.nights & ~bits)
    return register.with_month(event.month, replace(month, placed=month.placed | bits, nights=nights))
