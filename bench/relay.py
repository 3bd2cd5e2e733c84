"""The relay's bench: a log carried to a quorum queue, beside a bare loop of the amqp library over the same lines.

Both connect, send every line persistent and mandatory with at most so many unconfirmed, and are done when the broker
has confirmed the last; the relay reads its lines from PostgreSQL meanwhile and keeps its checkpoint there.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import amqp

from bench.rounds import Result, measured
from bench.sample import MONTHS, TYPES, append, project
from deploy import databases
from deploy.local import servers
from kernel import bus
from kernel.bus import outlet
from kernel.bus.carrier import Pace
from kernel.bus.relay import Relay
from kernel.log.postgres import PostgresLog

SOURCE, FOLLOWER = "bench", "bench-follower"
LINES, PAGE = 20_000, 500
BARE, OURS = "amqp alone, pipelined confirms", "paizhu relay"


def run(data: Path, rounds: int) -> Result:
    """Measure on servers of its own below ``data``."""
    with servers.postgres(data) as database, servers.rabbit(data) as broker:
        url = databases.provision(database.url, databases.derived("bench"), (SOURCE,), "relay")[SOURCE].url
        log = PostgresLog(url, SOURCE, TYPES, project)
        log.prepare((MONTHS,))
        for start in range(0, LINES, PAGE):
            log.append_all([append(f"c{n}", f"posting/{n}", 0, n) for n in range(start, start + PAGE)])
        lines = log.lines(0, LINES)
        try:
            with bus.connect(broker.url, "bench") as connection:
                channel = connection.channel()
                bus.declare_inbox(channel, FOLLOWER, [SOURCE])
                return measured(
                    f"Lines of a log carried to a queue, {sum(map(len, lines)) // LINES} bytes each",
                    "lines",
                    rounds,
                    {
                        BARE: lambda: _emptied(channel, bare(broker.url, lines)),
                        OURS: lambda: _emptied(channel, ours(log, url, broker.url)),
                    },
                )
        finally:
            log.close()


def bare(url: str, lines: list[bytes]) -> float:
    """The rate of the amqp library alone."""
    started = time.perf_counter()
    with bus.connect(url, "bench") as connection:
        channel = connection.channel()
        unconfirmed: set[int] = set()
        most = Pace().window

        def confirmed(tag: int, multiple: bool) -> None:
            if multiple:
                unconfirmed.difference_update([t for t in unconfirmed if t <= tag])
            else:
                unconfirmed.discard(tag)

        channel.confirm_select()
        channel.events["basic_ack"].add(confirmed)
        for tag, line in enumerate(lines, 1):
            message = amqp.Message(
                line,
                content_type="application/json",
                content_encoding="utf-8",
                delivery_mode=2,
                message_id=f"{SOURCE}:{tag}",
                application_headers={"service": SOURCE, "position": tag},
            )
            unconfirmed.add(tag)
            channel.basic_publish(message, bus.EVENTS, f"{SOURCE}.MonthRecorded", mandatory=True)
            while len(unconfirmed) >= most:
                connection.drain_events()
        while unconfirmed:
            connection.drain_events()
        return len(lines) / (time.perf_counter() - started)


def ours(log: PostgresLog, database: str, broker: str) -> float:
    """The rate of the relay, from the first line on."""
    stop = threading.Event()
    name = f"{SOURCE}-{uuid4()}"  # a checkpoint of its own
    relay = Relay(replace(outlet.events(SOURCE, (FOLLOWER,)), name=name), database, broker, stop)
    started = time.perf_counter()
    thread = threading.Thread(target=relay.run)
    thread.start()
    while log.rows("select position from log.relay where name = %s", name) != [{"position": LINES}]:
        time.sleep(0.02)
    rate = LINES / (time.perf_counter() - started)
    stop.set()
    thread.join()
    return rate


def _emptied(channel: amqp.Channel, rate: float) -> float:
    channel.queue_purge(bus.inbox(FOLLOWER))
    return rate
