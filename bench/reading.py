"""One process that goes through a log once, started by ``bench.history``: plainly, or folding a view as of a day.

    python -m bench.reading plain|fact|record URL DATE

Prints JSON: events gone through, seconds, rows of the view, the process's peak memory in MiB.
"""

from __future__ import annotations

import json
import re
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

from audit.history.cut import Cut
from audit.history.reading import walked
from audit.history.views import folded, writing
from audit.live import Live
from bench.sample import MONTHS, TYPES, project
from kernel.log.postgres import PostgresLog
from kernel.service import Service

SERVICE = Service("bench", TYPES, {}, {}, {}, (MONTHS,), project, {})


def plain(url: str) -> tuple[int, int]:
    """Read and decode every event with the log's own reading. Gives events and rows (none)."""
    with closing(PostgresLog(url, "bench", TYPES, project)) as log:
        return sum(1 for _ in log.read()), 0


def viewed(url: str, cut: Cut) -> tuple[int, int]:
    """Fold a view as `paizhu audit as-of` does. Gives the events gone through and the rows."""
    with closing(Live({"bench": url})) as source, walked(source, SERVICE, (cut,), lambda done, of: None) as walk:
        rows = folded(walk, writing(SERVICE, SERVICE.tables))
        return walk.read, sum(map(len, rows.tables.values()))


def main(how: str, url: str, day: str) -> None:
    """Measure one going through."""
    start = time.perf_counter()
    events, rows = plain(url) if how == "plain" else viewed(url, Cut(date.fromisoformat(day), how == "record"))
    seconds = time.perf_counter() - start
    print(json.dumps({"events": events, "seconds": seconds, "rows": rows, "peak": peak()}))


def peak() -> int:
    """The most memory this process ever held, in MiB. What ``getrusage`` says would include the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024  # type: ignore[index]


if __name__ == "__main__":
    main(*sys.argv[1:])
