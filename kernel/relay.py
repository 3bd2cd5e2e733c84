"""Relay: carries a log to the broker, every line once confirmed, in order of position.

Invariants: only the process that holds the lock publishes and moves the checkpoint, both over the one connection that
holds it; the checkpoint never passes a line that the broker has not confirmed into every follower's queue. After a
crash lines are sent again, never left out; receivers drop what they have by its position.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import amqp
import orjson
import psycopg2

from kernel import bus, logs, metrics
from kernel.backoff import Backoff, stop_on_signals
from kernel.config import Config
from kernel.confirms import Window
from kernel.errors import Corrupt
from kernel.health import Health, Pulse, Switch

_LOG = logs.get("relay")
_LOCK_SPACE = 0x70616967
_AWAY = (*bus.GONE, psycopg2.OperationalError, psycopg2.InterfaceError)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message: routing key, body and identity."""

    key: str
    body: bytes
    message_id: str
    headers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outlet:
    """What a relay carries where.

    ``table`` has a rising ``position``; ``columns`` names what ``outgoing`` makes a message of, position first.
    ``declare`` makes the followers' queues; without it nobody is bound to follow, and a message that no queue takes is
    accepted. ``gapless`` says that positions have no gap, so that one is corruption.
    """

    name: str
    exchange: str
    table: str
    columns: str
    outgoing: Callable[[tuple[Any, ...]], Outgoing]
    declare: Callable[[amqp.Channel], None] | None = None
    checkpoint: str = "log.relay"
    gapless: bool = True


def events(service: str, followers: dict[str, tuple[str, ...]] | tuple[str, ...] = ()) -> Outlet:
    """The outlet of a service's log: key ``<service>.<Type>``, body the stored line byte for byte.

    ``followers`` names the services whose reactors follow this one; their inboxes are made before anything is sent.
    """

    def outgoing(row: tuple[Any, ...]) -> Outgoing:
        position, line = row
        body = line.encode() if isinstance(line, str) else bytes(line)
        kind = orjson.loads(body)["type"]
        return Outgoing(f"{service}.{kind}", body, f"{service}:{position}", {"service": service, "position": position})

    def declare(channel: amqp.Channel) -> None:
        for follower in followers:
            bus.declare_inbox(channel, follower, [service])

    return Outlet(service, bus.EVENTS, "log.events", "position, line", outgoing, declare=declare if followers else None)


@dataclass
class Relay:
    """One relay process. ``window``: the most messages in flight; ``poll``: shortest and longest pause in seconds."""

    outlet: Outlet
    db: str
    amqp: str
    stop: threading.Event
    health: Health = field(default_factory=Health)
    window: int = 2_000
    page: int = 500
    poll: tuple[float, float] = (0.005, 0.05)
    patience: float = 60.0

    def __post_init__(self) -> None:
        self.pulse = Pulse()
        self.able = Switch()
        self.health.live("loop", self.pulse.check)
        self.health.ready("servers", self.able.check)
        self._back = Backoff()

    def run(self) -> None:
        """Carry until ``stop`` is set, over any loss of the broker or the database."""
        while not self.stop.is_set():
            try:
                self._hold_lock_and_carry()
            except (*_AWAY, Corrupt) as error:
                self.able.away(type(error).__name__)
                metrics.RELAY_RECONNECTS.labels(self.outlet.name).inc()
                _LOG.warning("interrupted", outlet=self.outlet.name, exc_info=error)
                self.pulse.beat()
                self._back.wait(self.stop)
            finally:
                metrics.RELAY_ACTIVE.labels(self.outlet.name).set(0)

    def _hold_lock_and_carry(self) -> None:
        database = psycopg2.connect(self.db, connect_timeout=5, application_name=f"relay {self.outlet.name}")
        connection = None
        try:
            database.autocommit = True
            with database.cursor() as cursor:
                if not self._lock(cursor):
                    return
                position = self._load(cursor)
                connection = bus.connect(self.amqp, f"relay {self.outlet.name}")
                metrics.RELAY_ACTIVE.labels(self.outlet.name).set(1)
                _LOG.info("carrying", outlet=self.outlet.name, position=position)
                _Carrier(self, cursor, connection, position).carry()
        finally:
            bus.hang_up(connection)
            database.close()

    def _lock(self, cursor: Any) -> bool:
        """Wait for the lock, which is free again the moment its holder's connection ends. False: told to stop."""
        while not self.stop.is_set():
            cursor.execute("select pg_try_advisory_lock(%s, hashtext(%s))", (_LOCK_SPACE, self.outlet.name))
            if cursor.fetchone()[0]:
                return True
            self.able.back()  # a stand-by is in order
            self.pulse.beat()
            self.stop.wait(0.3)
        return False

    def _load(self, cursor: Any) -> int:
        table = self.outlet.checkpoint
        cursor.execute(
            f"insert into {table} (name, position) values (%s, 0) on conflict (name) do nothing", (self.outlet.name,)
        )
        cursor.execute(f"select position from {table} where name = %s", (self.outlet.name,))
        return int(cursor.fetchone()[0])


