"""`make mutants`: draw marks, change the rule under each, want the marked tests red. Ends with 1 where they stay green.

A mark promises that its tests hold a rule. Here the rule is broken in a small way, in memory alone, and the mark's own
tests run: one that is green under every change drawn for it holds nothing. Survivors of the others are shown for
reading: some change nothing that matters, some are a value that no test asks for. The mutation testers there are
(mutmut, cosmic-ray) write their changes into the tree or a copy and hold the whole suite against them; none knows of
marks, so the part that is theirs, five kinds of change, stands in ``mutation.py``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from deploy.local import servers
from tests.mutants import marks, rules, runs
from tests.mutants.mutation import Site
from tests.mutants.plugin import ROOT

JOBS = 2
ALONE = "tests/unit/"
"""Tests that start nothing."""


@dataclass
class Verdict:
    """What became of the changes under one mark, in the order they were tried."""

    mark: str
    tried: list[tuple[Site, runs.Colour]] = field(default_factory=list)

    @property
    def held(self) -> bool:
        """Whether the mark's tests noticed one: a sharp one, where there are any."""
        sharp = [colour for site, colour in self.tried if site.sharp]
        return any(colour != "green" for colour in sharp or [colour for _, colour in self.tried])


@click.command("mutants")
@click.option("--seed", help="The same seed, the same marks and changes; the commit at hand where none is given.")
@click.option("--marks", "count", type=int, default=12, show_default=True, help="How many marks are drawn.")
@click.option("--only", multiple=True, metavar="ID", help="This mark and no drawn one (repeatable).")
@click.option("--each", type=int, default=3, show_default=True, help="Changes tried under a mark.")
@click.option("--most", type=int, default=40, show_default=True, help="Changes tried where none before was noticed.")
def main(seed: str | None, count: int, only: tuple[str, ...], each: int, most: int) -> None:
    """Break the rules under drawn marks, one small change at a time, and see their tests fail."""
    console = Console() if sys.stdout.isatty() else Console(width=160)
    begun, seed = time.monotonic(), seed or _commit()
    every = marks.reached(marks.marked(ROOT))
    if unknown := [one for one in only if one not in every]:
        raise click.BadParameter(f"no test is marked {unknown[0]}", param_hint="--only")
    order = list(only) or marks.drawn(every, seed)
    chosen = order[: len(only) or count]
    console.print(f"seed {seed}: {len(chosen)} of {len(every)} marks")
    with _server(any(not t.startswith(ALONE) for mark in chosen for t in every[mark])) as environment:
        traces = _traces(every, chosen, environment)
        # Under a mark whose rule is a table there is nothing to change: the next one drawn takes its turn.
        able = (mark for mark in order if mark in traces and rules.own_sites(ROOT, traces, mark, seed))
        chosen = list(islice(able, len(chosen)))
        with ThreadPoolExecutor(JOBS) as pool:
            judge = partial(_judged, every, traces, seed, each, most, environment)
            verdicts = []
            for verdict in pool.map(judge, chosen):
                verdicts.append(verdict)
                for site, colour in verdict.tried:
                    console.print(f"{verdict.mark}  {colour:5}  {site}", highlight=False, markup=False)
    console.print(_table(verdicts))
    empty = [verdict.mark for verdict in verdicts if not verdict.held]
    seconds = time.monotonic() - begun
    console.print(f"{len(verdicts) - len(empty)} of {len(verdicts)} marks held, {seconds:.0f} s, seed {seed}")
    if empty:
        console.print(f"green under every change: {', '.join(empty)}: mend the test, or take the mark away")
        raise SystemExit(1)


def _judged(
    every: Mapping[str, tuple[str, ...]],
    traces: rules.Traces,
    seed: str,
    each: int,
    most: int,
    environment: Mapping[str, str],
    mark: str,
) -> Verdict:
    verdict = Verdict(mark)
    for number, site in enumerate(rules.own_sites(ROOT, traces, mark, seed)[:most]):
        if number >= each and verdict.held:
            break
        verdict.tried.append((site, runs.under(site, every[mark], environment)))
    return verdict


def _traces(
    every: Mapping[str, tuple[str, ...]], chosen: list[str], environment: Mapping[str, str]
) -> dict[str, dict[str, list[int]]]:
    """What the tests of the chosen marks execute, and, to tell what is theirs, all those that start nothing."""
    alone = {test for tests in every.values() for test in tests if test.startswith(ALONE)}
    others = {test for mark in chosen for test in every[mark]} - alone
    parts = [sorted(alone), *([sorted(others)] if others else [])]
    found: dict[str, dict[str, list[int]]] = {}
    with ThreadPoolExecutor(JOBS) as pool:
        for part in pool.map(lambda tests: runs.traced(tests, environment), parts):
            for mark, lines in part.items():
                for path, at in lines.items():
                    own = found.setdefault(mark, {})
                    own[path] = sorted({*own.get(path, ()), *at})
    return found


@contextmanager
def _server(wanted: bool) -> Iterator[dict[str, str]]:
    """The environment of the runs: one PostgreSQL for all, where one is wanted."""
    if not wanted:
        yield {}
        return
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mutants-", dir=ROOT / "var") as folder:
        Path(folder).chmod(0o755)
        with servers.postgres(Path(folder)) as server:
            yield {"PAIZHU_DATABASE_URL": server.url}


def _commit() -> str:
    argv = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _table(verdicts: list[Verdict]) -> Table:
    table = Table("mark", "changes noticed", "held")
    for verdict in verdicts:
        noticed = sum(colour != "green" for _, colour in verdict.tried)
        table.add_row(verdict.mark, f"{noticed} of {len(verdict.tried)}", "yes" if verdict.held else "NO")
    return table


if __name__ == "__main__":
    main()
