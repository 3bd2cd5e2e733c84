"""Notices: how one is named.

Invariant: two spellings of one number that differ in brackets or blanks are one notice (X-010).
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

_BRACKETS = str.maketrans("[【［(（]】］)）", "〔" * 5 + "〕" * 5)


def canonical_number(number: str) -> str:
    """The number with 〔〕 and without blanks: ``辽委办发[2001]40号`` → ``辽委办发〔2001〕40号`` (X-010)."""
    return re.sub(r"\s", "", number).translate(_BRACKETS)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice of a profile. ``number`` and ``issued_on`` (ISO date) are None where none is printed.

    ``outline`` maps each clause that may be cited to a word about it; ``source`` is "notice", or "article" where only
    a report about the text is at hand.
    """

    key: str
    title: str
    number: str | None = None
    issued_on: str | None = None
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    annexes: tuple[dict[str, Any], ...] = ()
    source: str = "notice"
    outline: dict[str, str] = field(default_factory=dict)

    @property
    def cited(self) -> str:
        """How decisions cite it: its number, else its title."""
        return self.number or self.title

    def plain(self) -> dict[str, Any]:
        """The notice as JSON-able data."""
        return {**asdict(self), "cited": self.cited}
