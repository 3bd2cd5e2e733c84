"""Pages of a cursor, one fetched ahead: the server works on the next while this one is being looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Page = TypeVar("Page")


def cursor_pages(fetch: Callable[[], list[Page]]) -> Iterator[list[Page]]:
    """The pages ``fetch`` gives until one is empty, each fetched in another thread while the last is in use.

    Whoever stops early waits for the one that is under way.
    """
    with ThreadPoolExecutor(1, "cursor-pages") as reader:
        coming = reader.submit(fetch)
        while page := coming.result():
            coming = reader.submit(fetch)
            yield page
