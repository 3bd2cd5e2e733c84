"""The feeds of the cities against the logs: every item made again from the line it came from, and compared by bytes.

What an item says follows from its event, its city and its number alone (``gateway.feeds.item``), so a changed, deleted,
invented, doubled or renumbered item shows, and an event that concerns a city and has no item. Invariant: the feeds are
read before the logs they came from, so a system at work gives no finding. What cannot be told is in which order the
events of different services were numbered: nothing but the feed itself says that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final

from audit.feed_tables import FEEDS, FeedTables, Item, Numbered, Parked
from audit.findings import Findings
from audit.lines import Event, Lines
from audit.live import Live
from audit.sources import Row
from gateway.feeds import contract
from gateway.feeds.item import cloud_event
from gateway.feeds.process import cities
from kernel import parked
from kernel.codec import recorded
from kernel.config import Config
from kernel.errors import Corrupt
from kernel.proof import notes
from kernel.service import Received
from services import SERVICES

_UNMADE: Final = (Corrupt, AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError)
"""What making an item of a line of another form than any event's raises; the trees say that such a line was changed."""


class Feeds:
    """The feeds in the gateway's database that ``source`` names, held against the logs. ``only`` is the one city asked.

    Open it before any log is read, give ``of(service).page`` the lines of each, ``finish`` each, and the whole.
    """

    def __init__(self, source: Live, findings: Findings, only: str | None = None) -> None:
        self._tables = FeedTables(source, findings)
        self._province = province_of(source)
        self._cities = cities(self._province) if only is None else (only,)
        self._only = only
        self._findings = findings

    def of(self, service: str) -> Items:
        """The items of one service."""
        stored = self._tables.items(service)
        if self._only is not None:
            stored = (item for item in stored if item.city == self._only)
        waiting = {at: found for (source, at), found in self._tables.parked.items() if source == service}
        taken = self._tables.taken_in.get(service, 0)
        return Items(service, stored, taken, waiting, (self._province, self._cities), self._findings)

    def finish(self) -> None:
        """Hold the numbers of every city, and what the feeds say of themselves, against the items."""
        tables = self._tables
        heads, numbers = tables.heads, tables.numbers()
        if self._only is not None:
            heads = {self._only: heads.get(self._only, 0)}
            numbers = (item for item in numbers if item.city == self._only)
        last = check_numbers(numbers, heads, tables.head, tables.parked.keys(), self._findings)
        if self._only is not None:
            return
        if tables.head not in (sum(heads.values()), sum(last.values())):
            sentence = f"the head row says {tables.head} items, the cities have {sum(last.values())} numbers"
            self._findings.add("head_differs", FEEDS, None, sentence)
        if tables.mark > tables.head:
            sentence = f"items are said to be carried to the broker up to {tables.mark}, the last is {tables.head}"
            self._findings.add("mark_ahead", FEEDS, None, sentence)
        for source, position in tables.strange(SERVICES):
            sentence = f"items say that they are of {source}:{position}, and there is no such log"
            self._findings.add("item_foreign", FEEDS, None, sentence)
        for source, position in tables.parked:
            if source not in SERVICES:
                sentence = f"{source}:{position} stands as parked, and there is no such log"
                self._findings.add("parked_unfounded", FEEDS, None, sentence)

    def close(self) -> None:
        """Let go of the snapshot."""
        self._tables.close()


