"""`paizhu up`, `down`, `status`: a system on this machine."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from cli.reach import data_option
from deploy import layout
from deploy.local import screen, state, system
from deploy.local.supervisor import supervise


@click.command()
@data_option
@click.option("--foreground", is_flag=True, help="Stay and supervise until Ctrl-C.")
@click.option("--only", "services", multiple=True, help="Start only this service (repeatable; `gateway` is one).")
def up(data: Path, foreground: bool, services: tuple[str, ...]) -> None:
    """Start a system: private servers, services, relays, reactors, gateway."""
    try:
        parts = layout.parts(services or None)
    except ValueError as unknown:
        raise click.UsageError(str(unknown)) from None
    if mended := state.claim(data):
        click.echo(mended, err=True)
    if foreground:
        supervise(data, parts)
        return
    with screen.starting() as progress:
        found = system.start(data, services or None, progress)
    screen.status(found)


@click.command()
@data_option
def down(data: Path) -> None:
    """Stop a system and everything it started."""
    click.echo(f"stopped {data}" if system.stop(data) else f"nothing runs in {data}")


@click.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="For programs: everything, addresses with passwords included.")
def status(data: Path, as_json: bool) -> None:
    """Show the processes with their health, and the addresses of gateway, broker and databases."""
    found = system.System(data.resolve())
    if as_json:
        known: dict[str, Any] = found.state
        keys = ("status", "gateway", "broker", "subscribers", "databases", "auditors", "keys", "processes")
        click.echo(json.dumps({key: known.get(key) for key in keys}, ensure_ascii=False, indent=1))
    else:
        screen.status(found)
    if not found.is_up():
        sys.exit(3)
