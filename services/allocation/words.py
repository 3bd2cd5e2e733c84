"""Words that more than one noun of allocation uses: kinds, tiers, levels, and how stream keys are put together.

Invariant: a key segment never holds the separator ``.`` except unit ids, which therefore stand where a split from the
other end finds them.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["township", "village"]
Tier = Literal["province", "city", "county"]
Level = Literal["city", "county", "township"]
Direction = Literal["out", "back"]

CODE_LENGTH: dict[str, int] = {"township": 9, "village": 12}


def city_of(area: str) -> str:
    """The 4-digit city of a division code of 4 digits or more."""
    return area[:4]


def programme_of(key: str) -> tuple[str | None, str | None]:
    """Scope of streams named after a programme: its rules, of no single area."""
    return key.split(".", 1)[0], None


def programme_and_area(key: str) -> tuple[str | None, str | None]:
    """Scope of streams ``<programme>.<area code>``: the rules of the programme in that area."""
    programme, area = key.split(".", 1)
    return programme, area
