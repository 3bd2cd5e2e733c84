"""What a person sees of a system that starts or runs. Addresses are shown without passwords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from deploy.layout import PARTS
from deploy.local import cities, witnessing
from deploy.local.state import STATE
from deploy.local.system import Progress as Report
from deploy.local.system import System

COLOURS = {"ready": "green", "starting": "yellow", "not ready": "yellow", "restarting": "red", "silent": "red"}


@contextmanager
def starting() -> Iterator[Report]:
    """A progress bar that counts processes that are ready."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting the servers", total=len(PARTS))

        def report(system: System) -> None:
            processes = system.processes
            waiting = [p.name for p in processes if p.health != "ready"]
            ready = len(processes) - len(waiting)
            text = f"waiting for {waiting[0]}" if waiting else "starting the servers"
            bar.update(task, completed=ready, total=max(len(processes), len(PARTS)), description=text)

        yield report


def status(system: System) -> None:
    """The table of `paizhu status`."""
    known = system.state
    console = Console()
    if not (system.data / STATE).exists():
        console.print(
            f"no system in {system.data}: `paizhu up --data {system.data}` starts one", highlight=False, soft_wrap=True
        )
        return
    console.print(f"system in {system.data}: [bold]{known.get('status', 'stopped')}[/bold]")
    table = Table()
    for title in ("process", "health", "pid", "restarts"):
        table.add_column(title, no_wrap=True, justify="right" if title in ("pid", "restarts") else "left")
    table.add_column("last restart because of")
    for process in system.processes:
        colour = COLOURS.get(process.health, "dim")
        pid = str(process.pid or "")
        table.add_row(process.name, f"[{colour}]{process.health}[/]", pid, str(process.restarts), process.cause)
    console.print(table)
    addresses = Table(show_header=False)
    addresses.add_column(no_wrap=True)
    addresses.add_column(overflow="fold")
    addresses.add_row("gateway", known.get("gateway", ""))
    addresses.add_row("broker", _open(known.get("broker", "")))
    for service, url in known.get("databases", {}).items():
        addresses.add_row(f"database of {service}", _open(url))
    console.print(addresses)
    if system.is_up():
        for line in witnessing.lines(system.data):
            console.print(line, highlight=False)
        for process in system.processes:
            for line in cities.lines(process.metrics) if process.name == "public-relay" else ():
                console.print(line, highlight=False)


def _open(url: str) -> str:
    """Where a server is, without who asks it: a role without its password opens nothing, and makes lines too long."""
    return re.sub(r"//[^@/]+@", "//", url)
