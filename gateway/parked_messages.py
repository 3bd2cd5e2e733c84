"""Parked messages: what the broker keeps in a follower's parked queue, looked at and cleared away.

Such a message is a copy, or nothing: the event it carries stands in its source's log and comes in from there. Looking
takes a message and gives it back; nothing leaves the queue but by ``remove``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, Final

import amqp
import orjson

from gateway.refusals import BROKER_AWAY
from kernel import bus
from kernel.bus.arrivals import body_of, event_of

MOST: Final = 1000
"""Messages that are looked at; behind them the queue is only counted."""
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class ParkedMessage:
    """One message. ``id``: the beginning of the SHA-256 of its body; ``event``: (source, number) or None where the
    body is no line of a log; ``key``: the routing key it came by; ``size`` in bytes."""

    id: str
    event: tuple[str, int] | None
    type: str | None
    key: str
    size: int
    why: str


class ParkedMessages:
    """The parked queues at the broker ``url``."""

    def __init__(self, url: str, most: int = MOST) -> None:
        self._url = url
        self._most = most

    def waiting(self, follower: str) -> tuple[list[ParkedMessage], int]:
        """(the first messages of a follower, how many there are in all). Raises Busy where the broker is away."""
        with self._taken(follower) as (_, messages, total):
            return [_read(message) for message in messages], total

    def remove(self, follower: str, unwanted: Callable[[ParkedMessage], bool]) -> int:
        """Remove the messages that are ``unwanted``; gives their number. Raises Busy where the broker is away."""
        with self._taken(follower) as (channel, messages, _):
            tags = [message.delivery_tag for message in messages if unwanted(_read(message))]
            for tag in tags:
                channel.basic_ack(tag)
        return len(tags)

    @contextmanager
    def _taken(self, follower: str) -> Iterator[tuple[amqp.Channel, list[amqp.Message], int]]:
        """The messages in hand; what is not acknowledged is given back to its place before this returns."""
        try:
            with closing(bus.connect(self._url, "gateway parked messages")) as connection:
                channel = connection.channel()
                try:
                    total = int(channel.queue_declare(bus.parked(follower), passive=True).message_count)
                except amqp.NotFound:
                    channel, total = connection.channel(), 0
                messages: list[amqp.Message] = []
                while len(messages) < min(total, self._most):
                    message = channel.basic_get(bus.parked(follower))
                    if message is None:
                        break
                    messages.append(message)
                yield channel, messages, total
                # Given back by word: what a closed connection leaves behind returns some time after it closed, and
                # whoever looks until then misses it. What was acknowledged before is not touched.
                if messages:
                    channel.basic_recover(requeue=True)
        except bus.GONE as error:
            raise BROKER_AWAY() from error


def _read(message: amqp.Message) -> ParkedMessage:
    body = body_of(message)
    headers: dict[str, Any] = message.properties.get("application_headers") or {}
    deaths = headers.get("x-death") or [{}]
    keys = deaths[0].get("routing-keys") or [""]
    event = event_of(body)
    kind = orjson.loads(body).get("type") if event is not None else None
    return ParkedMessage(
        hashlib.sha256(body).hexdigest()[:_DIGITS],
        event,
        kind if isinstance(kind, str) else None,
        str(keys[0]),
        len(body),
        str(deaths[0].get("reason") or "unknown"),
    )
