"""`paizhu witness key`, `pin` and `status`: a city's own directory, without asking anybody."""

from __future__ import annotations

import json
import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from audit.witness import evidence
from audit.witness.digits import digits
from audit.witness.options import Stopped, json_option, state_option, usable
from audit.witness.state import State
from kernel.proof import notes, succession
from kernel.proof import policy as policies

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_ORIGIN = re.compile(r"paizhu/[0-9]{2}/[a-z]+", re.ASCII)


@click.command()
@state_option
@click.option("--city", help="The city's 4-digit code; needed once, to make the key.")
def key(folder: Path, city: str | None) -> None:
    """Make this witness's key on first use, and show the public half: what the province enrols.

    The key goes to standard output; the digits to read aloud to standard error.
    """
    with usable():
        found = State(folder).signer(city).verifier
    click.echo(found.vkey)
    click.echo(f"read aloud: {digits(found)}", err=True)


@click.command()
@state_option
@click.option(
    "--policy",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A policy file with log keys.",
)
@click.option("--replace", is_flag=True, help="Replace the key of a log that is pinned with another.")
@click.option("--yes", is_flag=True, help="The digits have been compared; do not ask.")
@click.argument("vkeys", nargs=-1)
def pin(folder: Path, file: Path | None, replace: bool, yes: bool, vkeys: tuple[str, ...]) -> None:
    """Trust these keys of logs from now on: VKEYS, or the log lines of a policy file.

    The digits are to be compared with the province's over another way than the keys came by, such as the telephone:
    everything a witness says afterwards rests on this.
    """
    with usable():
        state = State(folder)
        keys = _given(file, vkeys)
        known = state.logs()
        for new in keys:
            if known.get(new.name, new) != new and not replace:
                raise Stopped(f"another key of {new.name} is pinned; --replace only after asking the province why")
        for new in keys:
            click.echo(f"{new.name:<28} {digits(new)}")
        if not yes and not click.confirm("Has the province read you the same digits?"):
            raise Stopped("nothing was pinned")
        with state.alone():
            state.pin({**known, **{new.name: new for new in keys}})
    click.echo(f"pinned {len(keys)}")


@click.command()
@state_option
@click.option("--yes", is_flag=True, help="The digits have been compared; do not ask.")
@click.argument("file", type=_FILE)
def endorse(folder: Path, yes: bool, file: Path) -> None:
    """Sign the announcement in FILE of a log's new key, where the old one is lost or in wrong hands.

    The line goes to the province. Compare the digits first with a person you know: with enough such lines everybody
    who judges by the policy believes the new key, and this witness pins it (--replace) like any other.
    """
    with usable():
        state = State(folder)
        signer, pinned = state.signer(), state.logs()
        try:
            one, note = succession.read(file.read_text(encoding="utf-8"))
        except ValueError as reason:
            raise Stopped(f"{file} is no announcement: {reason}") from None
        seen = state.seen(one.old)
    if pinned.get(one.old.name) != one.old:
        raise Stopped(f"the key that is to be replaced is not the one of {one.old.name} that is pinned here")
    if seen is not None and seen.checkpoint.size > one.size:
        raise Stopped(f"the new key is to sign from {one.size} events on; {seen.checkpoint.size} were seen signed")
    click.echo(f"{one.new.name}  old {digits(one.old)}  new {digits(one.new)}  from {one.size} events on", err=True)
    if not yes and not click.confirm("Has the province read you the same digits, and told you why?", err=True):
        raise Stopped("nothing was signed")
    click.echo(signer.signature(note.body, int(time.time())).line, nl=False)


@click.command()
@state_option
@json_option
def status(folder: Path, as_json: bool) -> None:
    """The pinned key of every log as digits, what was co-signed last, and evidence. Ends with 1 while there is any."""
    with usable():
        state = State(folder)
        own = state.signer().verifier
        pinned = state.logs()
        seen = {log.name: state.seen(log) for log in pinned.values()}
        kept = evidence.found(folder / "evidence")
    if as_json:
        logs = {
            name: None if s is None else {"size": s.checkpoint.size, "second": s.second} for name, s in seen.items()
        }
        keys = {name: {"vkey": log.vkey, "digits": digits(log)} for name, log in pinned.items()}
        shown = {"witness": own.vkey, "logs": logs, "keys": keys, "evidence": [str(path) for path in kept]}
        click.echo(json.dumps(shown))
        sys.exit(1 if kept else 0)
    console = Console()
    console.print(f"{own.name}   {digits(own)}", highlight=False)
    table = Table(Column("log, its pinned key", no_wrap=True), "events co-signed", "at (UTC)")
    for name, s in seen.items():
        when = datetime.fromtimestamp(s.second, UTC).strftime("%Y-%m-%d %H:%M:%S") if s else ""
        table.add_row(f"{name}\n{digits(pinned[name])}", f"{s.checkpoint.size:,}" if s else "none yet", when)
    console.print(table)
    for path in kept:
        said = json.loads(path.read_text(encoding="utf-8"))
        console.print(f"[bold red]refused[/] {said['at']}: {said['sentence']}", highlight=False)
        console.print(f"  {path}", highlight=False, soft_wrap=True)
    sys.exit(1 if kept else 0)


def _given(file: Path | None, vkeys: tuple[str, ...]) -> list[notes.Verifier]:
    """The keys named on the command line and in the file. Raises UsageError and Stopped."""
    if not vkeys and file is None:
        raise click.UsageError("name the keys, or --policy FILE")
    try:
        found = [notes.verifier(vkey) for vkey in vkeys]
        if file is not None:
            found += policies.parse(file.read_text(encoding="utf-8")).logs
    except ValueError as reason:
        raise Stopped(f"that is no key of a log: {reason}") from None
    newest = {new.name: new for new in found}  # a policy names older keys of a log before the newer
    found = list(newest.values())
    for new in found:
        if new.kind != notes.ED25519 or not _ORIGIN.fullmatch(new.name):
            raise Stopped(f"{new.name} is no key of a log of Paizhu")
    return found
