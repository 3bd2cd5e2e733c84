"""Switchboard: many RPC calls at a time over one connection to the broker.

For a process with many threads, green or not, that forwards requests. It speaks nameko's wire form as
``kernel.bus.rpc`` does, without a confirm for each request: what cannot be routed comes back, what gets lost shows as
no answer in time.
Invariant: a call gives that call's answer or raises ``Away``; a late answer goes to nobody. While the broker, short of
memory or disk, takes no messages, every call is refused at once. It says so to those who publish only, so once a second
something is published that reaches nobody.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final
from uuid import uuid4

import amqp
import orjson

from kernel import bus, logs
from kernel.bus.pipeline import BLOCKED, Pipeline
from kernel.bus.rpc import Away
from kernel.sizes import packed

_EXCHANGE: Final = "nameko-rpc"
_NUDGE: Final = 1.0
"""Seconds between two messages to nobody."""
_LOG = logs.get("switchboard")


class Blocked(Away):
    """The broker takes no messages: nothing was sent."""


class _Call:
    """One call under way: its answer, or why there is none."""

    __slots__ = ("answer", "done", "failed")

    def __init__(self) -> None:
        self.done = threading.Event()
        self.answer: dict[str, Any] | None = None
        self.failed = ""

    def fail(self, why: str) -> None:
        self.failed = why
        self.done.set()


class _Line:
    """One connection with its reply queue and the calls that wait on it; with the connection it ends for good."""

    def __init__(self, url: str, name: str) -> None:
        self.calls: dict[str, _Call] = {}
        self.open = True
        self._nudge = amqp.Message(b"", delivery_mode=1)
        self._nudged = 0.0
        self._writing = threading.Lock()
        # A plain connection also reads when it publishes, and two readers would tear each other's frames.
        self._connection = bus.connect(url, f"switchboard {name}", kind=Pipeline)
        try:
            self._channel = self._connection.channel()
            self._channel.exchange_declare(_EXCHANGE, "topic", durable=True, auto_delete=False)
            self._reply_to = str(uuid4())
            queue = f"rpc.reply-{name}-{self._reply_to}"
            self._channel.queue_declare(queue, exclusive=True, auto_delete=True)
            self._channel.queue_bind(queue, _EXCHANGE, self._reply_to)
            self._channel.basic_consume(queue, no_ack=True, callback=self._received)
            self._channel.events["basic_return"].add(self._came_back)
        except BaseException:
            bus.hang_up(self._connection)
            raise
        threading.Thread(target=self._listen, name="switchboard", daemon=True).start()

    @property
    def blocked(self) -> bool:
        """Whether the broker takes no messages."""
        return bool(self._connection.blocked)

    def send(self, service: str, method: str, body: bytes, seconds: float) -> tuple[str, _Call]:
        """Send a request; gives its id and the call to wait on. Raises one of ``bus.GONE``."""
        ident, call = str(uuid4()), _Call()
        message = amqp.Message(
            body,
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=1,
            reply_to=self._reply_to,
            correlation_id=ident,
            # Nobody waits for it longer than this; a service that comes back need not work it off.
            expiration=str(max(1, int(seconds * 1000))),
        )
        self.calls[ident] = call
        try:
            with self._writing:
                self._channel.basic_publish(message, _EXCHANGE, f"{service}.{method}", mandatory=True)
        except BaseException:
            self.calls.pop(ident, None)
            raise
        return ident, call

    def close(self) -> None:
        """End the connection; calls under way fail."""
        self.open = False
        bus.hang_up(self._connection)

    def _listen(self) -> None:
        """Take in answers until the connection ends; runs in a thread of its own."""
        why = "the connection was closed"
        try:
            while self.open:
                with suppress(TimeoutError):
                    self._connection.drain_events(timeout=1.0)
                if self.blocked:  # whoever serves is blocked too and cannot answer; its answers may come afterwards
                    self._fail_all("the broker takes no messages")
                with self._writing:
                    self._connection.heartbeat_tick()
                    if not self.blocked and time.monotonic() >= self._nudged + _NUDGE:
                        self._channel.basic_publish(self._nudge, "", f"nobody.{self._reply_to}")
                        self._nudged = time.monotonic()
        except Exception as error:  # whatever ends the listening must end the waiting
            why = type(error).__name__
            if not isinstance(error, bus.GONE):
                _LOG.exception("listening failed")
        self.open = False
        bus.hang_up(self._connection)
        self._fail_all(why)

    def _fail_all(self, why: str) -> None:
        for ident in list(self.calls):
            if (call := self.calls.pop(ident, None)) is not None:
                call.fail(why)

    def _received(self, message: amqp.Message) -> None:
        call = self.calls.pop(str(message.properties.get("correlation_id")), None)
        if call is None:
            return
        answer = orjson.loads(message.body)
        if answer.get("error"):
            call.fail(str(answer["error"].get("exc_type")))
        else:
            call.answer = answer["result"]
            call.done.set()

    def _came_back(self, error: Exception, exchange: str, key: str, message: amqp.Message) -> None:
        call = self.calls.pop(str(message.properties.get("correlation_id")), None)
        if call is not None:
            call.fail("nobody of that name has ever been there")


class Switchboard:
    """Calls methods of services at the broker ``url``. Connects when first needed and again after a loss."""

    def __init__(
        self, url: str, *, name: str, timeout: float = 10.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._url = url
        self._name = name
        self._timeout = timeout
        self._clock = clock
        self._line: _Line | None = None
        self._connecting = threading.Lock()

    def call(
        self, service: str, method: str, request: Mapping[str, Any], timeout: float | None = None
    ) -> dict[str, Any]:
        """What ``service.method(request)`` gives, within ``timeout`` seconds.

        Raises:
            Blocked: the broker takes no messages; nothing was sent.
            Away: no answer came, for whatever reason; whether the service acted is unknown. Ask again with the same id.
            TooLarge: the request is longer than a message may be; nothing was sent.
        """
        body = packed(request)
        until = self._clock() + (self._timeout if timeout is None else timeout)
        try:
            line = self._connected()
            if line.blocked:
                raise Blocked(f"{service}.{method}: the broker takes no messages")
            ident, call = line.send(service, method, body, until - self._clock())
        except bus.GONE as error:
            self._hang_up()
            raise Away(f"{service}.{method}: {type(error).__name__}") from error
        call.done.wait(max(0.0, until - self._clock()))
        line.calls.pop(ident, None)
        if call.answer is None:
            raise Away(f"{service}.{method}: {call.failed or 'no answer in time'}")
        return call.answer

    def check(self) -> str | None:
        """Readiness: None where the broker is connected, or can be, and takes messages."""
        try:
            line = self._connected()
        except bus.GONE as error:
            return type(error).__name__
        return BLOCKED if line.blocked else None

    def close(self) -> None:
        """End the connection."""
        self._hang_up()

    def _connected(self) -> _Line:
        with self._connecting:
            if self._line is None or not self._line.open:
                self._line = _Line(self._url, self._name)
            return self._line

    def _hang_up(self) -> None:
        with self._connecting:
            if self._line is not None:
                self._line.close()
                self._line = None
