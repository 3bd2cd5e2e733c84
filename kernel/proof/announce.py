"""Announcing checkpoints on the bus: each once confirmed, in order, into the queue of every city.

Invariant: what is reported as announced the broker has confirmed. A broker that is away is tried again; the
checkpoints meanwhile wait in the database, which keeps them for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

import amqp

from kernel import bus, logs

_LOG = logs.get("announce")
_PATIENCE = 10.0


class Announcer:
    """Publishes for ``service``; the queues of the cities ``codes`` are made before anything is sent."""

    def __init__(self, url: str, service: str, codes: Sequence[str]) -> None:
        self._url = url
        self._service = service
        self._codes = codes
        self._connection: amqp.Connection | None = None
        self._channel: amqp.Channel | None = None

    def announce(self, notes: Iterable[tuple[int, str]], kind: str = "checkpoint") -> int:
        """The largest size among ``notes`` (size, text; in order) that is safe on the bus, 0 where none is.

        ``kind`` is ``succession`` for the announcement of a new key.
        Where the broker is away or refuses, the rest is left for the next call.
        """
        done = 0
        try:
            for size, note in notes:
                channel = self._channel or self._open()
                message = amqp.Message(
                    note,
                    content_type="text/plain",
                    content_encoding="utf-8",
                    delivery_mode=2,
                    message_id=f"{self._service}:{size}" if kind == "checkpoint" else f"{self._service}:{kind}:{size}",
                    application_headers={"service": self._service, "size": size, "kind": kind},
                )
                channel.basic_publish_confirm(message, bus.CHECKPOINTS, self._service, confirm_timeout=_PATIENCE)
                done = size
        except (*bus.GONE, amqp.exceptions.MessageNacked) as error:
            _LOG.warning("broker away", service=self._service, cause=type(error).__name__)
            self.close()
        return done

    def beat(self) -> bool:
        """A sign of life to the broker; where there is no connection a new one, so that the queues are there.

        False where the broker is away.
        """
        try:
            if self._connection is None:
                self._open()
            else:
                with suppress(TimeoutError):
                    self._connection.drain_events(timeout=0.001)
                self._connection.heartbeat_tick()
        except bus.GONE:
            self.close()
        return self._connection is not None

    def close(self) -> None:
        """Hang up; the next announcement connects again."""
        bus.hang_up(self._connection)
        self._connection = self._channel = None

    def _open(self) -> amqp.Channel:
        self._connection = bus.connect(self._url, f"checkpoints {self._service}")
        channel = self._connection.channel()
        bus.declare_checkpoints(channel, self._codes)
        channel.confirm_select()
        self._channel = channel
        return channel
