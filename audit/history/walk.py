"""Going through a log up to a cut: every event before it, in the order of the log, a page of lines at a time.

Lines beyond a cut by date of fact are told from their text and not decoded; beyond one by date of record nothing is
read at all, because a log's dates of record never run back. Invariant: no position is passed over unseen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat

from audit.history.cut import Cut, day_of, moment_of
from kernel.errors import Corrupt
from kernel.messages import Recorded
from kernel.service import Service

Page = Sequence[bytes]


class Walk:
    """The events of ``service`` before the last of ``cuts`` as (side, event): side n lies before the n-th cut only.

    ``pages`` gives the lines of the log from its beginning; with ``gaps`` positions may be missing among them.
    ``advance`` is told after every page how many lines have been read. ``read`` counts the lines gone through,
    ``counted`` the events given out.
    """

    def __init__(
        self,
        service: Service,
        pages: Iterable[Page],
        cuts: Sequence[Cut],
        gaps: bool = False,
        advance: Callable[[int], object] = lambda read: None,
    ) -> None:
        self._service = service
        self._pages = pages
        self._cuts = sorted(cuts, key=lambda cut: cut.day)
        self._gaps = gaps
        self._advance = advance
        self.read = 0
        self.counted = 0

    def __iter__(self) -> Iterator[tuple[int, Recorded]]:
        """Raises Corrupt, naming service and position, where a position is missing or a line cannot be read."""
        decode, gaps, beyond = self._service.events.recorded, self._gaps, len(self._cuts)
        by_record = self._cuts[-1].recorded
        read = counted = 0
        try:
            for page in self._pages:
                for line, side in zip(page, self._sides(page), strict=False):
                    read += 1
                    if side == beyond:
                        if by_record:
                            return
                        continue
                    event = decode(line)
                    if event.position != read and not gaps:
                        raise Corrupt(f"is missing, {event.position} stands there")
                    counted += 1
                    yield side, event
                self._advance(read)
        except Corrupt as error:
            raise Corrupt(f"{self._service.name}: position {read}: {error}") from error
        finally:
            self.read, self.counted = read, counted

    def _sides(self, page: Page) -> Iterable[int]:
        """For each line of ``page`` the number of cuts it lies behind."""
        marks = [cut.mark for cut in self._cuts]
        if not self._cuts[-1].recorded:
            return [bisect_left(marks, day_of(line)) for line in page]
        first, last = (bisect_left(marks, moment_of(line)) for line in (page[0], page[-1]))
        return repeat(first) if first == last else [bisect_left(marks, moment_of(line)) for line in page]
