"""`make faults`: do harm to a system under load, then check what is left. Ends with 1 where anything is not whole."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console

from deploy import ROOT
from tests.faults import clock, disk, drop, handler, kills, wipe
from tests.faults.report import Screen, Verdict, details, table

FAULTS: dict[str, Callable[[Path, int, Screen], Verdict]] = {
    "wipe": wipe.run,
    "drop": drop.run,
    "handler": handler.run,
    "disk": disk.run,
    "clock": clock.run,
}


@click.command("faults")
@click.option(
    "--seed", type=int, default=20180423, show_default=True, help="The same seed, the same commands and harm."
)
@click.option("--only", type=click.Choice(["kills", *FAULTS]), multiple=True, help="Only this fault (repeatable).")
@click.option("--commands", type=int, default=20_000, show_default=True, help="Commands of the kills.")
@click.option("--kills", "count", type=int, default=200, show_default=True, help="Processes killed meanwhile.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="Write all verdicts there as JSON.")
@click.option("--keep", is_flag=True, help="Keep the data directories of runs that passed, too.")
def main(seed: int, only: tuple[str, ...], commands: int, count: int, path: Path | None, keep: bool) -> None:
    """Harm a system under load, one fault after another, each on a fresh system, and check the history after each."""
    console = Console() if sys.stdout.isatty() else Console(width=120)
    runs = {"kills": lambda folder, seed, screen: kills.run(folder, seed, screen, commands, count), **FAULTS}
    begun = time.monotonic()
    verdicts = []
    (ROOT / "var").mkdir(exist_ok=True)
    console.print(f"seed {seed}")
    with Screen(console) as screen:
        for name in only or runs:
            folder = Path(tempfile.mkdtemp(prefix=f"faults-{name}-", dir=ROOT / "var"))
            folder.chmod(0o755)
            screen.begin(name)
            verdict = runs[name](folder, seed, screen)
            verdicts.append(verdict)
            screen.say("broken" if verdict.failed else "whole")
            if verdict.failed or keep:
                console.print(f"{name}: kept in {folder.relative_to(ROOT)}")
            else:
                shutil.rmtree(folder)
    console.print(table(verdicts))
    for verdict in verdicts:
        for line in details(verdict):
            console.print(line, highlight=False, markup=False)
    console.print(f"seed {seed}, {time.monotonic() - begun:.0f} s")
    if path is not None:
        path.write_text(
            json.dumps([v.plain() for v in verdicts], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    sys.exit(1 if any(verdict.failed for verdict in verdicts) else 0)


if __name__ == "__main__":
    main()
