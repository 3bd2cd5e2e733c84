"""`paizhu demo`: bring a fresh system up, play the main job, show its figures, take it down."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from cli.office import issuer_of, token
from demo.accounts import leave
from demo.offices import Offices
from demo.performances import FOLLOWED, PERFORMANCES, Performance
from demo.subscribers import Subscribers
from deploy.local.system import System, running


class Bars:
    """A progress bar a stage, growing as the stage learns how much it has to do."""

    def __init__(self, console: Console) -> None:
        columns = (TextColumn("{task.description:<34}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.progress = Progress(*columns, console=console)
        self._task: TaskID | None = None
        self._total = 0

    def begin(self, title: str) -> None:
        """Start the bar of the next stage."""
        self._total = 0
        self._task = self.progress.add_task(title, total=None)

    def expect(self, count: int) -> None:
        """Add ``count`` things to do."""
        self._total += count
        if self._task is not None:
            self.progress.update(self._task, total=self._total)

    def advance(self, count: int) -> None:
        """``count`` things are done."""
        if self._task is not None:
            self.progress.advance(self._task, count)


@click.command("demo")
@click.option(
    "--data",
    type=click.Path(path_type=Path, readable=False),
    default=Path("var/demo"),
    show_default=True,
    help="Where it lives.",
)
@click.option(
    "--scale",
    type=click.Choice(list(PERFORMANCES)),
    default="scenario",
    show_default=True,
    help="The dated scenario and the others after it, the scenario alone with few places, or another alone: the whole"
    " batch (full), 2015 (shanxi), the reserves (qingshen), a year of one city (year).",
)
def demo(data: Path, scale: str) -> None:
    """Play the main job on a fresh system and leave its data in DATA.

    What DATA held before is removed. Afterwards `paizhu up --data DATA` goes on with it.
    """
    console = Console()
    data.parent.mkdir(parents=True, exist_ok=True)
    with (data.parent / f".{data.name}.demo").open("w") as turn:
        try:
            flock(turn, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            console.print(f"another demo is using {data}; waiting for it to end")
            flock(turn, LOCK_EX)
        summary = play(data, PERFORMANCES[scale], console)
        for key, after in FOLLOWED.get(scale, {}).items():
            console.print(f"\n{key}:")
            summary[key] = play(data / key, PERFORMANCES[after], console)
            _write(data, summary)


def play(data: Path, performance: Performance, console: Console) -> dict[str, object]:
    """Play it and return the summary that was also written to ``data``/summary.json."""
    seconds: dict[str, float] = {}
    bars = Bars(console)
    with bars.progress:
        bars.begin("start the system 启动系统")
        started = time.monotonic()

        def look(system: System) -> None:
            known = system.processes
            bars.progress.update(
                bars.progress.task_ids[-1], total=len(known) or None, completed=sum(p.health == "ready" for p in known)
            )

        told = {"PAIZHU_PROVINCE": performance.province, "PAIZHU_DAYS": "none"}  # the scenario has days of its own
        with (
            running(data, fresh=True, progress=look, told=told) as system,
            Subscribers(system, performance.cities) as subscribers,
        ):
            look(system)
            seconds["start"] = round(time.monotonic() - started, 1)
            issuer = issuer_of(system.keys, system.province)
            gateway = Offices(system.gateway_url, lambda office: token(issuer, office))
            world = performance.world(gateway, bars.advance, bars.expect)
            try:
                for name, title, stage in performance.stages:
                    started = time.monotonic()
                    bars.begin(title)
                    stage(world, system, subscribers)
                    seconds[name] = round(time.monotonic() - started, 1)
                summary, accounts = performance.summarise(world, seconds), None
                if performance.accounts:
                    accounts = leave(gateway, world, system, data)
            finally:
                gateway.close()
    _write(data, summary)
    performance.figures(console, summary)
    console.print(f"figures: {data / 'summary.json'}")
    console.print("go on with it:")
    for command in ("up", f"token --area {performance.province} --link"):
        console.print(f"    paizhu {command} --data {data}", highlight=False, soft_wrap=True)
    if accounts is not None:
        console.print(accounts)
    return summary


def _write(data: Path, summary: Mapping[str, object]) -> None:
    text = json.dumps(summary, ensure_ascii=False, indent=1)
    (data / "summary.json").write_text(f"{text}\n", encoding="utf-8")
