"""`paizhu witness enrol` and `policy`: what the province types about its witnesses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from audit.live import Live
from audit.options import live_options
from audit.witness import enrolment
from audit.witness.digits import digits
from audit.witness.gap import Gap, gaps
from audit.witness.options import Stopped, json_option, usable
from kernel.proof import notes
from kernel.proof import policy as policies

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("city")
@click.argument("vkey")
@click.option("--data", type=_FOLDER, default=Path("var/local"), show_default=True, help="A local system.")
@click.option("--keys", type=_FOLDER, help="The directory of the keys, where it is not DATA/keys.")
@click.option("--quorum", type=click.IntRange(min=1), help="How many cities must co-sign; otherwise above two thirds.")
@click.option("--yes", is_flag=True, help="The digits have been compared; do not ask.")
def enrol(city: str, vkey: str, data: Path, keys: Path | None, quorum: int | None, yes: bool) -> None:
    """Take up the witness of CITY with its key VKEY, or give it a new key. Takes effect at once, without a restart.

    The digits are to be compared with the city's over another way than the key came by.
    """
    with usable():
        click.echo(f"{city}  {digits(enrolment.key_of(city, vkey))}")
        if not yes and not click.confirm("Has the city read you the same digits?"):
            raise click.Abort
        made = enrolment.enrol(keys or data / "keys", city, vkey, quorum)
    click.echo(f"enrolled {city}; a checkpoint is witnessed when {made.rule} have co-signed it")


@click.command()
@live_options
@json_option
def policy(source: Live, as_json: bool) -> None:
    """The logs' keys, the witnesses, and how far each log is witnessed; who is missing.

    Ends with 1 where a checkpoint has waited for its witnesses for more than a minute.
    """
    try:
        found = policies.parse(source.policy() or f"quorum {policies.NONE}\n")
    except policies.Unsound as reason:
        raise Stopped(f"the policy is damaged: {reason}") from None
    shown = gaps(source, found)
    if as_json:
        click.echo(json.dumps(_plain(found, shown)))
    else:
        _show(found, shown)
    sys.exit(1 if any(gap.loud for gap in shown) else 0)


def _plain(found: policies.Policy, shown: list[Gap]) -> dict[str, object]:
    return {
        "quorum": found.rule,
        "logs": {key.name: key.vkey for key in found.logs},
        "witnesses": {name: key.vkey for name, key in found.witnesses.items()},
        "services": {gap.service: {**vars(gap), "unseen": gap.unseen, "loud": gap.loud} for gap in shown},
    }


def _show(found: policies.Policy, shown: list[Gap]) -> None:
    console = Console()
    keys = Table("key", "of", "read aloud")
    for key in (*found.logs, *found.witnesses.values()):
        keys.add_row("log" if key.kind == notes.ED25519 else "witness", key.name, digits(key))
    console.print(keys)
    table = Table("log", "events", "signed", "witnessed", "not witnessed", "missing")
    for gap in shown:
        style = "bold red" if gap.loud else None
        numbers = (f"{number:,}" for number in (gap.events, gap.signed, gap.witnessed, gap.unseen))
        table.add_row(gap.service, *numbers, " ".join(gap.missing), style=style)
    console.print(table)
    if not found.witnesses:
        console.print("[bold yellow]no city witnesses these logs[/]: `paizhu witness enrol CITY VKEY`")
    else:
        console.print(f"a checkpoint is witnessed when {found.rule} have co-signed it")
    for gap in shown:
        if gap.loud:
            console.print(f"[bold red]{gap.service}: waiting for witnesses for {gap.waiting} s[/]")
