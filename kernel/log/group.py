"""Grouping: callers that arrive together are served together, by one of them.

No thread of its own: the first caller leads, everybody who comes meanwhile waits; when the leader is done he wakes
those he served and hands the lead to the first who still waits. Works with threads and with green threads alike.

Invariant: every entry is settled exactly once, and while entries are pending somebody leads.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from kernel.log.refusals import LOG_INTERRUPTED

Asked = TypeVar("Asked")
Given = TypeVar("Given")


class Entry(Generic[Asked, Given]):
    """One caller's request and, once served, its outcome.

    ``sent`` is for whoever serves it: true while it is not known whether the request took effect.
    """

    __slots__ = ("asked", "error", "leads", "outcome", "sent", "settled", "wake")

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.asked = asked
        self.outcome: list[Given] = []
        self.error: Exception | None = None
        self.settled = False
        self.sent = False
        self.leads = False
        self.wake = threading.Lock()
        self.wake.acquire()

    def settle(self, outcome: list[Given] | Exception) -> None:
        """Give the answer: the results, or the exception the caller is to see."""
        if isinstance(outcome, Exception):
            self.error = outcome
        else:
            self.outcome = outcome
        self.settled = True

    def result(self) -> list[Given]:
        """The answer, raised where it is an exception."""
        if self.error is not None:
            raise self.error
        return self.outcome


class Group(Generic[Asked, Given]):
    """Hands the requests of concurrent callers to ``serve`` in groups of at most ``largest`` entries.

    ``serve`` settles each entry of the list it is given; what it leaves unsettled is answered with Busy.
    """

    def __init__(self, serve: Callable[[list[Entry[Asked, Given]]], None], largest: int = 256) -> None:
        self._serve = serve
        self._largest = largest
        self._pending: deque[Entry[Asked, Given]] = deque()
        self._lead = threading.Lock()  # held by whoever leads, and handed on rather than let go while somebody waits
        self._mutex = threading.Lock()  # guards taking from the pending, not adding to them

    def submit(self, asked: Sequence[Asked]) -> list[Given]:
        """Have ``asked`` served, with whatever else waits, and return or raise its outcome."""
        entry: Entry[Asked, Given] = Entry(asked)
        self._pending.append(entry)
        if self._lead.acquire(blocking=False):
            entry.leads = True
        else:
            self._wait(entry)
        if entry.leads and not entry.settled:
            self._serve_those_who_wait(entry)
        return entry.result()

    def _wait(self, entry: Entry[Asked, Given]) -> None:
        try:
            entry.wake.acquire()
        except BaseException:
            # The caller is being stopped. Its request stands, but the lead must not be lost with it.
            with self._mutex:
                if entry in self._pending:
                    self._pending.remove(entry)
                if entry.leads and not entry.settled:
                    self._pass_on()
                entry.leads = False
            raise

    def _serve_those_who_wait(self, leader: Entry[Asked, Given]) -> None:
        group: list[Entry[Asked, Given]] = []
        try:
            # Those who are ready but have not come up to the queue yet get on board: it costs a lone caller nothing.
            time.sleep(0)
            with self._mutex:
                self._pending.remove(leader)  # mostly the first of them
                others = min(len(self._pending), self._largest - 1)
                group = [leader, *[self._pending.popleft() for _ in range(others)]]
            self._serve(group)
        finally:
            with self._mutex:
                if not group:  # stopped before anybody was served: the leader's own request is withdrawn
                    self._pending.remove(leader)
                self._pass_on()
            for entry in group:
                if not entry.settled:
                    entry.settle(LOG_INTERRUPTED())
                if entry is not leader:
                    entry.wake.release()

    def _pass_on(self) -> None:
        """Give the lead to the first entry that waits; the caller holds the lead and the mutex."""
        while True:
            if self._pending:
                heir = self._pending[0]
                heir.leads = True
                heir.wake.release()
                return
            self._lead.release()
            # Somebody may have come between the look and the release, and found the lead taken.
            if not self._pending or not self._lead.acquire(blocking=False):
                return
