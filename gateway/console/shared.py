"""One reading for all who want the same: whoever comes while it is under way waits for it, who comes soon after has it.

Invariant: of one key there is one reading at a time, of all keys at most so many; no reading holds up those of another
key but by their number.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Final, Generic, TypeVar

V = TypeVar("V")
_KEPT: Final = 64
"""Keys whose last reading is kept."""


class Shared(Generic[V]):
    """Readings by key, each given to everybody for ``seconds`` after it was begun. Safe for threads."""

    def __init__(self, seconds: float, at_once: int, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._slots = threading.BoundedSemaphore(at_once)
        self._lock = threading.Lock()
        self._begun: OrderedDict[Hashable, tuple[float, Future[V]]] = OrderedDict()

    def get(self, key: Hashable, read: Callable[[], V]) -> V:
        """What ``read`` gives, or gave to who came before. Raises whatever that reading raised."""
        mine: Future[V] = Future()
        with self._lock:
            begun, found = self._begun.get(key, (0.0, mine))
            if found is mine or (found.done() and self._clock() - begun > self._seconds):
                found = mine
                self._begun[key] = self._clock(), mine
            self._begun.move_to_end(key)
            while len(self._begun) > _KEPT:
                self._begun.popitem(last=False)
        if found is mine:
            self._do(key, mine, read)
        return found.result()

    def _do(self, key: Hashable, mine: Future[V], read: Callable[[], V]) -> None:
        try:
            with self._slots:
                mine.set_result(read())
        except BaseException as error:
            with self._lock:
                self._begun.pop(key, None)
            mine.set_exception(error)