class Items:
    """The items of ``service``, which was taken in up to ``taken``; ``making`` is (province, cities) of the feeds."""

    def __init__(
        self,
        service: str,
        stored: Iterator[Item],
        taken: int,
        waiting: Mapping[int, Parked],
        making: tuple[str, Sequence[str]],
        findings: Findings,
    ) -> None:
        self.service = service
        self._stored = stored
        self._next = next(stored, None)
        self._taken = taken
        self._waiting = waiting
        self._province, cities = making
        self._cities = tuple(cities)
        self._findings = findings
        self._begun: set[str] = set()
        self._lines = Lines(service, Findings(), whole=False)

    def rows(self, rows: Sequence[Row]) -> None:
        """As ``page``, of lines that nobody else has looked at."""
        self.page(rows, self._lines.page(rows)[1])

    def page(self, rows: Sequence[Row], events: Sequence[Event | None]) -> None:
        """Compare the items of these events; those of an event that is not to be believed say nothing."""
        for row, event in zip(rows, events, strict=True):
            if row.position > self._taken:
                return
            there = self._at(row.position)
            if event is not None:
                with suppress(*_UNMADE):
                    self._judge(row, event["type"], there)

    def finish(self, end: int) -> None:
        """The log has ended, at position ``end``: what items are left are of events that nobody has taken in."""
        if self._taken > end:
            sentence = f"the feeds say {self.service} was taken in up to {self._taken}, that log ends at {end}"
            self._findings.add("inbox_ahead", FEEDS, None, sentence)
        while (item := self._next) is not None:
            self._foreign(item, f"the feeds have taken in {self._taken} events, the log holds {end}")
            self._next = next(self._stored, None)
        for position in self._waiting:
            if position > self._taken:
                sentence = f"stands as parked, and the feeds have taken in {self._taken} events"
                self._add("parked_unfounded", position, sentence)

    def _at(self, position: int) -> list[Item]:
        """The items of that event. Those of events that are missing are passed over: the position itself is named."""
        found = []
        while self._next is not None and self._next.source_position <= position:
            if self._next.source_position == position:
                found.append(self._next)
            self._next = next(self._stored, None)
        return found

    def _judge(self, row: Row, kind: str, there: list[Item]) -> None:
        position, waiting = row.position, self._waiting.get(row.position)
        public = contract.is_public(self.service, kind)
        received = Received(self.service, recorded(row.line)) if public else None
        due = self._concerned(received) if received is not None else ()
        if waiting is not None and not self._waited(position, waiting, due, there):
            return
        if there:
            self._begun.add(kind)
        elif f"{self.service}.{kind}" in contract.LATER and kind not in self._begun:
            return  # it was recorded before events of this type were public
        by_city: dict[str, Item] = {}
        for item in there:
            if item.city not in due:
                self._foreign(item, "the event does not concern this city")
            elif by_city.setdefault(item.city, item) is not item:
                self._foreign(item, f"the event stands there under {by_city[item.city].sequence} already")
        for city in due:
            found = by_city.get(city)
            if found is None:
                self._add("item_missing", position, f"concerns {city} and has no item in its feed")
            elif received is not None and not self._made(found, received):
                sentence = f"its item, number {found.sequence} of {city}, is not what follows from the event"
                self._add("item_differs", position, sentence)

    def _waited(self, position: int, waiting: Parked, due: Collection[str], there: list[Item]) -> bool:
        """Judge a parked event; True where its items must be looked at like others."""
        if not due:
            self._add("parked_unfounded", position, "stands as parked by the feeds, and concerns no city")
            return bool(there)
        if there and waiting.state != parked.REPLAYED:
            self._add("parked_unfounded", position, f"stands as {waiting.state}, and has its items")
        elif not there and waiting.state == parked.OPEN:
            sentence = f"concerns {', '.join(due)} and is parked ({waiting.reason}): nobody replayed or discarded it"
            self._add("item_missing", position, sentence)
        return bool(there) or waiting.state == parked.REPLAYED

    def _concerned(self, received: Received) -> list[str]:
        event = received.recorded
        return contract.concerned(self.service, event.type, event.areas, event.data, self._cities)

    def _made(self, item: Item, received: Received) -> bool:
        event = received.recorded
        key = f"{item.city}.{self.service}.{event.type}.v{event.schema}"
        body = cloud_event(received, item.city, item.sequence, self._province)
        return (item.key, item.body.encode()) == (key, body)

    def _foreign(self, item: Item, why: str) -> None:
        sentence = f"number {item.sequence} of {item.city} says that it is of this event: {why}"
        self._add("item_foreign", item.source_position, sentence)

    def _add(self, code: str, position: int, sentence: str) -> None:
        self._findings.add(code, self.service, position, sentence)


def check_numbers(
    items: Iterable[Numbered],
    heads: Mapping[str, int],
    head: int,
    waited: Collection[tuple[str, int]],
    findings: Findings,
) -> Mapping[str, int]:
    """Say where a city's numbers have a gap or another order than the events of their source; gives the last of each.

    ``heads`` is the last number of each city and ``head`` the last position, as the feeds say; ``waited`` are events
    that were parked, whose items come later than those of events behind them.
    """
    last: dict[str, int] = {}
    reached: dict[str, int] = {}
    for item in items:
        due = last.get(item.city, 0) + 1
        if item.sequence != due:
            gap, upto = item.sequence > due, item.sequence - 1
            missing = "is missing" if upto == due else f"the numbers {due} to {upto} are missing"
            sentence = missing if gap else f"stands behind number {due - 1}"
            findings.add("item_order", f"{FEEDS}/{item.city}", due if gap else item.sequence, sentence)
        if item.position > head:
            sentence = f"stands at position {item.position}, and the head row says {head}"
            findings.add("item_order", f"{FEEDS}/{item.city}", item.sequence, sentence)
        last[item.city] = max(item.sequence, due - 1)
        if (item.source, item.source_position) in waited:
            continue
        if item.source_position < reached.get(item.source, 0):
            sentence = f"{item.source}:{item.source_position} stands behind {item.source}:{reached[item.source]}"
            findings.add("item_order", f"{FEEDS}/{item.city}", item.sequence, sentence)
        reached[item.source] = max(item.source_position, reached.get(item.source, 0))
    for city in sorted({*heads, *last}):
        if (said := heads.get(city, 0)) != (found := last.get(city, 0)):
            sentence = f"the feed says that {said} is its last number, the last that is there is {found}"
            findings.add("item_order", f"{FEEDS}/{city}", min(said, found) + 1, sentence)
    return last


def province_of(source: Live) -> str:
    """The two digits of the province whose logs these are, from the name of a log's key."""
    for service in source.services():
        if text := source.log_key(service):
            return notes.verifier(text).name.split("/")[1]
    return Config.of(need=()).province
