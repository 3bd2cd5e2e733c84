"""The bench of verification: all checks with both roots, beside a plain read of the same log.

The log is checked as an auditor does: every line, column, hash, version and receipt, both trees against four
checkpoints that nine of thirteen cities co-signed. Every run is a process of its own.

    python -m bench.verify plain|verify URL KEYS
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import orjson

from audit.live import Live
from audit.verify import Verification
from bench.fill import events, fill
from bench.rounds import Result, measured
from bench.sample import MONTHS, TYPES, project
from deploy import databases
from deploy.local import servers
from kernel.log.postgres import PostgresLog
from kernel.log.sessions import connect
from kernel.proof import notekeys, notes, policy
from kernel.proof.notary import Notary
from kernel.proof.signedstate import SignedState
from kernel.proof.signing import Signing
from kernel.service import Service

ROOT = Path(__file__).resolve().parents[1]
EVENTS, STREAMS = 200_000, 9_025
CITIES, ENOUGH = 13, 9
WANTED = 40_000
PLAIN, OURS = "read and parse, nothing else", "verify: all checks, both roots"
SERVICE = Service("bench", TYPES, {}, {}, {}, (MONTHS,), project, {})


def run(data: Path, rounds: int, count: int = EVENTS) -> tuple[Result, list[str]]:
    """The rates, and whether verification is as quick as it should be."""
    with servers.postgres(data) as server:
        made = databases.provision(server.url, databases.derived("synthetic"), ("bench",))["bench"]
        with closing(PostgresLog(made.url, "bench", TYPES, project)) as log:
            log.prepare((MONTHS,))
        fill(made.url, events(count, date(2018, 5, 2), 365, STREAMS))
        keys = data / "keys"
        sign(made, keys)

        def once(how: str) -> Callable[[], float]:
            argv = [sys.executable, "-m", "bench.verify", how, made.auditor_url, str(keys)]
            return lambda: float(subprocess.run(argv, cwd=ROOT, check=True, capture_output=True, text=True).stdout)

        title = f"Verification of a log of {count:,} events, one a command"
        result = measured(title, "events", rounds, {PLAIN: once("plain"), OURS: once("verify")})
    rate = result.rate(OURS)
    return result, [f"  wanted {WANTED:,} events/s: {'reached' if rate >= WANTED else 'MISSED'}"]


def sign(made: databases.Database, keys: Path) -> None:
    """Checkpoints as a checkpointer makes them, each co-signed by enough cities; the policy beside the keys."""
    signer = notekeys.of_log(keys, "21", "bench")
    cities = [notes.Signer(f"city-{n}", notes.COSIGNATURE, bytes([n]) * 32) for n in range(1, CITIES + 1)]
    rules = policy.Policy((signer.verifier,))
    for city in cities:
        rules = rules.enrolled(city.verifier.name, city.verifier)
    (keys / "policy.txt").write_text(rules.text, encoding="utf-8")
    with closing(Signing(made.signer_url)) as signing:
        signing.lock()
        notary = Notary(signing, signer, SignedState(keys / "signed.json"))
        notary.begin()
        while notary.follow():
            notary.sign()
        notary.sign()
        stored = signing.notes_after(0, EVENTS)
    with closing(connect(made.url)) as session, session.cursor() as cur:
        for size, text in stored:
            for city in cities[:ENOUGH]:
                line = city.signature(notes.parse(text).body, 1_800_000_000)
                cur.execute("insert into log.cosignatures values (%s, %s, %s)", (size, line.name, line.line))


def plain(source: Live) -> int:
    """Read every row and parse its line; gives their number."""
    return sum(orjson.loads(row.line)["position"] > 0 for page in source.pages("bench") for row in page)


def verified(source: Live) -> int:
    """Verify, and give the number of events. Raises SystemExit where anything is found."""
    check = Verification(source, policy.parse(source.policy()), {}, lambda name: SERVICE)
    (found,) = check.run(("bench",), lambda name: lambda done, of: None)
    if len(check.findings) or found.checkpoints.witnessed != found.events:
        raise SystemExit(f"a sound log was not found sound: {list(check.findings)}")
    return found.events


def main(how: str, url: str, keys: Path) -> None:
    """Do it once and print the rate."""
    gc.disable()  # as the command does
    with closing(Live({"bench": url}, keys)) as source:
        started = time.perf_counter()
        count = plain(source) if how == "plain" else verified(source)
        sys.stdout.write(f"{count / (time.perf_counter() - started)}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
