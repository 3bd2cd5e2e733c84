"""Inbox: the messages a service receives, taken from its queue in order and in batches.

Invariant: a message stays unacknowledged, and so safe with the broker, until what it caused is committed.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import amqp
import orjson

from kernel import bus


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message from the queue. ``position``: None where unreadable; ``attempts``: earlier deliveries."""

    tag: int
    source: str
    position: int | None
    line: bytes
    attempts: int


class Inbox:
    """One open connection that consumes the inbox of ``service``.

    It begins cautiously, one message at a time: where a message has been delivered ``suspect`` times before, the
    process may have died of it each time, and only alone does its count tell. The first message without such a history
    opens the window to ``prefetch``.
    """

    def __init__(
        self, url: str, service: str, sources: Iterable[str], *, prefetch: int = 1_000, suspect: int = 3
    ) -> None:
        self._service = service
        self._prefetch = prefetch
        self._suspect = suspect
        self._arrived: deque[Arrival] = deque()
        self.connection = bus.connect(url, f"reactor {service}")
        try:
            self.channel = self.connection.channel()
            bus.declare_inbox(self.channel, service, sources)
            self._consume(1)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the connection; what is unacknowledged goes back to the queue in its order."""
        bus.hang_up(self.connection)

    def batch(self, most: int, wait: float, idle: float = 0.003) -> list[Arrival]:
        """Up to ``most`` messages: the first within ``wait`` seconds, others until none comes for ``idle`` seconds."""
        self.connection.heartbeat_tick()
        self.listen(wait if not self._arrived else 0)
        while len(self._arrived) < most and self._arrived and self.listen(idle):
            pass
        return [self._arrived.popleft() for _ in range(min(most, len(self._arrived)))]

    def listen(self, seconds: float) -> bool:
        """Take in one frame from the broker; False where none came within ``seconds``. Keeps the connection alive."""
        try:
            self.connection.drain_events(timeout=seconds)
        except TimeoutError:
            return False
        return True

    def wait(self, seconds: float) -> None:
        """Let time pass without losing the connection."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.connection.heartbeat_tick()
            self.listen(min(left, 1.0))

    def settle(self, batch: Iterable[Arrival], parked: set[int]) -> None:
        """All of ``batch`` is done with: those whose tags are ``parked`` go to the parked queue, the others away."""
        last, confident = 0, False
        for arrival in batch:
            if arrival.tag in parked:
                self.channel.basic_reject(arrival.tag, requeue=False)
            else:
                last = arrival.tag
            confident = arrival.attempts < self._suspect
        if last:
            self.channel.basic_ack(last, multiple=True)
        if confident and self._window == 1:
            self.channel.basic_cancel(self._tag)
            self._consume(self._prefetch)

    def _consume(self, window: int) -> None:
        self._window = window
        self.channel.basic_qos(0, window, False)
        self._tag = self.channel.basic_consume(bus.inbox(self._service), callback=self._received)

    def _received(self, message: amqp.Message) -> None:
        headers: dict[str, Any] = message.properties.get("application_headers") or {}
        source = message.delivery_info["routing_key"].split(".", 1)[0]
        body = body_of(message)
        named = event_of(body)
        position = named[1] if named is not None and named[0] == source else None
        count = headers.get("x-delivery-count")
        attempts = count if isinstance(count, int) else 0
        self._arrived.append(Arrival(message.delivery_tag, source, position, body, attempts))


def body_of(message: amqp.Message) -> bytes:
    """The bytes of a message, as which the library may have guessed text."""
    return message.body.encode() if isinstance(message.body, str) else bytes(message.body)


def event_of(body: bytes) -> tuple[str, int] | None:
    """(source, position) of the event whose line ``body`` says it is, None where it is no line of a log.

    Position and id must say the same: whatever else somebody puts into a queue does not get past this.
    """
    try:
        line = orjson.loads(body)
        ident, position = line["id"], line["position"]
    except (ValueError, KeyError, TypeError):
        return None
    if type(position) is not int or not 0 < position < 2**63 or not isinstance(ident, str):
        return None
    source, _, number = ident.partition(":")
    return (source, position) if source and number == str(position) else None
