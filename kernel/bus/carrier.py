"""Carrier: sends what stands in a table to the broker and moves the checkpoint over what the broker has confirmed.

Invariant: the checkpoint never passes a row that the broker has not confirmed into every follower's queue. Where
messages are refused or sent back, everything from the first of them on is sent again, after a pause and one at a time
until it goes well: so order is kept, and a full queue is not flooded with messages it refuses.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import amqp

from kernel import bus, logs, metrics
from kernel.backoff import Backoff
from kernel.bus.confirms import Window
from kernel.bus.outlet import Outlet
from kernel.bus.pipeline import BLOCKED, Pipeline
from kernel.errors import Corrupt
from kernel.health import Pulse, Switch

_LOG = logs.get("relay")


class Superseded(Exception):
    """The checkpoint is not where this relay left it: another one is at work."""


@dataclass(frozen=True, slots=True)
class Pace:
    """``window``: the most messages in flight; ``page``: rows a query; ``poll``: shortest and longest pause between
    queries in seconds; ``patience``: seconds without an answer after which the broker counts as lost."""

    window: int = 2_000
    page: int = 500
    poll: tuple[float, float] = (0.005, 0.05)
    patience: float = 60.0


class Carrier:
    """One run of the carrier: from taking the lock to the loss of a connection or the end."""

    def __init__(
        self,
        outlet: Outlet,
        cursor: Any,
        connection: Pipeline,
        position: int,
        *,
        stop: threading.Event,
        pulse: Pulse,
        able: Switch,
        pace: Pace,
    ) -> None:
        self.outlet = outlet
        self.cursor = cursor
        self.stop = stop
        self.pulse = pulse
        self.able = able
        self.pace = pace
        self.connection = connection
        self.window = Window(position)
        self.read = position  # everything up to here is sent
        self.saved = position
        self.saved_at = self.moved_at = self.looked_at = 0.0
        self.allowed = pace.window
        self.tag = 0
        self.trouble = Backoff(0.1, 5.0)
        self.select = (
            f"select {self.outlet.columns} from {self.outlet.table} where position > %s order by position limit %s"
        )
        name = self.outlet.name
        self.published = metrics.RELAY_PUBLISHED.labels(name)
        self.channel = connection.channel()
        bus.declare_exchanges(self.channel)
        if self.outlet.declare is not None:
            self.outlet.declare(self.channel)
        self.channel.confirm_select()
        self.channel.events["basic_ack"].add(self.window.acknowledged)
        self.channel.events["basic_nack"].add(self._nacked)
        self.channel.events["basic_return"].add(self._returned)

    def carry(self) -> None:
        """Send, take answers, move the checkpoint; on ``stop`` wait a second for the answers still due."""
        pause = self.pace.poll[0]
        self.moved_at = time.monotonic()
        while not self.stop.is_set():
            self.pulse.beat()
            self.connection.heartbeat_tick()
            sent = 0 if self.window.refused or self.connection.blocked else self._send()
            pause = self.pace.poll[0] if sent else min(pause * 2, self.pace.poll[1])
            full = self.window.in_flight >= self.allowed
            self._answers(0.0 if sent and not full else pause)
            self._advance()
            if self.connection.blocked:  # nothing is confirmed until the broker takes messages again, however long
                self.able.away(BLOCKED)
                self.moved_at = time.monotonic()
        until = time.monotonic() + 1.0
        while self.window.in_flight and not self.window.refused and time.monotonic() < until:
            self._answers(0.05)
        self._save()

    def _send(self) -> int:
        room = min(self.allowed - self.window.in_flight, self.pace.page)
        # A page below a quarter of its size costs a query for little; wait until answers have made room.
        if room <= 0 or (self.window.in_flight and room < min(self.pace.page, self.allowed) // 4):
            return 0
        self.cursor.execute(self.select, (self.read, room))
        rows = self.cursor.fetchall()
        if rows:
            with self.connection.gathered():
                self._publish(rows)
        self.published.inc(len(rows))
        return len(rows)

    def _publish(self, rows: Sequence[tuple[Any, ...]]) -> None:
        mandatory = self.outlet.declare is not None
        for row in rows:
            position = row[0]
            if self.outlet.gapless and position != self.read + 1:
                raise Corrupt(f"{self.outlet.table} goes from {self.read} to {position}")
            out = self.outlet.outgoing(row)
            message = amqp.Message(
                out.body,
                content_type=out.media,
                content_encoding="utf-8",
                delivery_mode=2,
                message_id=out.message_id,
                application_headers=out.headers,
            )
            self.tag += 1
            self.window.sent(self.tag, position, out.message_id)
            self.read = position
            self.channel.basic_publish(message, self.outlet.exchange, out.key, mandatory=mandatory)

    def _answers(self, seconds: float) -> None:
        """Take what the broker has to say, waiting at most ``seconds`` for the first word."""
        try:
            while True:
                self.connection.drain_events(timeout=seconds)
                seconds = 0
        except TimeoutError:
            pass

    def _advance(self) -> None:
        now = time.monotonic()
        if self.window.confirmed > self.saved:
            self.moved_at = now
            if not self.window.in_flight or now - self.saved_at > 0.1:
                self._save()
                self.saved_at = now
                if not self.window.refused:
                    self.able.back()
                    self.trouble.reset()
                    self.allowed = min(self.allowed * 2, self.pace.window)
        if not self.window.in_flight:
            self.moved_at = now
            if self.window.refused:
                self._start_over()
            elif self.read == self.saved:
                self.able.back()
        elif now - self.moved_at > self.pace.patience:
            raise ConnectionError(f"no answer from the broker for {self.pace.patience:.0f} s")
        if now - self.looked_at > 1.0:
            self._look()
            self.looked_at = now

    def _start_over(self) -> None:
        """Messages were refused: go back to the first of them, so that order is kept, and try with that one alone."""
        refused = self.window.refused
        self.read = self.window.rewind()
        self.allowed = 1
        self.able.away(f"{refused} messages refused or not routable after position {self.read}")
        _LOG.error("refused", outlet=self.outlet.name, refused=refused, position=self.read)
        until = time.monotonic() + self.trouble.pause()
        while time.monotonic() < until and not self.stop.is_set():
            self._answers(0.05)
        if self.outlet.declare is not None:
            self.outlet.declare(self.channel)

    def _save(self) -> None:
        """Move the checkpoint, from the value this relay knows and no other."""
        if self.window.confirmed == self.saved:
            return
        self.cursor.execute(
            f"update {self.outlet.checkpoint} set position = %s where name = %s and position = %s",
            (self.window.confirmed, self.outlet.name, self.saved),
        )
        if self.cursor.rowcount != 1:
            raise Superseded(f"the checkpoint of {self.outlet.name} is not at {self.saved}")
        self.saved = self.window.confirmed
        metrics.RELAY_POSITION.labels(self.outlet.name).set(self.saved)

    def _look(self) -> None:
        self.cursor.execute(f"select coalesce(max(position), 0) from {self.outlet.table}")
        metrics.RELAY_LAG.labels(self.outlet.name).set(self.cursor.fetchone()[0] - self.window.confirmed)

    def _nacked(self, tag: int, multiple: bool) -> None:
        before = self.window.refused
        self.window.nacked(tag, multiple)
        metrics.RELAY_NACKED.labels(self.outlet.name).inc(self.window.refused - before)

    def _returned(self, error: Exception, exchange: str, key: str, message: amqp.Message) -> None:
        metrics.RELAY_RETURNED.labels(self.outlet.name).inc()
        self.window.returned(message.properties["message_id"])
