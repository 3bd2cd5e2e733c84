"""The feeds of the cities as the gateway's database holds them, read in one snapshot by whoever holds them to the logs.

Invariant: everything is of the one snapshot that is taken when the first of it is read; memory is bounded by a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any, Final, NamedTuple

from audit.findings import Findings
from audit.lines import Lines
from audit.live import GATEWAY, Live
from audit.sources import PAGE
from kernel import parked

FEEDS: Final = "feeds"
"""The name under which findings of the feeds as a whole stand; those of a number of a city's under ``feeds/<city>``."""

_STATES: Final = {
    parked.ParkedReplayed.__name__: parked.REPLAYED,
    parked.ParkedDiscarded.__name__: parked.DISCARDED,
}
_ITEMS: Final = """
select source_position, city, sequence, key, body from feed.items where source = %s order by source_position, city
"""
_NUMBERS: Final = "select position, city, sequence, source, source_position from feed.items order by position"
_HEADS: Final = "select city, sequence from feed.cities"
_HEAD: Final = "select coalesce(max(position), 0) from feed.head"
_MARK: Final = "select coalesce(max(position), 0) from log.relay where name = 'public'"
_STRANGE: Final = """
select source, min(source_position) from feed.items where source <> all(%s) group by source order by source
"""


class Item(NamedTuple):
    """An item that stands in the feed of ``city``: of which event of its source, under which number, what is sent."""

    source_position: int
    city: str
    sequence: int
    key: str
    body: str


class Numbered(NamedTuple):
    """Where an item stands in the order of all, in that of its city, and of which event it is."""

    position: int
    city: str
    sequence: int
    source: str
    source_position: int


class Parked(NamedTuple):
    """A parked event: why, and what became of it (``kernel.parked``: parked, replayed or discarded)."""

    reason: str
    state: str


class FeedTables:
    """What stands there at one instant. Methods raise Unreadable where it cannot be read."""

    def __init__(self, source: Live, findings: Findings) -> None:
        self._source = source
        self.taken_in: Mapping[str, int] = source.inbox(GATEWAY)
        settled = self._settled(findings)
        self.parked = {
            (row.source, row.position): Parked(row.reason, settled.get(f"{row.source}:{row.position}", parked.OPEN))
            for row in source.parked(GATEWAY)
        }

    @property
    def head(self) -> int:
        """The position of the last item, as the head row says."""
        return int(self._rows(_HEAD)[0][0])

    @property
    def mark(self) -> int:
        """The position up to which items were carried to the broker."""
        return int(self._rows(_MARK)[0][0])

    @property
    def heads(self) -> Mapping[str, int]:
        """By city the last sequence, as the row of the city says."""
        return dict(self._rows(_HEADS))

    def items(self, service: str) -> Iterator[Item]:
        """The items of one service's events, by position and city."""
        return map(Item._make, self._streamed(f"items-{service}", _ITEMS, service))

    def numbers(self) -> Iterator[Numbered]:
        """Every item in the order of all."""
        return map(Numbered._make, self._streamed("numbers", _NUMBERS))

    def strange(self, known: tuple[str, ...]) -> list[tuple[str, int]]:
        """(source, first position) of items that name a source that is none of ``known``."""
        return [(str(source), int(position)) for source, position in self._rows(_STRANGE, list(known))]

    def close(self) -> None:
        """Let go of the snapshot."""
        self._source.release(GATEWAY)

    def _settled(self, findings: Findings) -> Mapping[str, str]:
        """What operators did with parked events, as the feeds' own log says; its lines are checked like any log's."""
        found: dict[str, str] = {}
        with closing(Lines(FEEDS, findings)) as lines:
            for page in self._source.pages(GATEWAY):
                for event in lines.page(page)[1]:
                    if event is not None and (state := _STATES.get(event["type"])):
                        about = f"{event['data']['source']}:{event['data']['number']}"
                        found[about] = max(state, found.get(about, ""))  # what was discarded may still be replayed
        return found

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._source.answering(GATEWAY), self._source.session(GATEWAY).cursor() as cursor:
            cursor.execute(sql, values or None)
            return list(cursor.fetchall())

    def _streamed(self, name: str, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        with self._source.answering(GATEWAY), self._source.session(GATEWAY).cursor(name=name) as cursor:
            cursor.itersize = PAGE
            cursor.execute(sql, values or None)
            yield from cursor
