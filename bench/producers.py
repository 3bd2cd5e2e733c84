"""One process with many producers on one log, started by ``bench.log``: green threads in a patched process, as the
services run, or plain threads. Prints its rate when done.

    python -m bench.producers green|plain URL PRODUCERS APPENDS RUN
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and sys.argv[1] == "green":
    import eventlet

    eventlet.monkey_patch()

import threading
import time

from bench.sample import TYPES, append, project
from kernel.log.postgres import PostgresLog


def main(url: str, producers: int, appends: int, run: str) -> None:
    """Let ``producers`` append one event a command, ``appends`` together, and print appends a second."""
    log = PostgresLog(url, "bench", TYPES, project)
    log.append(append(f"{run}-first", f"posting/{run}", 0, 0))

    def produce(producer: int) -> None:
        stream = f"posting/{run}.{producer}"
        for number in range(appends // producers):
            log.append(append(f"{run}-{producer}-{number}", stream, number, producer))

    threads = [threading.Thread(target=produce, args=(n,)) for n in range(producers)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(appends / (time.perf_counter() - start))
    log.close()


if __name__ == "__main__":
    main(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
