"""An account, and what follows from its state: how long a wrong password keeps it waiting, when a session is over.

Pure. Source: OWASP ASVS 5.0 V6.3.1 (guessing), V7.3 (time limits of sessions).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from programmes.roles import AUDITOR, CADRES, SECURITY, SYSTEM_ADMIN

ADMINISTRATORS: Final = SYSTEM_ADMIN | SECURITY | AUDITOR
"""The three roles that never overlap, with each other or with a post."""
OWN_ROLES: Final = ADMINISTRATORS | CADRES
"""The roles an account has itself: nobody holds them by a post."""
SECOND: Final = 1_000_000
"""Microseconds."""
FREE: Final = 5
"""Failures that keep nobody waiting."""
_FIRST, _LONGEST = 30, 900
IDLE: Final = 30 * 60 * SECOND
WHOLE: Final = 12 * 3600 * SECOND
"""How long a session lasts that nobody uses, and how long any does."""
ENROLLING: Final = 15 * 60 * SECOND
INITIAL: Final = 7 * 86_400 * SECOND
"""How long a first password holds."""


@dataclass(frozen=True, slots=True)
class Account:
    """A row of ``accounts.accounts``."""

    name: str
    person: str
    role: str
    place: str
    since: date
    until: date | None
    password: str
    initial: int
    secret: bytes
    step: int
    locked: bool
    subject: str | None

    def holds(self, today: date) -> bool:
        """True where the account may be used on the day."""
        in_time = self.since <= today and (self.until is None or today <= self.until)
        return in_time and not self.locked


def waiting(failures: int, last: int, now: int) -> int:
    """Whole seconds until another try is looked at: none for the first failures, then 30, twice as many each time, and
    900 at most."""
    if failures < FREE:
        return 0
    seconds = min(_LONGEST, _FIRST << min(failures - FREE, 10))
    return max(0, -((now - last) // SECOND) + seconds)


def over(begun: int, seen: int, ends: int, now: int) -> bool:
    """True where a session has ended: by its own end, by age, or because nobody used it."""
    return now >= min(ends, begun + WHOLE, seen + IDLE)


def named(issuer: str, subject: str) -> str:
    """How an account names whom an issuer calls ``subject``: no issuer's subject is another's."""
    return urlencode({"iss": issuer, "sub": subject})
