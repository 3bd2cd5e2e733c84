"""A city's subscriber: listens to its queue, and fetches from the HTTP feed what the broker did not bring.

Invariant: a message is acknowledged after its event is on disk. So a subscriber that is killed anywhere gets it again,
and what comes again is recognised by its id; what never came shows as a gap in the city's sequence. Without a broker it
lives on the HTTP feed alone, and the same file goes on in either way. A feed that contradicts what is kept (it was
numbered anew, or ends before what is kept) is an alarm; it is read again from there, so that nothing of it is missed.
A queue that was emptied, by the city itself or by anybody, costs nothing: after ``quiet`` seconds in which nothing new
came the feed is asked for its head, and a page of what is kept is held against it, round after round.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from gateway.feeds.fetching import FeedAway, HttpFeed, PastHead
from gateway.feeds.kept import Kept
from kernel import bus, logs
from kernel.backoff import Backoff
from kernel.bus.arrivals import body_of
from kernel.codec import canonical

_LOG = logs.get("subscriber")
_PREFETCH: Final = 500
_LONG_POLL: Final = 5
"""Seconds a request for the next item may wait; a stop takes effect after it at the latest."""
PAGE: Final = 1000
"""Items held against the feed at a time."""
_BETWEEN_FILLS: Final = 1.0
"""Seconds between two requests for the same gap."""


class BrokerRefused(Exception):
    """The broker takes no such user with this password, which no waiting mends."""


@dataclass
class Subscriber:
    """Keeps ``kept`` complete until ``stop`` is set; ``quiet`` seconds without a message and the HTTP feed is asked.

    ``amqp`` is the broker, or empty to live on the HTTP feed. ``took`` is called whenever events were kept. ``alarmed``
    is set where the feed and what is kept contradict each other; it goes on then, and keeps both.
    """

    kept: Kept
    feed: HttpFeed
    amqp: str
    stop: threading.Event
    quiet: float = 5.0
    took: Callable[[], None] = lambda: None
    alarmed: bool = False
    _compared: bool = False
    _said: set[tuple[int, str]] = field(default_factory=set)
    _arrived: list[Any] = field(default_factory=list)
    _filled: float = 0.0
    _round: int = 0

    def run(self) -> None:
        """Listen and fetch, over any loss of the broker or the gateway. Raises BrokerRefused."""
        if not self.amqp:
            self._poll()
            return
        back = Backoff()
        while not self.stop.is_set():
            connection = None
            try:
                connection = self._connected()
                channel = connection.channel()
                channel.basic_qos(0, _PREFETCH, False)
                channel.basic_consume(bus.city(self.feed.city), callback=self._arrived.append)
                back.reset()
                self._listen(connection, channel)
            except bus.GONE as error:
                _LOG.warning("broker away", city=self.feed.city, exc_info=error)
                self._compared = False
                self._arrived.clear()
                self.fill()
                back.wait(self.stop)
            finally:
                bus.hang_up(connection)

    def _connected(self) -> Any:
        try:
            return bus.connect(self.amqp, f"city {self.feed.city}")
        except bus.LOGIN_REFUSED:
            raise BrokerRefused from None

    def _poll(self) -> None:
        """Live on the HTTP feed: each request waits for the next item."""
        back = Backoff()
        while not self.stop.is_set():
            before = self.kept.after
            try:
                page = self._page(wait=_LONG_POLL)
            except FeedAway as error:
                self._away(error)
                back.wait(self.stop)
            else:
                if not page["items"]:
                    self._look_back()
                if not page["items"] or self.kept.after != before:
                    back.reset()
                else:  # items that are none: asking at once would only bring them again
                    back.wait(self.stop)

    def _listen(self, connection: Any, channel: Any) -> None:
        heard = time.monotonic() - self.quiet  # the feed is asked at once whether what is kept is still its own
        while not self.stop.is_set():
            connection.heartbeat_tick()
            self._drain(connection)
            if self._arrived:
                if self._take([body_of(m) for m in self._arrived]):
                    heard = time.monotonic()
                channel.basic_ack(self._arrived[-1].delivery_tag, multiple=True)
                self._arrived.clear()  # the very list into which the consumer puts what comes
            now = time.monotonic()
            if (self.kept.highest > self.kept.whole and now - self._filled > _BETWEEN_FILLS) or (
                now - heard > self.quiet
            ):
                self.fill()
                heard = self._filled = time.monotonic()

    def _drain(self, connection: Any) -> None:
        """Take what has come: wait a little for the first message, not at all for the others."""
        wait = 0.2
        while len(self._arrived) < _PREFETCH:
            try:
                connection.drain_events(timeout=wait)
            except TimeoutError:
                return
            wait = 0.002

    def fill(self) -> None:
        """Fetch everything above the last sequence without a gap. A feed that is away is asked again later."""
        try:
            while not self.stop.is_set():
                before = self.kept.after
                head = self._page()["head"]
                if self.kept.after >= head or self.kept.after == before:
                    self._look_back()
                    return
        except FeedAway as error:
            self._away(error)
            self.stop.wait(0.5)

    def _away(self, error: FeedAway) -> None:
        self._compared = False  # it may be another one that comes back
        _LOG.warning("feed away", city=self.feed.city, exc_info=error)

    def _page(self, wait: int = 0) -> dict[str, Any]:
        """The next page of the feed, kept. Raises FeedAway."""
        if not self._compared:
            self._compare()
        try:
            page = self.feed.page(self.kept.after, wait=wait)
        except PastHead:
            self._hold_against(self.feed.page(0, 1)["head"])
            page = self.feed.page(self.kept.after, wait=wait)
        self._hold_against(page["head"])
        if new := self._take([canonical(item) for item in page["items"]]):
            _LOG.info("fetched", city=self.feed.city, events=new, whole=self.kept.whole)
        self.kept.passed(page["next"])
        return page

    def _look_back(self) -> None:
        """Hold the next page of what is kept against the feed; behind the last page the round begins again.

        A feed that is away is asked again later.
        """
        start = self._round if self._round < self.kept.whole else 0
        try:
            page = self.feed.page(start, PAGE)
        except FeedAway as error:  # also where it ends before: the next page that is asked for says so
            self._away(error)
            return
        kept = [canonical(item) for item in page["items"][: max(0, self.kept.whole - start)]]
        if not self.kept.hold(kept):
            self._conflicting()
        self._round = start + len(kept)

    def _compare(self) -> None:
        """Ask for the last event that is kept; where the feed has another there, it is read again from its start."""
        if self.kept.whole:
            with suppress(PastHead):
                items = self.feed.page(self.kept.whole - 1, 1)["items"]
                if self.kept.contradicting(map(canonical, items)):
                    self._alarm(self.kept.whole, "the feed was numbered anew")
                    self.kept.reread(0)
        self._compared = True

    def _hold_against(self, head: int) -> None:
        """What is kept past the feed's ``head`` may yet be contradicted: all above it is read again."""
        if head < (highest := self.kept.highest):
            self._alarm(highest, "kept past the head of the feed")
            self.kept.reread(head)

    def _take(self, bodies: list[bytes]) -> int:
        new = self.kept.take(bodies)
        self._conflicting()
        if new:
            self.took()
        return new

    def _conflicting(self) -> None:
        for sequence, came in sorted(self.kept.conflicts):
            self._alarm(sequence, f"{came} contradicts what is kept")

    def _alarm(self, sequence: int, what: str) -> None:
        """Say it, once a run."""
        self.alarmed = True
        if (sequence, what) not in self._said:
            self._said.add((sequence, what))
            _LOG.error("alarm", city=self.feed.city, sequence=sequence, what=what)
