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

from kernel.errors import Busy

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
        self._mutex = threading.Lock()
        self._pending: deque[Entry[Asked, Given]] = deque()
        self._led = False

    def submit(self, asked: Sequence[Asked]) -> list[Given]:
        """Have ``asked`` served, with whatever else waits, and return or raise its outcome."""
        entry: Entry[Asked, Given] = Entry(asked)
        with self._mutex:
            self._pending.append(entry)
            entry.leads, self._led = not self._led, True
        if not entry.leads:
            self._wait(entry)
        if entry.leads:
            self._lead(entry)
        return entry.result()

    def _wait(self, entry: Entry[Asked, Given]) -> None:
        try:
            entry.wake.acquire()
        except BaseException:
            # The caller is being stopped. Its request stands, but the lead must not be lost with it.
            with self._mutex:
                if entry.leads and not entry.settled:
                    self._pass_on(leaver=entry)
                entry.leads = False
                if entry in self._pending:
                    self._pending.remove(entry)
            raise

    def _lead(self, leader: Entry[Asked, Given]) -> None:
        group: list[Entry[Asked, Given]] = []
        try:
            # Those who are ready but have not come up to the queue yet get on board: it costs a lone caller nothing.
            time.sleep(0)
            with self._mutex:
                group = [self._pending.popleft() for _ in range(min(len(self._pending), self._largest))]
            self._serve(group)
        finally:
            with self._mutex:
                if not group:  # stopped before anybody was served: the leader's own request is withdrawn
                    self._pending.remove(leader)
                self._pass_on(leaver=leader)
            for entry in group:
                if not entry.settled:
                    entry.settle(Busy("日志写入被中断，请用同一命令号重试。", code="log_interrupted"))
                if entry is not leader:
                    entry.wake.release()

    def _pass_on(self, leaver: Entry[Asked, Given]) -> None:
        """Give the lead to the first entry that waits; the caller holds the mutex."""
        heir = next((entry for entry in self._pending if entry is not leaver), None)
        self._led = heir is not None
        if heir is not None:
            heir.leads = True
            heir.wake.release()
