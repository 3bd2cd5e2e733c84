"""A city's subscriber: listens to its queue, and fetches from the HTTP feed what the broker did not bring.

Invariant: a message is acknowledged after its event is on disk. So a subscriber that is killed anywhere gets it again,
and what comes again is recognised by its id; what never came shows as a gap in the city's sequence. Without a broker it
lives on the HTTP feed alone, and the same file goes on in either way.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from gateway.feeds.fetching import FeedAway, HttpFeed
from gateway.feeds.kept import Kept
from kernel import bus, logs
from kernel.backoff import Backoff
from kernel.bus.arrivals import body_of
from kernel.codec import canonical

_LOG = logs.get("subscriber")
_PREFETCH: Final = 500
_LONG_POLL: Final = 5
"""Seconds a request for the next item may wait; a stop takes effect after it at the latest."""
_BETWEEN_FILLS: Final = 1.0
"""Seconds between two requests for the same gap."""


@dataclass
class Subscriber:
    """Keeps ``kept`` complete until ``stop`` is set; ``quiet`` seconds without a message and the HTTP feed is asked.

    ``amqp`` is the broker, or empty to live on the HTTP feed. ``took`` is called whenever events were kept.
    """

    kept: Kept
    feed: HttpFeed
    amqp: str
    stop: threading.Event
    quiet: float = 5.0
    took: Callable[[], None] = lambda: None
    _arrived: list[Any] = field(default_factory=list)
    _filled: float = 0.0

    def run(self) -> None:
        """Listen and fetch, over any loss of the broker or the gateway."""
        if not self.amqp:
            self._poll()
            return
        back = Backoff()
        while not self.stop.is_set():
            connection = None
            try:
                connection = bus.connect(self.amqp, f"city {self.feed.city}")
                channel = connection.channel()
                channel.basic_qos(0, _PREFETCH, False)
                channel.basic_consume(bus.city(self.feed.city), callback=self._arrived.append)
                back.reset()
                self._listen(connection, channel)
            except bus.GONE as error:
                _LOG.warning("broker away", city=self.feed.city, exc_info=error)
                self._arrived.clear()
                self.fill()
                back.wait(self.stop)
            finally:
                bus.hang_up(connection)

    def _poll(self) -> None:
        """Live on the HTTP feed: each request waits for the next item."""
        back = Backoff()
        while not self.stop.is_set():
            try:
                page = self.feed.page(self.kept.whole, wait=_LONG_POLL)
            except FeedAway as error:
                _LOG.warning("feed away", city=self.feed.city, exc_info=error)
                back.wait(self.stop)
            else:
                if self._take_page(page) or not page["items"]:
                    back.reset()
                else:  # items that are none: asking at once would only bring them again
                    back.wait(self.stop)

    def _listen(self, connection: Any, channel: Any) -> None:
        heard = time.monotonic()
        while not self.stop.is_set():
            connection.heartbeat_tick()
            self._drain(connection)
            if self._arrived:
                messages, self._arrived = self._arrived, []
                self.kept.take([body_of(m) for m in messages])
                channel.basic_ack(messages[-1].delivery_tag, multiple=True)
                self.took()
                heard = time.monotonic()
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
                page = self.feed.page(self.kept.whole)
                before = self.kept.whole
                if new := self._take_page(page):
                    _LOG.info("fetched", city=self.feed.city, events=new, whole=self.kept.whole)
                if self.kept.whole >= page["head"] or self.kept.whole == before:
                    return
        except FeedAway as error:
            _LOG.warning("feed away", city=self.feed.city, exc_info=error)
            self.stop.wait(0.5)

    def _take_page(self, page: dict[str, Any]) -> int:
        new = self.kept.take([canonical(item) for item in page["items"]])
        if new:
            self.took()
        return new
