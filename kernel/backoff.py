"""Back-off: the growing pauses between attempts to reach a server that is away.

Invariant: a pause ends at once when the process is told to stop.
"""

from __future__ import annotations

import random
import signal
import threading


class Backoff:
    """Pauses from ``first`` to ``most`` seconds, each twice the last, shortened at random by up to a third."""

    def __init__(self, first: float = 0.1, most: float = 5.0) -> None:
        self._first = first
        self._most = most
        self._next = first

    def reset(self) -> None:
        """It worked; the next pause is the shortest again."""
        self._next = self._first

    def pause(self) -> float:
        """The next pause in seconds. The random part keeps processes that lost one server from coming back in step."""
        pause = self._next
        self._next = min(self._next * 2, self._most)
        return pause * random.uniform(0.67, 1.0)  # noqa: S311  (not a secret)

    def wait(self, stop: threading.Event) -> None:
        """Wait one pause or until ``stop`` is set."""
        stop.wait(self.pause())


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set. Call from the main thread."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
