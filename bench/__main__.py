"""`python -m bench [log …]`: run the named benches, or all, and print their tables."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from bench import log
from bench.rounds import table

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run in a data directory of its own, removed at the end."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("benches", nargs="*", choices=["log"], default="log", help="what to measure")
    parser.add_argument("--rounds", type=int, default=5, help="counted rounds, after one that is not")
    asked = parser.parse_args()
    (ROOT / "var").mkdir(exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))
    data.chmod(0o755)
    try:
        appends, replay = log.run(data, asked.rounds)
        print(table(appends, "eventsourcing app.save, one thread", {"paizhu, 32 green threads": 12}))
        print(table(replay, "eventsourcing notifications, to_domain_event", {"paizhu read, decode, evolve": 3}))
    finally:
        shutil.rmtree(data)


if __name__ == "__main__":
    main()
