"""The bench of history: views as of a day a year old, beside reading and decoding the log plainly.

The log holds three years. By date of fact a view goes through all of it; by date of record through its first two years,
and its rate counts only those. Every reading is a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.fill import events, fill
from bench.rounds import Result, measured
from bench.sample import MONTHS, TYPES, project
from deploy import databases
from deploy.local import servers
from kernel.log.postgres import PostgresLog

ROOT = Path(__file__).resolve().parents[1]
EVENTS, STREAMS = 1_000_000, 9_025
FIRST, DAYS, YEAR = date(2018, 5, 2), 1_096, 365
PLAIN, FACT, RECORD = "read and decode, nothing else", "as-of by date of fact", "as-of by date of record"


def run(data: Path, rounds: int, count: int = EVENTS) -> tuple[Result, list[str]]:
    """The rates, and a line on the memory of each contender."""
    with servers.postgres(data) as server:
        made = databases.provision(server.url, databases.derived("synthetic"), ("bench",))["bench"]
        log = PostgresLog(made.url, "bench", TYPES, project)
        log.prepare((MONTHS,))
        log.close()
        fill(made.url, events(count, FIRST, DAYS, STREAMS))
        day = FIRST + timedelta(days=DAYS - 1 - YEAR)
        last: dict[str, dict[str, Any]] = {}

        def reader(name: str, how: str) -> Callable[[], float]:
            def once() -> float:
                argv = [sys.executable, "-m", "bench.reading", how, made.url, day.isoformat()]
                done = subprocess.run(argv, cwd=ROOT, check=True, capture_output=True, text=True)
                last[name] = json.loads(done.stdout)
                return float(last[name]["events"] / last[name]["seconds"])

            return once

        result = measured(
            f"Views as of {day} of a log of {count:,} events up to {FIRST + timedelta(days=DAYS - 1)}",
            "events",
            rounds,
            {PLAIN: reader(PLAIN, "plain"), FACT: reader(FACT, "fact"), RECORD: reader(RECORD, "record")},
        )
    told = [
        f"  {name}: {one['events']:,} events, {one['seconds']:.1f} s, {one['rows']:,} rows, peak {one['peak']} MiB"
        for name, one in last.items()
    ]
    return result, told
