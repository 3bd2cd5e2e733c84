"""`paizhu audit replay`: are the read models what the log says?"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table as Shown

from audit.live import Live
from audit.options import json_option, live_options, progress, service_option
from audit.replay import Replayed, replay
from audit.wirings import service_named


@click.command("replay")
@live_options
@service_option
@json_option
def command(source: Live, names: tuple[str, ...], as_json: bool) -> None:
    """Rebuild every read model from its log in fresh tables and compare it with the live one, row by row.

    An event that is missing or cannot be read is named, and then no read model of that log is compared.
    Ends with 1 where a row differs or an event is named, with 2 where the system cannot be read.
    """
    console = Console(stderr=as_json)
    results: list[Replayed] = []
    with progress(as_json) as shown:
        for name in names or source.services():
            with source.answering(name):
                results.append(replay(service_named(name), source.url(name), shown(name)))
    if as_json:
        click.echo(json.dumps({"equal": all(r.equal for r in results), "services": [asdict(r) for r in results]}))
    else:
        _show(console, results)
    sys.exit(0 if all(result.equal for result in results) else 1)


def _show(console: Console, results: list[Replayed]) -> None:
    shown = Shown()
    for title in ("service", "events", "read model"):
        shown.add_column(title, no_wrap=True, justify="right" if title == "events" else "left")
    for title in ("rows", "only live", "only rebuilt"):
        shown.add_column(title, justify="right")
    for result in results:
        for table in result.tables:
            counts = (str(table.rows), str(table.only_live), str(table.only_rebuilt))
            style = None if table.equal else "bold red"
            shown.add_row(result.service, str(result.events), table.table, *counts, style=style)
    console.print(shown)
    for result in results:
        for finding in result.findings:
            console.print(f"[bold red]{finding.code}[/]  {finding.where}  {finding.sentence}", highlight=False)
        if result.findings:
            console.print(
                f"{result.service}: its read models say nothing of a log like this; `paizhu audit verify` first"
            )
        for table in result.tables:
            for sample in table.samples:
                console.print(f"{result.service}.{table.table}: {sample}")
    equal = all(result.equal for result in results)
    console.print(
        "replay equals the live read models" if equal else "[bold red]replay differs from the live read models"
    )
