"""A patched process, as the services run: many green threads on one log, all raising one stream and one of their own.

Prints, as JSON, what a test can compare: greetings of a clock that ran meanwhile, the positions, the totals.
"""

from __future__ import annotations

import sys
import warnings

warnings.simplefilter("ignore")  # eventlet announces its own end at every import

import eventlet  # noqa: E402

eventlet.monkey_patch()

import orjson  # noqa: E402

from kernel.errors import Conflict  # noqa: E402
from kernel.log import Draft  # noqa: E402
from kernel.log.postgres import PostgresLog  # noqa: E402
from tests.kit.log.probe import COUNTS, DAY, TYPES, Counted, append, project  # noqa: E402


def main(url: str) -> None:
    """Run 32 writers of four commands each, and one of a large command."""
    log = PostgresLog(url, "probe", TYPES, project)
    ticks = [0]

    def tick() -> None:
        while True:
            ticks[0] += 1
            eventlet.sleep(0.001)

    def writer(number: int) -> None:
        for turn in range(4):
            own, shared = (Draft(s, Counted(occurred_on=DAY, amount=1)) for s in (f"own/{number}", "shared/1"))
            expects = {own.stream: turn, shared.stream: 0}
            while True:
                try:
                    log.append(append(f"c-{number}-{turn}", expects, own, shared))
                    break
                except Conflict as conflict:
                    expects |= conflict.streams

    eventlet.spawn(tick)
    for thread in [eventlet.spawn(writer, n) for n in range(32)]:
        thread.wait()
    log.append(append("c-large", {}, *[Draft("own/32", Counted(occurred_on=DAY, amount=1))] * 2_500))
    totals = log.rows(f"select stream, total from {COUNTS.name} order by stream")
    found = {"ticks": ticks[0], "positions": [r.position for r in log.read()], "totals": totals}
    sys.stdout.buffer.write(orjson.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
