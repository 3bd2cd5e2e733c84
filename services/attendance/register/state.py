"""What a register remembers: the posting, its days month by month, its leaves and its sheets.

Days of a month are the bits of one integer (bit 0 is the first), so that a day more costs one small copy whatever the
register already holds. Invariant: nothing here judges; it only says what was recorded.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Annotated

from kernel.messages import Pattern

MonthKey = Annotated[str, Pattern("[1-9][0-9]{3}-(0[1-9]|1[0-2])", accepted="年月，如 2018-06")]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One version of a month's statement. ``days`` are its bits, ``on`` the day of its last step, ``signed_on`` that of
    its signature."""

    version: int
    days: int
    leave_days: int
    on: date
    signer: str | None = None
    sealed: bool = False
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month: the days on post as known now, and every version of its sheet, oldest first."""

    days: int = 0
    sheets: tuple[Sheet, ...] = ()

    @property
    def last(self) -> Sheet | None:
        """The newest version of the sheet."""
        return self.sheets[-1] if self.sheets else None

    @property
    def ever_sealed(self) -> bool:
        """True from the first seal on: from then a change is a correction."""
        return any(sheet.sealed for sheet in self.sheets)

    def sheet(self, version: int) -> Sheet | None:
        """One version of the sheet."""
        return self.sheets[version - 1] if 0 < version <= len(self.sheets) else None

    def with_last(self, **changes: object) -> Month:
        """The month with its newest sheet changed."""
        return replace(self, sheets=(*self.sheets[:-1], replace(self.sheets[-1], **changes)))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Leave:
    """A leave from ``first`` to ``last``, both included, asked for on ``on``; ``decision`` is requested, approved or
    refused."""

    first: date
    last: date
    decision: str
    on: date


@dataclass(frozen=True, slots=True)
class Register:
    """The attendance register of one posting, from taking up the post to its end, both days included.

    ``unit`` sent the cadre, of ``tier``; "" where an older log does not say. ``allowances`` are (version, fen) by
    month, ``paid`` the days of payment by quarter.
    """

    programme: str
    posting: str
    person: str
    target: str
    kind: str
    opened_on: date
    closed_on: date | None = None
    months: Mapping[str, Month] = field(default_factory=dict)
    leaves: Mapping[str, Leave] = field(default_factory=dict)
    unit: str = ""
    tier: str = ""
    allowances: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    paid: Mapping[str, date] = field(default_factory=dict)

    def month(self, key: str) -> Month:
        """The month ``key`` ("2018-06"), empty where nothing was recorded."""
        return self.months.get(key, _EMPTY)

    def with_month(self, key: str, month: Month) -> Register:
        """The register with one month replaced. Built by hand: replay comes through here once a day on post."""
        months = {**self.months, key: month}
        return Register(
            self.programme,
            self.posting,
            self.person,
            self.target,
            self.kind,
            self.opened_on,
            self.closed_on,
            months,
            self.leaves,
            self.unit,
            self.tier,
            self.allowances,
            self.paid,
        )

    def holds(self, day: date) -> bool:
        """True where ``day`` lies in the time of the posting."""
        return self.opened_on <= day and (self.closed_on is None or day <= self.closed_on)

    def within(self, first: date, last: date) -> int:
        """How many days from ``first`` to ``last`` lie in the time of the posting."""
        start, end = max(first, self.opened_on), min(last, self.closed_on or last)
        return max(0, (end - start).days + 1)

    def counted(self, key: str, days: int) -> int:
        """Of ``days`` of a month those in the time of the posting: what lies behind its end was recorded before that
        end became known, and counts no more."""
        first, last = span(key)
        return days & bits_of(days_between(max(first, self.opened_on), min(last, self.closed_on or last)))

    def days(self, key: str) -> int:
        """The days of a month on post that count."""
        return self.counted(key, self.month(key).days)

    def dates(self, key: str) -> list[date]:
        """The same days as dates."""
        counted = self.days(key)
        return [day for day in days_between(*span(key)) if counted & bits_of((day,))]

    def printed(self, key: str, days: int, count: int) -> int:
        """Which of ``days`` a sheet of ``count`` days says: in older logs those behind the end too."""
        counted = self.counted(key, days)
        return counted if counted.bit_count() == count else days

    def leave_bits(self, key: str) -> int:
        """The days of a month under approved leave that count."""
        first, last = span(key)
        bits = 0
        for leave in self.leaves.values():
            if leave.decision == "approved":
                bits |= bits_of(days_between(max(first, leave.first), min(last, leave.last)))
        return self.counted(key, bits)


_EMPTY = Month()


def month_of(day: date) -> str:
    """The key of the month a day lies in."""
    return f"{day.year:04}-{day.month:02}"


def span(key: str) -> tuple[date, date]:
    """First and last day of a month."""
    year, month = (int(part) for part in key.split("-"))
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def days_between(first: date, last: date) -> Iterable[date]:
    """Every day from ``first`` to ``last``, both included; none where they are the wrong way round."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def bits_of(days: Iterable[date]) -> int:
    """The days of one month as bits."""
    bits = 0
    for day in days:
        bits |= 1 << (day.day - 1)
    return bits


def scope(posting: str) -> tuple[str | None, str | None]:
    """(programme, target) of a posting's key, nothing for a text that is none."""
    match posting.split("."):
        case [programme, target, _]:
            return programme, target
    return None, None


def programme_and_area(key: str) -> tuple[str | None, str | None]:
    """(programme, area) of the key of a place's stream."""
    programme, _, area = key.partition(".")
    return programme, area
