"""The log's bench: grouped appends and replay, each beside the eventsourcing library on the same server."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib.metadata import version
from itertools import count
from pathlib import Path

import psycopg2
from psycopg import pq

from bench.eventsourcing_side import Counterpart
from bench.rounds import Result, measured
from bench.sample import MONTHS, TYPES, Posting, append, evolve, project
from deploy import databases
from deploy.local import servers
from kernel.log.postgres import PostgresLog

ROOT = Path(__file__).resolve().parents[1]
PRODUCERS = 32
# Which of psycopg's implementations it finds matters to the library. Its own extra, eventsourcing[postgres], asks for
# the one in Python; "binary" is the one in C, which is quicker.
IMPLEMENTATION = {"python": "psycopg in Python, as its extra installs it"}.get(pq.__impl__, "psycopg in C")
THEIRS = f"eventsourcing {version('eventsourcing')} ({IMPLEMENTATION})"
APPENDS, SAVES, REPLAYED = 6_400, 640, 20_000


def run(data: Path, rounds: int) -> list[Result]:
    """Measure on a server of its own below ``data``, with the durability a server has by default."""
    with servers.postgres(data) as server:
        made = databases.provision(server.url, databases.derived("synthetic"), ("bench",))["bench"]
        with psycopg2.connect(server.url) as session, session.cursor() as cursor:
            cursor.execute("select current_setting('fsync'), current_setting('synchronous_commit')")
            if cursor.fetchall() != [("on", "on")]:
                raise SystemExit("the bench wants a server that writes through to the disk")
        log = PostgresLog(made.url, "bench", TYPES, project)
        log.prepare((MONTHS,))
        counterpart = Counterpart(made.owner_url, pool=PRODUCERS)
        try:
            return [appends(made.url, counterpart, rounds), replay(log, counterpart, rounds)]
        finally:
            counterpart.close()
            log.close()


def appends(url: str, counterpart: Counterpart, rounds: int) -> Result:
    """Single-event commands of 32 producers, grouped by the log, beside single-event saves."""
    numbers = count()

    def producers(kind: str) -> float:
        argv = [sys.executable, "-m", "bench.producers", kind, url, str(PRODUCERS), str(APPENDS), f"r{next(numbers)}"]
        return float(subprocess.run(argv, cwd=ROOT, check=True, capture_output=True, text=True).stdout)

    return measured(
        f"Appends of one event of 730 bytes, beside {THEIRS}",
        "events",
        rounds,
        {
            "eventsourcing app.save, one thread": lambda: counterpart.save(SAVES),
            "eventsourcing app.save, 32 threads": lambda: counterpart.save(SAVES, PRODUCERS),
            "paizhu, 32 green threads": lambda: producers("green"),
            "paizhu, 32 plain threads": lambda: producers("plain"),
        },
    )


def replay(log: PostgresLog, counterpart: Counterpart, rounds: int) -> Result:
    """Reading, decoding and evolving, beside reading notifications and to_domain_event."""
    first = log.head()[0]
    for start in range(0, REPLAYED, 500):
        items = [append(f"fill-{n}", f"posting/{n % 100}", n // 100, n) for n in range(start, start + 500)]
        log.append_all(items)
    other = counterpart.app.recorder.max_notification_id() or 0
    counterpart.fill(REPLAYED)

    def replayed() -> float:
        start, seen = time.perf_counter(), 0
        states: dict[str, Posting] = {}
        fresh = Posting()
        for _, stream, _, event in log.replay(after=first, upto=first + REPLAYED):
            states[stream] = evolve(states.get(stream, fresh), event)
            seen += 1
        return seen / (time.perf_counter() - start)

    return measured(
        f"Replay of {REPLAYED} events, beside {THEIRS}",
        "events",
        rounds,
        {
            "eventsourcing notifications, to_domain_event": lambda: counterpart.replay(other + 1, REPLAYED),
            "paizhu read, decode, evolve": replayed,
        },
    )
