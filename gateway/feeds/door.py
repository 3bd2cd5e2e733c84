"""The HTTP feed: a city's items in order of their sequence, for those without a broker and for what a broker lost."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

from gateway.api import Path, Verify, path
from gateway.exchange import Reply, Request
from gateway.feeds.refusals import AFTER_PAST_HEAD, CITY_UNKNOWN, FEEDS_AWAY
from kernel.log.sessions import Lost, Readers
from kernel.messages import Actor
from kernel.refusals import FOREIGN_AREA

PAGE: Final = 1000
PAGE_TYPE: Final = "application/json"
BATCH_TYPE: Final = "application/cloudevents-batch+json"
LONGEST_WAIT: Final = 25
_LOOK_EVERY = 0.25
_WAITING: Final = 2
"""Requests of one city that may wait at a time; one more is answered at once. Waiting costs a worker each."""
_EVERYWHERE = frozenset({"province_org", "auditor", "system"})
"""Those who may know which cities there are; from others the answer is the same whether a city exists or not."""
_READING = _EVERYWHERE | {"city_org"}


class Feeds(Protocol):
    """The reading side of the feeds."""

    def page(self, city: str, after: int, limit: int) -> tuple[list[str], int, int]:
        """(bodies of at most ``limit`` items above ``after``, sequence of the last of them, the city's last sequence).

        Raises:
            Busy: where the database is away.
        """
        ...


class StoredFeeds:
    """The feeds in the gateway's own database."""

    def __init__(self, url: str, readers: int = 4) -> None:
        self._readers = Readers(url, readers)

    def page(self, city: str, after: int, limit: int) -> tuple[list[str], int, int]:
        """See ``Feeds``. Items are read before the head, so the head is never behind them."""
        items = self._rows(
            "select sequence, body from feed.items where city = %s and sequence > %s order by sequence limit %s",
            (city, after, limit),
        )
        heads = self._rows("select sequence from feed.cities where city = %s", (city,))
        return [body for _, body in items], items[-1][0] if items else after, heads[0][0] if heads else 0

    def heads(self) -> dict[str, Any]:
        """{"taken_in": {service: position}, "cities": {code: last sequence}}. Raises Busy."""
        taken = self._rows("select source, position from log.inbox order by source")
        cities = self._rows("select city, sequence from feed.cities order by city")
        return {"taken_in": dict(taken), "cities": dict(cities)}

    def _rows(self, sql: str, params: tuple[Any, ...] = ()) -> list[Any]:
        try:
            return self._readers.query(sql, params)[0]
        except Lost as error:
            raise FEEDS_AWAY() from error

    def check(self) -> str | None:
        """Readiness: None where the database answers."""
        try:
            self._readers.query("select 1")
        except Lost as error:
            return str(type(error.__cause__).__name__)
        return None


class FeedDoor:
    """Answers ``GET /feeds/<city>``."""

    def __init__(
        self, feeds: Feeds, verify: Verify, cities: Sequence[str], sleep: Callable[[float], Any] | None = None
    ) -> None:
        self._feeds = feeds
        self._verify = verify
        self._waits = {city: threading.BoundedSemaphore(_WAITING) for city in cities}
        self._sleep = sleep or time.sleep

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        return (path("GET", r"/feeds/(?P<city>\d{4})", self.read, query=("after", "limit", "wait")),)

    def read(self, request: Request, correlation: str, city: str) -> Reply:
        """A page of the city's items; where there is none, waits up to ``wait`` seconds for one.

        Raises:
            BadInput: ``after_past_head``: whoever has more than there is stands on another feed than this one.
        """
        self._authorise(self._verify(request.headers.get("authorization")), city)
        after = request.number("after", 0, 0, 10**15)
        limit = request.number("limit", PAGE, 1, PAGE)
        looks = int(request.number("wait", 0, 0, LONGEST_WAIT) / _LOOK_EVERY)
        bodies, last, head = self._feeds.page(city, after, limit)
        if not bodies and looks and after <= head and self._waits[city].acquire(blocking=False):
            try:
                while not bodies and looks > 0:
                    self._sleep(_LOOK_EVERY)
                    looks -= 1
                    bodies, last, head = self._feeds.page(city, after, limit)
            finally:
                self._waits[city].release()
        if after > head:
            raise AFTER_PAST_HEAD(given=after, head=head)
        # The bodies are JSON already, the very text that went over the broker.
        items = f"[{','.join(bodies)}]"
        headers = {"Cache-Control": "no-store", "Vary": "Accept"}
        if batch_wanted(request.headers.get("accept", "")):
            link = f'</feeds/{city}?after={last}&limit={limit}>; rel="next"'
            cursor = {"Content-Type": BATCH_TYPE, "Link": link, "Paizhu-Next": str(last), "Paizhu-Head": str(head)}
            return Reply(200, items, headers | cursor)
        text = f'{{"city":"{city}","items":{items},"next":{last},"head":{head}}}'
        return Reply(200, text, headers | {"Content-Type": PAGE_TYPE})

    def _authorise(self, actor: Actor, city: str) -> None:
        everywhere = actor.role in _EVERYWHERE
        if everywhere and city not in self._waits:
            raise CITY_UNKNOWN(city=city, cities=self._waits)
        if actor.role not in _READING or not actor.covers(city):
            raise FOREIGN_AREA(area=city, areas=actor.areas or "无", field="city", rule=None)
        if city not in self._waits:
            raise CITY_UNKNOWN(city=city, cities=actor.areas)


def batch_wanted(accept: str) -> bool:
    """True where an Accept header (RFC 9110 section 12.5.1) names the batch form and ranks JSON itself no higher."""
    ranks: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, _, parameters = part.partition(";")
        rank = 1.0
        for parameter in parameters.split(";"):
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                rank = float(value) if re.fullmatch(r"\s*[01](\.[0-9]{0,3})?\s*", value) else 0.0
        ranks[name.strip()] = rank
    return ranks.get(BATCH_TYPE, 0.0) > 0 and ranks[BATCH_TYPE] >= ranks.get(PAGE_TYPE, 0.0)
