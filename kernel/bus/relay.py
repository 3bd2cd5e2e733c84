"""Relay: carries a log to the broker, every line once confirmed, in order of position.

Invariants: only the process that holds the lock publishes and moves the checkpoint, both over the one connection that
holds it; the checkpoint never passes a line that the broker has not confirmed into every follower's queue. After a
crash lines are sent again, never left out; receivers drop what they have by its position.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

import psycopg2

from kernel import bus, logs, metrics
from kernel.backoff import Backoff, stop_on_signals
from kernel.bus.carrier import Carrier, Pace, Superseded
from kernel.bus.outlet import Outlet
from kernel.bus.pipeline import Pipeline
from kernel.config import Config
from kernel.errors import Corrupt
from kernel.health import Health, Pulse, Switch

_LOG = logs.get("relay")
_LOCK_SPACE = 0x70616967
_AWAY = (*bus.GONE, psycopg2.OperationalError, psycopg2.InterfaceError)


@dataclass
class Relay:
    """One relay process."""

    outlet: Outlet
    db: str
    amqp: str
    stop: threading.Event
    health: Health = field(default_factory=Health)
    pace: Pace = field(default_factory=Pace)

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
            except (*_AWAY, Corrupt, Superseded) as error:
                self.able.away(type(error).__name__)
                metrics.RELAY_RECONNECTS.labels(self.outlet.name).inc()
                _LOG.warning("interrupted", outlet=self.outlet.name, exc_info=error)
                self.pulse.beat()
                self._back.wait(self.stop)
            finally:
                metrics.RELAY_ACTIVE.labels(self.outlet.name).set(0)

    def _hold_lock_and_carry(self) -> None:
        database = psycopg2.connect(
            self.db,
            connect_timeout=5,
            application_name=f"relay {self.outlet.name}",
            keepalives_idle=10,
            keepalives_count=3,
        )
        connection: Pipeline | None = None
        try:
            database.autocommit = True
            with database.cursor() as cursor:
                if not self._lock(cursor):
                    return
                position = self._load(cursor)
                connection = bus.connect(self.amqp, f"relay {self.outlet.name}", kind=Pipeline)
                metrics.RELAY_ACTIVE.labels(self.outlet.name).set(1)
                _LOG.info("carrying", outlet=self.outlet.name, position=position)
                carrier = Carrier(
                    self.outlet,
                    cursor,
                    connection,
                    position,
                    stop=self.stop,
                    pulse=self.pulse,
                    able=self.able,
                    pace=self.pace,
                )
                try:
                    carrier.carry()
                finally:
                    if carrier.saved > position:
                        self._back.reset()
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


def main(outlet: Outlet, config: Config) -> int:
    """Run the relay of ``outlet`` until SIGTERM. Gives the exit status."""
    logs.configure(f"relay {outlet.name}", config.log_level)
    relay = Relay(outlet, config.db, config.amqp, stop_on_signals())
    relay.health.serve(config.health_port, config.bind)
    relay.run()
    return 0
