"""Prefetching: while one page is worked on, a thread (green where threads are) fetches the next.

Invariant: pages come in order, and at most one is ahead.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Page = TypeVar("Page")


class _Fetch(threading.Thread, Generic[Page]):
    def __init__(self, fetch: Callable[[int, int], Page], after: int, upto: int) -> None:
        super().__init__(daemon=True)
        self._fetch, self._range = fetch, (after, upto)
        self._page: list[Page] = []
        self._error: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self._page.append(self._fetch(*self._range))
        except BaseException as error:
            self._error = error

    def result(self) -> Page:
        self.join()
        if self._error is not None:
            raise self._error
        return self._page.pop()


def pages(fetch: Callable[[int, int], Page], after: int, end: int, size: int) -> Iterator[Page]:
    """``fetch(after, upto)`` of the ranges of ``size`` positions from ``after`` to ``end``, in order.

    Raises:
        Exception: whatever ``fetch`` raises, in its turn.
    """
    coming = _Fetch(fetch, after, min(after + size, end)) if after < end else None
    while coming is not None:
        page = coming.result()
        after += size
        coming = _Fetch(fetch, after, min(after + size, end)) if after < end else None
        yield page
