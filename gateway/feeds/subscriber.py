"""A city's subscriber: listens to its queue, and fetches from the HTTP feed what the broker did not bring.

Invariant: a message is acknowledged after its event is on disk. So a subscriber that is killed anywhere gets it again,
and what comes again is recognised by its id; what never came shows as a gap in the city's sequence.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final

import requests

from gateway.feeds.kept import Kept
from kernel import bus, logs
from kernel.backoff import Backoff
from kernel.codec import canonical

_LOG = logs.get("subscriber")
_PREFETCH: Final = 500


class FeedAway(Exception):
    """The HTTP feed did not answer, or refused; the message says how."""


@dataclass
class HttpFeed:
    """The HTTP feed of ``city`` at the gateway ``url``, read with ``token``."""

    url: str
    city: str
    token: str

    def page(self, after: int, limit: int = 1000) -> dict[str, Any]:
        """{items, next, head} of the items above ``after``. Raises FeedAway."""
        try:
            answer = requests.get(
                f"{self.url.rstrip('/')}/feeds/{self.city}",
                params={"after": after, "limit": limit},
                headers={"Authorization": f"Bearer {self.token}"},
                timeout=10,
            )
            page: dict[str, Any] = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise FeedAway(type(error).__name__) from error
        if answer.status_code != 200:
            raise FeedAway(f"{answer.status_code} {page.get('code')}")
        return page


@dataclass
class Subscriber:
    """Keeps ``kept`` complete until ``stop`` is set; ``quiet`` seconds without a message and the HTTP feed is asked."""

    kept: Kept
    feed: HttpFeed
    amqp: str
    stop: threading.Event
    quiet: float = 5.0
    _arrived: list[Any] = field(default_factory=list)

    def run(self) -> None:
        """Listen and fetch, over any loss of the broker or the gateway."""
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

    def _listen(self, connection: Any, channel: Any) -> None:
        heard = time.monotonic()
        while not self.stop.is_set():
            connection.heartbeat_tick()
            self._drain(connection)
            if self._arrived:
                messages, self._arrived = self._arrived, []
                self.kept.take([_bytes(m.body) for m in messages])
                channel.basic_ack(messages[-1].delivery_tag, multiple=True)
                heard = time.monotonic()
            if self.kept.highest > self.kept.whole or time.monotonic() - heard > self.quiet:
                self.fill()
                heard = time.monotonic()

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
                new = self.kept.take([canonical(item) for item in page["items"]])
                if new:
                    _LOG.info("fetched", city=self.feed.city, events=new, whole=self.kept.whole)
                if self.kept.whole >= page["head"] or not page["items"]:
                    return
        except FeedAway as error:
            _LOG.warning("feed away", city=self.feed.city, exc_info=error)
            self.stop.wait(0.5)


def _bytes(body: bytes | str | memoryview) -> bytes:
    return body.encode() if isinstance(body, str) else bytes(body)
