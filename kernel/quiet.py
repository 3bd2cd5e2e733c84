"""Quiet: lines of a log that say the same thing are written so many times and counted from then on.

Invariant: what is not written is counted, and the number is said once the interval is over; a kind that keeps on is
written anew in every interval.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, Final

INTERVAL: Final = 10.0
"""Seconds."""
MOST: Final = 20
"""Lines of a kind in an interval."""
_KINDS: Final = 1_000
"""Kinds that are remembered: who was silent longest is forgotten first."""


def after(seconds: float, do: Callable[[], None]) -> None:
    """Do something ``seconds`` from now, where the process is still there."""
    timer = threading.Timer(seconds, do)
    timer.daemon = True
    timer.start()


class Quiet:
    """Says of each line whether it is written. Safe for threads. ``clock`` tells seconds and never goes back."""

    def __init__(
        self,
        most: int = MOST,
        interval: float = INTERVAL,
        clock: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], None]], Any] = after,
    ) -> None:
        self._most = most
        self._interval = interval
        self._clock = clock
        self._later = later
        self._kinds: OrderedDict[Hashable, tuple[float, int]] = OrderedDict()
        self._withheld: dict[Hashable, int] = {}
        self._lock = threading.Lock()

    def admits(self, kind: Hashable, say: Callable[[int], None]) -> bool:
        """Whether a line of ``kind`` is written; ``say`` is told in the end how many were not."""
        now = self._clock()
        with self._lock:
            begun, count = self._kinds.pop(kind, (now, 0))
            if now >= begun + self._interval:
                begun, count = now, 0
            self._kinds[kind] = begun, count + 1
            if len(self._kinds) > _KINDS:
                self._kinds.popitem(last=False)
            if count < self._most:
                return True
            first = kind not in self._withheld
            self._withheld[kind] = self._withheld.get(kind, 0) + 1
        if first:
            self._later(begun + self._interval - now, partial(self._tell, kind, say))
        return False

    def _tell(self, kind: Hashable, say: Callable[[int], None]) -> None:
        with self._lock:
            withheld = self._withheld.pop(kind)
        say(withheld)
