"""Rates: how often somebody may do something, and how long to wait until it may be done once more. Pure.

A token bucket for every asker: it is full at ``burst`` and fills by ``a_second``; one request takes one out.
Invariants: what is refused takes nothing, and the seconds told are those after which one request is admitted; at most
``most`` buckets are kept, and who was silent longest is forgotten first, so askers without number cost no memory.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST: Final = 10_000
_DUST: Final = 1e-9
"""What sums of fractions may lack: who waited as long as told is admitted."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` at once, and ``a_second`` for ever; both above 0."""

    a_second: float
    burst: float


class Kind(StrEnum):
    """What is counted apart: for a subject the first three, for an address the others."""

    COMMANDS = "commands"
    READS = "reads"
    DISCLOSURES = "disclosures"
    FAILURES = "failures"
    OPEN = "open"


BUDGETS: Final[Mapping[Kind, Rate]] = {
    Kind.COMMANDS: Rate(100, 3000),
    Kind.READS: Rate(100, 1000),
    Kind.DISCLOSURES: Rate(1, 120),
    Kind.FAILURES: Rate(5, 100),
    Kind.OPEN: Rate(50, 500),
}
"""Of a subject: commands, readings, readings of personal data (each leaves an event for ever). Of an address: requests
without a good token, and requests for what needs none."""


class Buckets:
    """One bucket an asker. Not safe for threads."""

    def __init__(self, rate: Rate, most: int = MOST) -> None:
        self._rate = rate
        self._most = most
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, asker: str, now: float) -> int:
        """0 where ``asker`` may, else the whole seconds to wait; ``now`` is a clock in seconds that never goes back."""
        level, at = self._held.pop(asker, (self._rate.burst, now))
        level = min(self._rate.burst, level + (now - at) * self._rate.a_second)
        lacking = 1.0 - level - _DUST
        self._held[asker] = (level if lacking > 0 else level - 1.0, now)
        if len(self._held) > self._most:
            self._held.popitem(last=False)
        return max(1, math.ceil(lacking / self._rate.a_second)) if lacking > 0 else 0

    def __len__(self) -> int:
        return len(self._held)


def budgets(text: str) -> dict[Kind, Rate]:
    """``BUDGETS`` but for those in ``text``: ``commands=100/3000,reads=…``, a second and at once.

    Raises:
        ValueError: for a name that is none, or a number that is not above 0 (a burst below 1 admits nothing).
    """
    found = dict(BUDGETS)
    for part in filter(None, (one.strip() for one in text.split(","))):
        name, _, numbers = part.partition("=")
        a_second, _, burst = numbers.partition("/")
        rate = Rate(float(a_second), float(burst))
        if not (0 < rate.a_second < math.inf and 1 <= rate.burst < math.inf):
            raise ValueError(f"{part} admits nothing, or everything")
        found[Kind(name.strip())] = rate
    return found
