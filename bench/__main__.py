"""`python -m bench [name …]`: run the named benches, or all, and print their tables."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench import attendance, command, due, forms, growth, history, log, placement, relay, secured, verify
from bench.rounds import Result, table

ROOT = Path(__file__).resolve().parents[1]


def of_log(data: Path, rounds: int) -> list[str]:
    """Appends and replay, beside the eventsourcing library: as its own extra installs it, and on psycopg in C.

    Which of its implementations psycopg takes is settled when it is imported, so each has a process of its own.
    """
    if "PSYCOPG_IMPL" not in os.environ:
        argv = [sys.executable, "-m", "bench", "log", "--rounds", str(rounds)]
        for kind in ("python", "binary"):
            subprocess.run(argv, cwd=ROOT, env={**os.environ, "PSYCOPG_IMPL": kind}, check=True)
        return []
    appends, replay = log.run(data, rounds)
    return [
        table(appends, "eventsourcing app.save, one thread", {"paizhu, 32 green threads": 12}),
        table(replay, "eventsourcing notifications, to_domain_event", {"paizhu read, decode, evolve": 3}),
    ]


def of_relay(data: Path, rounds: int) -> list[str]:
    """The relay, beside the amqp library alone."""
    return [table(relay.run(data, rounds), relay.BARE, {relay.OURS: 0.7})]


def of_command(data: Path, rounds: int) -> list[str]:
    """A command through gateway and service, beside a bare nameko echo."""
    return [table(command.run(data, rounds), command.ECHO, {command.OURS: 0.6})]


def of_history(data: Path, rounds: int) -> list[str]:
    """Views as of a day, beside reading the log plainly; the log is large, so the rounds are few."""
    result, told = history.run(data, min(rounds, 3))
    return [table(result, history.PLAIN, {history.FACT: 0.5, history.RECORD: 0.5}), *told]


def of_growth(data: Path, rounds: int) -> list[str]:
    """Appends to a large log, beside appends to a small one."""
    return [table(growth.run(data, rounds), growth.YOUNG, {growth.GROWN: 0.8})]


def of_secured(data: Path, rounds: int) -> list[str]:
    """Appends with proofs and encryption, beside the same without."""
    return [table(secured.run(data, rounds), secured.PLAIN, {secured.OURS: 0.75})]


def of_verify(data: Path, rounds: int) -> list[str]:
    """Verification with all checks, beside reading the log plainly."""
    result, told = verify.run(data, rounds)
    return [table(result, verify.PLAIN, {}), *told]


def of_forms(data: Path, rounds: int) -> list[str]:
    """Registration forms imported in one job, beside reading the file and inserting its rows alone, or all stored."""
    result, told = forms.run(data, min(rounds, 3))
    return [*(table(result, alone, {forms.OURS: forms.WANTED}) for alone in (forms.BARE, forms.STORED)), told]


def of_due(data: Path, rounds: int) -> list[str]:
    """What is due on one day for a province's postings, beside reading as many rows that lie ready."""
    result, told = due.run(data, min(rounds, 3))
    return [table(result, due.BARE, {due.OURS: due.WANTED}), told]


def of_attendance(data: Path, rounds: int) -> list[str]:
    """A month's days and sheets and a year of the batch, beside the same rows inserted alone; the rounds are few."""
    results, told = attendance.run(data, min(rounds, 3))
    return [*(table(one, attendance.BARE, {attendance.OURS: attendance.WANTED}) for one in results), told]


def of_placement(_: Path, rounds: int) -> Iterator[str]:
    """Plans with certificate, beside the bare solve of scipy; then what else is promised of a plan."""
    for found in placement.run(rounds):
        yield table(found, placement.SCIPY, placement.WANTED) if isinstance(found, Result) else found


BENCHES: dict[str, Callable[[Path, int], Iterable[str]]] = {
    "log": of_log,
    "relay": of_relay,
    "command": of_command,
    "history": of_history,
    "growth": of_growth,
    "secured": of_secured,
    "verify": of_verify,
    "forms": of_forms,
    "due": of_due,
    "attendance": of_attendance,
    "placement": of_placement,
}


def main() -> None:
    """Run each in a data directory of its own, removed at the end."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("benches", nargs="*", metavar="bench", help=f"what to measure: {', '.join(BENCHES)} (all)")
    parser.add_argument("--rounds", type=int, default=5, help="counted rounds, after one that is not")
    asked = parser.parse_args()
    if unknown := set(asked.benches) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    (ROOT / "var").mkdir(exist_ok=True)
    for name in asked.benches or BENCHES:
        data = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))
        data.chmod(0o755)
        try:
            for shown in BENCHES[name](data, asked.rounds):
                print(shown, flush=True)
        finally:
            shutil.rmtree(data)


if __name__ == "__main__":
    main()
