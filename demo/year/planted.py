"""Which cases are planted in the year, and on whom: drawn by a seed, so that anybody can draw them again.

Invariant: nobody has two cases. The draw knows postings and townships by their keys alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from demo.year.extent import KINDS, YEAR
from programmes.working_days import WorkingDays

SECRETARIES_FROM = date(YEAR, 6, 17)
"""The day, in the middle of a month, on which somebody else becomes township secretary."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case of ``kind`` on ``key`` (a posting, or a township) in a month of the year; not ``played``: left out."""

    kind: str
    key: str
    month: int
    played: bool = True

    @property
    def period(self) -> str:
        """The month as the system writes it."""
        return f"{YEAR}-{self.month:02}"


def ranked(seed: str, keys: Iterable[str]) -> list[str]:
    """The keys in the order of the seed."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed} {key}".encode()).digest())


def number(seed: str, key: str, below: int) -> int:
    """A number from 0 that the seed gives a key."""
    return int.from_bytes(hashlib.sha256(f"{seed} {key}".encode()).digest()[:8]) % below


def drawn(
    seed: str,
    first: Sequence[str],
    second: Sequence[str],
    townships: Sequence[str],
    cases: Mapping[str, int],
    left_out: Sequence[str] = (),
) -> list[Case]:
    """The cases among the postings of the ``first`` programme, those of the ``second``, and the townships."""
    found: list[Case] = []
    for keys, kinds in ((first, KINDS), (second, ("short_year", "bound_year")), (townships, ("secretary",))):
        order = iter(ranked(seed, keys))
        found += [_case(seed, kind, next(order)) for kind in kinds for _ in range(cases[kind])]
    return list(_without_last(found, left_out))


def _case(seed: str, kind: str, key: str) -> Case:
    # From February to October, so that there is a month before it and there are months after it.
    return Case(kind, key, 2 + number(seed, f"{kind} {key}", 9))


def _without_last(cases: Sequence[Case], kinds: Sequence[str]) -> Iterator[Case]:
    last = {case.kind: case for case in cases if case.kind in kinds}
    for case in cases:
        yield Case(case.kind, case.key, case.month, played=last.get(case.kind) is not case)


@cache
def month(number: int) -> tuple[date, ...]:
    """The days of a month of the year."""
    first = date(YEAR, number, 1)
    days = (first + timedelta(n) for n in range(31))
    return tuple(day for day in days if day.month == number)


def default_days(days: Sequence[date], wanted: int) -> list[date]:
    """Of ``days`` the working days, and days off from the last on, until there are ``wanted`` or no more."""
    works = WorkingDays().is_working_day
    working = [day for day in days if works(day)]
    off = [day for day in days if not works(day)]
    return sorted([*working, *off[::-1]][:wanted])
