"""``paizhu keys``: a log's signing key replaced by another, with an announcement that others can check."""

from __future__ import annotations

from pathlib import Path

import click

from audit.witness.digits import digits
from cli.reach import data_option
from deploy import log_keys
from deploy.local.system import System
from kernel.config import Config
from kernel.proof.signedstate import Damaged
from services import SERVICES

_path = click.Path(path_type=Path, file_okay=False)


@click.group()
def keys() -> None:
    """Replace the key with which a log signs its checkpoints."""


@keys.command("rotate-log")
@click.argument("service", type=click.Choice(SERVICES))
@data_option
@click.option("--keys", "folder", type=_path, help="Another system's directory of keys; its checkpointer is stopped.")
@click.option("--signing", type=_path, help="With --keys: where the halves that sign are, if not there.")
@click.option("--checkpoints", type=_path, help="With --keys: where checkpointers keep what they signed last.")
@click.option("--lost", is_flag=True, help="The old key is gone or in wrong hands: the witnesses must endorse the new.")
def rotate_log(
    service: str, data: Path, folder: Path | None, signing: Path | None, checkpoints: Path | None, lost: bool
) -> None:
    """Announce a new key for the log of SERVICE, signed by the old one, and put it in its place.

    The system is down meanwhile. A replacement that was cut short is finished by the same command.
    """
    if folder is None:
        system = System(data.resolve())
        if system.is_up():
            raise click.ClickException(
                f"the checkpointer still signs with the old key: `paizhu down --data {data}` first"
            )
        folder, checkpoints = data / "keys", data / "checkpoints"
    elif checkpoints is None:
        raise click.UsageError("--keys needs --checkpoints, where the checkpointers keep what they signed last")
    try:
        one, note = log_keys.replace(folder, signing, checkpoints, Config.of(need=()).province, service, lost=lost)
    except (ValueError, Damaged) as reason:
        raise click.ClickException(f"nothing was replaced: {reason}") from None
    click.echo(note.text, nl=False)
    click.echo(f"checkpoints of more than {one.size} events bear the new key; its digits: {digits(one.new)}", err=True)
    if lost:
        click.echo(f"it holds when enough witnesses have signed it: paizhu keys endorse-log {service} LINE …", err=True)


@keys.command("endorse-log")
@click.argument("service", type=click.Choice(SERVICES))
@click.argument("lines", nargs=-1, required=True)
@data_option
@click.option("--keys", "folder", type=_path, help="Another system's directory of keys.")
def endorse_log(service: str, lines: tuple[str, ...], data: Path, folder: Path | None) -> None:
    """Put what cities signed with `paizhu witness endorse` under the announcement of a new key."""
    try:
        one = log_keys.endorse(folder or data / "keys", service, list(lines))
    except ValueError as reason:
        raise click.ClickException(f"nothing was taken: {reason}") from None
    click.echo(f"{len(lines)} under the announcement of {one.new.vkey}")
