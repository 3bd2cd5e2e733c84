"""What proofs and encryption cost an append: the same commands, plain, and with a sealed field and a tree that grows.

The tree is grown by a checkpointer of its own process, as in a running system; sealing happens in the appending process
under keys that stand in the same database.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from bench.rounds import Result, measured
from bench.sample import MONTHS, TYPES, project
from deploy import databases
from deploy.local import servers
from kernel.log.postgres import PostgresLog

ROOT = Path(__file__).resolve().parents[1]
PLAIN = "appends, neither tree nor encryption"
OURS = "appends, tree kept and a field sealed"
PRODUCERS, APPENDS = 32, 6_400


def run(data: Path, rounds: int) -> Result:
    """Measure on a server of its own below ``data``."""
    with servers.postgres(data) as server:
        made = databases.provision(server.url, databases.derived("synthetic"), ("personnel",))["personnel"]
        log = PostgresLog(made.url, "bench", TYPES, project)
        log.prepare((MONTHS,))
        log.close()
        numbers = count()

        def producers(kind: str) -> float:
            argv = [sys.executable, "-m", "bench.producers", kind, made.url, str(PRODUCERS), str(APPENDS)]
            argv += [f"r{next(numbers)}", str(data / "keys")]
            return float(subprocess.run(argv, cwd=ROOT, check=True, capture_output=True, text=True).stdout)

        def secured() -> float:
            with _checkpointer(made.signer_url, data):
                return producers("sealed")

        contenders = {PLAIN: lambda: producers("green"), OURS: secured}
        return measured("Appends of one event of 730 bytes", "events", rounds, contenders)


@contextmanager
def _checkpointer(url: str, data: Path) -> Iterator[None]:
    argv = [sys.executable, "-m", "bench.secured", url, str(data)]
    with subprocess.Popen(argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            if process.stdout is not None:
                process.stdout.readline()
            yield
        finally:
            process.communicate(timeout=30)  # it ends with its input


def main(url: str, data: Path) -> None:
    """Keep the tree of the log at ``url`` until the input ends. There is no broker to announce to."""
    from kernel import logs
    from kernel.proof import notekeys
    from kernel.proof.announce import Announcer
    from kernel.proof.checkpointer import Checkpointer, Pace
    from kernel.proof.policyfile import PolicyFile
    from kernel.proof.signedstate import SignedState

    logs.configure("bench", "error")
    stop = threading.Event()
    process = Checkpointer(
        "bench",
        url,
        notekeys.of_log(data / "keys", "21", "bench"),
        SignedState(data / "bench.json"),
        PolicyFile(data / "keys"),
        Announcer("amqp://127.0.0.1:9/%2F", "bench", ()),
        stop,
        Pace(poll=0.1, interval=1.0, patrol=1_024),  # old events at the rate of a running system, which has ten seconds
    )
    worker = threading.Thread(target=process.run)
    worker.start()
    print("ready", flush=True)
    sys.stdin.read()
    stop.set()
    worker.join()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
