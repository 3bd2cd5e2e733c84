"""One process with many producers on one log, started by a bench: green threads in a patched process, as the services
run, or plain threads; ``sealed`` are green ones that seal a field of every event. Prints its rate when done.

    python -m bench.producers green|plain|sealed URL PRODUCERS APPENDS RUN [KEYS]
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and sys.argv[1] != "plain":
    import eventlet

    eventlet.monkey_patch()

import threading
import time
from dataclasses import replace
from pathlib import Path

from msgspec import structs

from bench.sample import TYPES, append, project
from kernel.keyfiles import key
from kernel.log import Append
from kernel.log.postgres import PostgresLog
from kernel.log.sessions import Readers
from kernel.vault import Vault
from kernel.vault.masters import Masters
from kernel.vault.postgres import DIGEST, MOMENT, PostgresKeys


def main(url: str, producers: int, appends: int, run: str, vault: Vault | None) -> None:
    """Let ``producers`` append one event a command, ``appends`` together, and print appends a second."""
    log = PostgresLog(url, "bench", TYPES, project)
    if vault is not None:
        vault.seal_all([(f"person-{producer}", "") for producer in range(producers)])
    log.append(append(f"{run}-first", f"posting/{run}", 0, 0))

    def produce(producer: int) -> None:
        stream = f"posting/{run}.{producer}"
        for number in range(appends // producers):
            item = append(f"{run}-{producer}-{number}", stream, number, producer)
            log.append(item if vault is None else _sealed(item, f"person-{producer}", vault))

    threads = [threading.Thread(target=produce, args=(n,)) for n in range(producers)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(appends / (time.perf_counter() - start))
    log.close()


def _sealed(item: Append, subject: str, vault: Vault) -> Append:
    """``item`` with what it remarks sealed under the key of ``subject``."""
    (draft,) = item.drafts
    remark = draft.event.remark  # type: ignore[attr-defined]
    event = structs.replace(draft.event, remark=vault.seal(subject, remark))
    return replace(item, drafts=(replace(draft, event=event),))


if __name__ == "__main__":
    found = None
    if sys.argv[1] == "sealed":
        keys = Path(sys.argv[6])
        found = Vault(Masters(keys), key(keys, DIGEST), PostgresKeys(Readers(sys.argv[2])), moment=MOMENT)
    main(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5], found)
