"""What a log measures of its appends: once a group."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from kernel import metrics
from kernel.errors import ClaimTaken, Conflict, Reused
from kernel.log import Append, Receipt
from kernel.log.group import Entry


class Meter:
    """The measures of one service's log; every name stands in ``kernel.metrics``."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._events = metrics.EVENTS.labels(service)
        self._size = metrics.GROUP_SIZE.labels(service)
        self._head = metrics.HEAD.labels(service)
        self._seconds = metrics.APPEND_SECONDS.labels(service)

    def group(self) -> AbstractContextManager[Any]:
        """Around the work on one group: its seconds."""
        return self._seconds.time()

    def head(self, position: int) -> None:
        """The last position was seen to be ``position``."""
        self._head.set(position)

    def committed(self, commands: int, events: int, position: int) -> None:
        """A transaction is on disk."""
        self._size.observe(commands)
        self._events.inc(events)
        self._head.set(position)

    def settled(self, group: Iterable[Entry[Append, Receipt]]) -> None:
        """Every entry of ``group`` has its outcome."""
        counts: dict[str, int] = {}
        for entry in group:
            again = sum(receipt.repeated for receipt in entry.outcome)
            for outcome, number in ((_name(entry.error), len(entry.asked) - again), ("repeated", again)):
                counts[outcome] = counts.get(outcome, 0) + number
        for outcome, number in counts.items():
            if number:
                metrics.APPENDS.labels(self._service, outcome).inc(number)


def _name(error: Exception | None) -> str:
    if error is None:
        return "stored"
    if isinstance(error, Conflict):
        return "conflict"
    return "refused" if isinstance(error, ClaimTaken | Reused) else "failed"
