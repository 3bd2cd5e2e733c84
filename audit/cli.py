"""`paizhu audit …`: what an auditor types."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as Shown

from audit.replay import Replayed, replay
from audit.sources import Unreadable, database_urls
from kernel.log.sessions import Lost
from kernel.service import Service

SERVICES = ("allocation", "personnel", "attendance", "evaluation")


def service_named(name: str) -> Service:
    """The wiring of one service, imported when it is needed."""
    service: Service = import_module(f"services.{name}.wiring").SERVICE
    return service


@click.group()
def audit() -> None:
    """Read the logs themselves: replay them and compare. Asks no service."""


@audit.command("replay")
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("var/local"), show_default=True, help="A local system."
)
@click.option("--service", "names", multiple=True, type=click.Choice(SERVICES), help="Only these services.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and no progress.")
def replay_command(data: Path, names: tuple[str, ...], as_json: bool) -> None:
    """Rebuild every read model from its log in fresh tables and compare it with the live one, row by row.

    Ends with 1 where a row differs, with 2 where the system cannot be read.
    """
    urls = database_urls(data)
    console = Console(stderr=as_json)
    results: list[Replayed] = []
    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=as_json) as progress:
        for name in names or SERVICES:
            task = progress.add_task(name, total=None)

            def advance(done: int, of: int, task: object = task) -> None:
                progress.update(task, completed=done, total=of)  # type: ignore[arg-type]

            try:
                results.append(replay(service_named(name), urls[name], advance))
            except Lost as lost:
                raise Unreadable(
                    f"the database of {name} does not answer; `paizhu up --data {data}` starts it ({str(lost).strip()})"
                ) from None
    if as_json:
        click.echo(json.dumps({"equal": all(r.equal for r in results), "services": [asdict(r) for r in results]}))
    else:
        _show(console, results)
    sys.exit(0 if all(result.equal for result in results) else 1)


def _show(console: Console, results: list[Replayed]) -> None:
    shown = Shown("service", "events", "read model", "rows", "only live", "only rebuilt")
    for result in results:
        for table in result.tables:
            counts = (str(table.rows), str(table.only_live), str(table.only_rebuilt))
            style = None if table.equal else "bold red"
            shown.add_row(result.service, str(result.events), table.table, *counts, style=style)
    console.print(shown)
    for result in results:
        for table in result.tables:
            for sample in table.samples:
                console.print(f"{result.service}.{table.table}: {sample}")
    equal = all(result.equal for result in results)
    console.print(
        "replay equals the live read models" if equal else "[bold red]replay differs from the live read models"
    )
