"""What a register remembers of one calendar month: its days as bits, and every version of its sheet.

Days are the bits of one integer (``days``), so that a day more costs one small copy whatever the register already
holds. Invariant: nothing here judges; it only says what was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Sheet:
    """One version of a month's statement. ``days`` are its bits, ``on`` the day of its last step, ``signed_on`` that of
    its signature, ``duty_days`` and ``half_leaves`` figures beside the two that every sheet has."""

    version: int
    days: int
    leave_days: int
    on: date
    signer: str | None = None
    sealed: bool = False
    signed_on: date | None = None
    duty_days: int = 0
    half_leaves: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month: the days on post as known now, and every version of its sheet, oldest first.

    ``duty`` are days of official duty elsewhere, ``counting`` those of them that count as days on post, ``absent`` days
    of absence without approved leave; ``placed`` the days on post of which the place of the night is known, ``nights``
    those of them whose night was spent where the cadre is to live.
    """

    days: int = 0
    sheets: tuple[Sheet, ...] = ()
    duty: int = 0
    counting: int = 0
    absent: int = 0
    placed: int = 0
    nights: int = 0

    @property
    def present(self) -> int:
        """The days that count as on post, official duty among them where the programme says so."""
        return self.days | self.counting

    @property
    def last(self) -> Sheet | None:
        """The newest version of the sheet."""
        return self.sheets[-1] if self.sheets else None

    @property
    def in_force(self) -> Sheet | None:
        """The newest sealed version of the sheet: the one that counts."""
        last = self.last
        if last is None or last.sealed:
            return last
        return next((sheet for sheet in reversed(self.sheets) if sheet.sealed), None)

    @property
    def ever_sealed(self) -> bool:
        """True from the first seal on: from then a change is a correction."""
        return any(sheet.sealed for sheet in self.sheets)

    def adding(self, days: int) -> Month:
        """The month with more days on post. Built by hand: replay comes through here once a day on post."""
        more = (self.duty, self.counting, self.absent, self.placed, self.nights)
        return Month(self.days | days, self.sheets, *more)

    def sheet(self, version: int) -> Sheet | None:
        """One version of the sheet."""
        return self.sheets[version - 1] if 0 < version <= len(self.sheets) else None

    def with_last(self, **changes: object) -> Month:
        """The month with its newest sheet changed."""
        return replace(self, sheets=(*self.sheets[:-1], replace(self.sheets[-1], **changes)))  # type: ignore[arg-type]
