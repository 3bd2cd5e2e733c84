"""An errand: what somebody comes to do, by as many visitors as it takes, counted from signing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST: Final = 12
"""Clicks that an errand may take, all who take part together."""


@dataclass(frozen=True)
class Errand:
    """What it is about, how many pages were seen and how many clicks made."""

    title: str
    pages: int
    clicks: int

    def __str__(self) -> str:
        return f"{self.title}: {self.pages} pages, {self.clicks} clicks"
