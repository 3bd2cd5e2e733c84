"""What a register remembers: the posting, its months (``monthly``), its leaves, cases and payments.

Invariant: nothing here judges; it only says what was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from services.attendance.register.days import dates_of, month_bits, month_of, span
from services.attendance.register.monthly import Month

_EMPTY = Month()


@dataclass(frozen=True, slots=True)
class Leave:
    """A leave from ``first`` to ``last``, both included, asked for on ``on``.

    ``decision`` is requested, approved, refused or cancelled; ``half`` the part of its one day, "" for whole days;
    ``file_with`` the organ it must be filed with, "" where with none.
    """

    first: date
    last: date
    decision: str
    on: date
    half: str = ""
    file_with: str = ""
    filed: bool = False

    @property
    def standing(self) -> bool:
        """True while it is asked for or granted."""
        return self.decision in ("requested", "approved")


@dataclass(frozen=True, slots=True)
class Case:
    """A case of accountability against the signer of sheets."""

    signer: str
    opened_on: date
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """The attendance register of one posting, from taking up the post to its end, both days included.

    ``unit`` sent the cadre, of ``tier``; "" where an older log does not say. ``allowances`` are (version, fen) by
    month, ``paid`` the days of payment by quarter, ``signed_in`` the last day the cadre signed in,
    ``cases`` the cases of accountability,
    ``logs`` the days with a log as bits by month.
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
    signed_in: date | None = None
    cases: Mapping[str, Case] = field(default_factory=dict)
    logs: Mapping[str, int] = field(default_factory=dict)

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
            self.signed_in,
            self.cases,
            self.logs,
        )

    def with_leave(self, key: str, **changes: object) -> Register:
        """The register with a leave changed."""
        leave = replace(self.leaves[key], **changes)  # type: ignore[arg-type]
        return replace(self, leaves={**self.leaves, key: leave})

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
        if first >= self.opened_on and (self.closed_on is None or last <= self.closed_on):
            return days
        return days & month_bits(key, self.opened_on, self.closed_on or last)

    def days(self, key: str) -> int:
        """The days of a month on post that count."""
        return self.counted(key, self.month(key).present)

    def dates(self, key: str) -> list[date]:
        """The same days as dates."""
        return dates_of(key, self.days(key))

    def keys(self, first: date, last: date) -> list[str]:
        """The months from that of ``first`` to that of ``last`` of which anything is recorded."""
        begins, ends = month_of(first), month_of(last)
        return [key for key in self.months if begins <= key <= ends]

    def printed(self, key: str, days: int, count: int) -> int:
        """Which of ``days`` a sheet of ``count`` days says: in older logs those behind the end too."""
        counted = self.counted(key, days)
        return counted if counted.bit_count() == count else days

    def leave_bits(self, key: str, half: bool = False) -> int:
        """The days of a month under approved leave that count: the whole days, or those of which ``half`` is one."""
        bits = 0
        for leave in self.leaves.values():
            if leave.decision == "approved" and bool(leave.half) is half:
                bits |= month_bits(key, leave.first, leave.last)
        return self.counted(key, bits) if bits else 0

    def duty_bits(self, key: str) -> int:
        """The days of a month on official duty elsewhere that lie in the time of the posting."""
        return self.counted(key, self.month(key).duty)

    def figures(self, key: str) -> tuple[int, int, int, int]:
        """What a sheet of the month would say: the days on post as bits, and how many days of leave, of official duty,
        of half leaves."""
        leave, halves = self.leave_bits(key), self.leave_bits(key, half=True)
        return self.days(key), leave.bit_count(), self.duty_bits(key).bit_count(), halves.bit_count()


def scope(posting: str) -> tuple[str | None, str | None]:
    """(programme, target) of a posting's key, (programme, None) of a swap leg's, nothing for a text that is none."""
    match posting.split("."):
        case [programme, target, _]:
            return programme, target
        case [programme, _, "out" | "back", _, _, _]:
            return programme, None
    return None, None


def programme_and_area(key: str) -> tuple[str | None, str | None]:
    """(programme, area) of the key of a place's stream."""
    programme, _, area = key.partition(".")
    return programme, area
