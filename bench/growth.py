"""The bench of growth: appends to a log of 2,000,000 events, beside appends to one of 10,000.

Both logs are filled by COPY with what appending would have left, then appended to in turn by the same producers; the
small one is a new one every round, so that it stays small.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path

import psycopg2

from bench.fill import events, fill
from bench.rounds import Result, measured
from bench.sample import MONTHS, TYPES, project
from deploy import databases
from deploy.local import servers
from kernel.log.postgres import PostgresLog

ROOT = Path(__file__).resolve().parents[1]
SMALL, LARGE = 10_000, 2_000_000
PRODUCERS, APPENDS = 32, 6_400
YOUNG, GROWN = f"a log of {SMALL:,} events", f"a log of {LARGE:,} events"


def run(data: Path, rounds: int) -> Result:
    """Measure on a server of its own below ``data``, with the durability a server has by default."""
    with servers.postgres(data) as server:
        numbers = count()

        def filled(size: int) -> str:
            name = f"growth{next(numbers)}"
            made = databases.provision(server.url, databases.derived("synthetic"), ("bench",), name)["bench"]
            with closing(PostgresLog(made.url, "bench", TYPES, project)) as log:
                log.prepare((MONTHS,))
            fill(made.url, events(size, date(2018, 5, 2), 1_096, size // 100))
            with closing(psycopg2.connect(server.url)) as session, session.cursor() as cursor:
                session.autocommit = True
                cursor.execute("checkpoint")  # what the filling left to do is not to be measured
            return made.url

        def appended(url: str) -> float:
            argv = [sys.executable, "-m", "bench.producers", "green", url, str(PRODUCERS), str(APPENDS)]
            argv.append(f"r{next(numbers)}")
            return float(subprocess.run(argv, cwd=ROOT, check=True, capture_output=True, text=True).stdout)

        large = filled(LARGE)
        return measured(
            f"Appends of one event of 730 bytes, {PRODUCERS} green threads, as the log grows",
            "events",
            rounds,
            {YOUNG: lambda: appended(filled(SMALL)), GROWN: lambda: appended(large)},
        )