class _Carrier:
    """One time of carrying, from taking the lock to the loss of a connection or the end."""

    def __init__(self, relay: Relay, cursor: Any, connection: amqp.Connection, position: int) -> None:
        self.relay = relay
        self.outlet = relay.outlet
        self.cursor = cursor
        self.connection = connection
        self.window = Window(position)
        self.read = position  # everything up to here is sent
        self.saved = position
        self.saved_at = self.moved_at = self.looked_at = 0.0
        self.allowed = relay.window
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
        pause = self.relay.poll[0]
        self.moved_at = time.monotonic()
        while not self.relay.stop.is_set():
            self.relay.pulse.beat()
            self.connection.heartbeat_tick()
            sent = 0 if self.window.refused else self._send()
            pause = self.relay.poll[0] if sent else min(pause * 2, self.relay.poll[1])
            full = self.window.in_flight >= self.allowed
            self._answers(0.0 if sent and not full else pause)
            self._advance()
        until = time.monotonic() + 1.0
        while self.window.in_flight and not self.window.refused and time.monotonic() < until:
            self._answers(0.05)
        self._save()

    def _send(self) -> int:
        room = min(self.allowed - self.window.in_flight, self.relay.page)
        # A page below a quarter of its size costs a query for little; wait until answers have made room.
        if room <= 0 or (self.window.in_flight and room < min(self.relay.page, self.allowed) // 4):
            return 0
        self.cursor.execute(self.select, (self.read, room))
        rows = self.cursor.fetchall()
        mandatory = self.outlet.declare is not None
        for row in rows:
            position = row[0]
            if self.outlet.gapless and position != self.read + 1:
                raise Corrupt(f"{self.outlet.table} goes from {self.read} to {position}")
            out = self.outlet.outgoing(row)
            message = amqp.Message(
                out.body,
                content_type="application/json",
                content_encoding="utf-8",
                delivery_mode=2,
                message_id=out.message_id,
                application_headers=out.headers,
            )
            self.tag += 1
            self.window.sent(self.tag, position, out.message_id)
            self.read = position
            self.channel.basic_publish(message, self.outlet.exchange, out.key, mandatory=mandatory)
        self.published.inc(len(rows))
        return len(rows)

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
                    self.relay.able.back()
                    self.relay._back.reset()
                    self.trouble.reset()
                    self.allowed = min(self.allowed * 2, self.relay.window)
        if not self.window.in_flight:
            self.moved_at = now
            if self.window.refused:
                self._start_over()
            elif self.read == self.saved:
                self.relay.able.back()
        elif now - self.moved_at > self.relay.patience:
            raise ConnectionError(f"no answer from the broker for {self.relay.patience:.0f} s")
        if now - self.looked_at > 1.0:
            self._look()
            self.looked_at = now

    def _start_over(self) -> None:
        """Messages were refused: go back to the first of them, so that order is kept, and feel the way with one."""
        refused = self.window.refused
        self.read = self.window.rewind()
        self.allowed = 1
        self.relay.able.away(f"{refused} messages refused or not routable after position {self.read}")
        _LOG.error("refused", outlet=self.outlet.name, refused=refused, position=self.read)
        until = time.monotonic() + self.trouble.pause()
        while time.monotonic() < until and not self.relay.stop.is_set():
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
            raise Corrupt(f"the checkpoint of {self.outlet.name} was moved by somebody else")
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


def main(outlet: Outlet, config: Config) -> int:
    """Run the relay of ``outlet`` until SIGTERM. Gives the exit status."""
    logs.configure(f"relay {outlet.name}", config.log_level)
    relay = Relay(outlet, config.db, config.amqp, stop_on_signals())
    relay.health.serve(config.health_port)
    relay.run()
    return 0
