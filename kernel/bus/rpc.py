"""RPC from outside nameko: one request, one reply, over one connection, with a time limit.

For processes without green threads: reactors that fetch what they missed, tools, tests. It speaks nameko's wire form
(exchange ``nameko-rpc``, key ``<service>.<method>``, JSON body with args and kwargs) and needs neither nameko nor
eventlet. Invariant: a call gives that call's answer or raises ``Away``; a late answer is never taken for another.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

import amqp
import orjson

from kernel import bus
from kernel.sizes import packed

_EXCHANGE = "nameko-rpc"


class Away(Exception):
    """The service did not answer: not there, too slow, or failed before its door. Whether it acted is unknown."""


class Client:
    """Calls methods of services over the broker at ``url``. Connects when needed, again after a loss; thread-safe."""

    def __init__(self, url: str, *, name: str = "client", timeout: float = 10.0) -> None:
        self._url = url
        self._name = name
        self._timeout = timeout
        self._lock = threading.Lock()
        self._connection: amqp.Connection | None = None
        self._channel: Any = None
        self._reply_to = ""
        self._waiting = ""
        self._answers: list[dict[str, Any]] = []

    def call(
        self, service: str, method: str, request: Mapping[str, Any], timeout: float | None = None
    ) -> dict[str, Any]:
        """What ``service.method(request)`` gives, within ``timeout`` seconds.

        Raises:
            Away: no answer came, for whatever reason. Ask again with the same command id.
            TooLarge: the request is longer than a message may be; nothing was sent.
        """
        until = time.monotonic() + (self._timeout if timeout is None else timeout)
        with self._lock:
            fresh = self._connection is None
            try:
                return self._call(service, method, request, until)
            except bus.GONE as error:
                self._close()
                # A connection kept from the last call may have ended since; a new one deserves one attempt.
                if fresh or isinstance(error, TimeoutError) or time.monotonic() >= until:
                    raise Away(f"{service}.{method}: {type(error).__name__}") from error
            try:
                return self._call(service, method, request, until)
            except bus.GONE as error:
                self._close()
                raise Away(f"{service}.{method}: {type(error).__name__}") from error

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        bus.hang_up(self._connection)
        self._connection = self._channel = None

    def _open(self, until: float) -> None:
        self._connection = bus.connect(
            self._url, f"rpc {self._name}", timeout=max(0.1, min(5.0, until - time.monotonic()))
        )
        channel = self._channel = self._connection.channel()
        channel.exchange_declare(_EXCHANGE, "topic", durable=True, auto_delete=False)
        self._reply_to = str(uuid4())
        queue = f"rpc.reply-{self._name}-{self._reply_to}"
        channel.queue_declare(queue, exclusive=True, auto_delete=True)
        channel.queue_bind(queue, _EXCHANGE, self._reply_to)
        channel.basic_consume(queue, no_ack=True, callback=self._received)
        channel.events["basic_return"].add(self._came_back)

    def _call(self, service: str, method: str, request: Mapping[str, Any], until: float) -> dict[str, Any]:
        if self._connection is None:
            self._open(until)
        self._waiting = str(uuid4())
        self._answers.clear()
        message = amqp.Message(
            packed(request),
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=1,
            reply_to=self._reply_to,
            correlation_id=self._waiting,
            # Nobody waits for it longer than this; a service that comes back need not work it off.
            expiration=str(max(1, int((until - time.monotonic()) * 1000))),
        )
        self._channel.basic_publish(message, _EXCHANGE, f"{service}.{method}", mandatory=True)
        while not self._answers:
            self._connection.drain_events(timeout=max(0.001, until - time.monotonic()))  # type: ignore[union-attr]
        answer = self._answers.pop()
        if answer.get("error"):
            raise Away(f"{service}.{method}: {answer['error'].get('exc_type')}")
        return dict(answer["result"])

    def _received(self, message: amqp.Message) -> None:
        if message.properties.get("correlation_id") == self._waiting:
            self._answers.append(orjson.loads(message.body))

    def _came_back(self, error: Exception, exchange: str, key: str, message: amqp.Message) -> None:
        if message.properties.get("correlation_id") == self._waiting:
            raise Away(f"{key}: no such service has ever been there")


Refill = Callable[[str, int, int], tuple[Sequence[bytes], int]]
"""(source, after, limit) -> (at most ``limit`` stored lines above ``after``, the source's head); raises Away."""


def refill_over(client: Client, timeout: float = 3.0) -> Refill:
    """A refill that asks the source's own log."""

    def refill(source: str, after: int, limit: int) -> tuple[list[bytes], int]:
        answer = client.call(source, "events_after", {"after": after, "limit": limit}, timeout)
        if "problem" in answer:
            raise Away(f"{source}.events_after: {answer['problem'].get('code')}")
        return [line.encode() for line in answer["lines"]], int(answer["head"])

    return refill
