"""`paizhu privacy`: what the security administration types.

Everything about a person goes through the gateway with the holder's token in PAIZHU_TOKEN; only ``rotate`` and the
account of keys in ``status`` work on the database, as its security role.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click
import psycopg2

from cli.client import Client
from cli.privacy import handover
from cli.privacy.keys import held
from cli.reach import data_option, reached, reaching
from kernel.calendar import day_of
from kernel.log.batch import clock
from kernel.log.sessions import Lost
from kernel.vault.export import CannotOpen

_PATIENCE: Final = 60.0
"""Seconds a command is asked again, under the same key, while the system is away."""
_path = click.Path(path_type=Path)


def _gateway(data: Path, url: str | None, token: str | None) -> Client:
    """The gateway under the holder's own token: two persons stand behind an erasure, so none is made here."""
    return reached(data, url, token, "security_admin", patience=_PATIENCE)


def _command(gateway: Client, name: str, **data: Any) -> None:
    """Give a command dated today, as the day is counted in China."""
    gateway.command(name, data, day_of(clock()).isoformat())


def _keeping(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say where the keys are."""
    for option in (
        click.option("--database", help="Another system's personnel database, as its security role."),
        click.option("--keys", type=_path, help="The directory of its key files."),
    ):
        command = option(command)
    return command


@click.group()
def privacy() -> None:
    """Erase a person's data by two hands, keep what the law keeps, change master keys.

    The token in PAIZHU_TOKEN says who acts: role security_admin.
    """


@privacy.command()
@click.argument("person")
@click.option("--reason", required=True, help="The ground in law; it is recorded. No name, no number.")
@reaching
def request(person: str, reason: str, data: Path, url: str | None, token: str | None) -> None:
    """Ask that a person's data be destroyed."""
    _command(_gateway(data, url, token), "RequestErasure", person=person, reason=reason)
    click.echo(f"requested; another security administrator approves: paizhu privacy approve {person}")


@privacy.command()
@click.argument("person")
@reaching
def approve(person: str, data: Path, url: str | None, token: str | None) -> None:
    """Approve another's request."""
    _command(_gateway(data, url, token), "ApproveErasure", person=person)
    click.echo(f"approved; who asked may now run: paizhu privacy erase {person} --export DIR")


@privacy.command(short_help="Hand the data over, then destroy the person's key.")
@click.argument("person")
@click.option("--export", "directory", type=_path, required=True, help="Where the sealed export is written.")
@click.option("--yes", is_flag=True, help="Do not ask again before the key is destroyed.")
@reaching
def erase(person: str, directory: Path, yes: bool, data: Path, url: str | None, token: str | None) -> None:
    """Hand the data over in a sealed file, then destroy the person's key for good."""
    gateway = _gateway(data, url, token)
    (export,) = gateway.query("personnel", "personal_data", {"person": person})
    try:
        written = handover.write(directory, export["file"], export["key"])
    except (OSError, CannotOpen) as refused:
        raise click.ClickException(f"nothing was destroyed: {directory}: {refused}") from None
    click.echo(f"handed over: {written.path}\nits key, shown once and kept nowhere: {written.key}")
    if not yes:
        click.confirm("Is the key in safe hands? The person's data here is destroyed now", abort=True)
    _command(gateway, "ErasePerson", person=person, export=written.sha256)
    click.echo("destroyed. Backups and the database's journal still hold the wrapped key until the next")
    click.echo("    paizhu privacy rotate --retire")


@privacy.command()
@click.argument("person")
@click.option("--hold", required=True, help="Number of the case.")
@click.option("--basis", required=True, help="The ground in law; it is recorded. No name, no number.")
@reaching
def hold(person: str, hold: str, basis: str, data: Path, url: str | None, token: str | None) -> None:
    """Forbid that a person's data be destroyed."""
    _command(_gateway(data, url, token), "PlaceLegalHold", person=person, hold=hold, basis=basis)
    click.echo(f"held under {hold}")


@privacy.command()
@click.argument("person")
@click.option("--hold", required=True, help="Number of the case.")
@click.option("--reason", required=True, help="Why the ground fell away; it is recorded. No name, no number.")
@reaching
def lift(person: str, hold: str, reason: str, data: Path, url: str | None, token: str | None) -> None:
    """Ask that a legal hold end."""
    _command(_gateway(data, url, token), "RequestHoldLift", person=person, hold=hold, reason=reason)
    click.echo(f"requested; another security administrator lifts: paizhu privacy approve-lift {person} --hold {hold}")


@privacy.command("approve-lift")
@click.argument("person")
@click.option("--hold", required=True, help="Number of the case.")
@reaching
def approve_lift(person: str, hold: str, data: Path, url: str | None, token: str | None) -> None:
    """End a legal hold that another asked to end."""
    _command(_gateway(data, url, token), "LiftLegalHold", person=person, hold=hold)
    click.echo(f"lifted {hold}")


@privacy.command(short_help="Wrap every data key anew under a new master key.")
@_keeping
@data_option
@click.option("--retire", is_flag=True, help="Destroy the older master keys once nothing is wrapped by them.")
def rotate(retire: bool, data: Path, database: str | None, keys: Path | None) -> None:
    """Wrap every data key anew under a new master key; after a kill run it again."""
    try:
        done = held(data, database, keys).rotate(retire, lambda count: click.echo(f"rewrapped {count}", err=True))
    except (ValueError, Lost, psycopg2.Error) as wrong:
        raise click.ClickException(f"{wrong}") from None
    all_keys = f"all data keys but {len(done.damaged)}" if done.damaged else "all data keys"
    click.echo(f"master key {done.master} wraps {all_keys}; rewrapped {done.rewrapped}, retired {len(done.retired)}")
    if done.damaged:
        named = ", ".join(done.damaged[:20])
        raise click.ClickException(
            f"nothing was retired: no master key unwraps the keys of {named};"
            " they were changed, or wrapped by a key that is gone (docs/privacy.md)"
        )


@privacy.command(short_help="Show erasures and holds, or the master keys.")
@click.argument("person", required=False)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@_keeping
@reaching
def status(
    person: str | None,
    as_json: bool,
    data: Path,
    url: str | None,
    token: str | None,
    database: str | None,
    keys: Path | None,
) -> None:
    """Show erasures and legal holds (with a token), or what each master key wraps and which keys are damaged."""
    found: dict[str, Any] = {}
    if token:
        gateway, about = _gateway(data, url, token), {"person": person} if person else {}
        found["erasures"] = gateway.query("personnel", "erasures", about)
        found["legal_holds"] = gateway.query("personnel", "legal_holds", about)
    elif person:
        raise click.UsageError("what is asked about a person is shown to a token: PAIZHU_TOKEN, or --token")
    else:
        place = held(data, database, keys)
        names = ("master", "retired", "wraps")
        found["master_keys"] = [dict(zip(names, row, strict=True)) for row in place.generations()]
        found["destroyed"] = place.destroyed()
        found["damaged"] = [{"person": person, "stream": f"person/{person}"} for person in place.damaged()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for name, value in found.items():
        rows = value if isinstance(value, list) else [value]
        click.echo(f"{name}: {len(rows) if isinstance(value, list) else value}")
        for row in rows if isinstance(value, list) else []:
            click.echo("  " + "  ".join(f"{k}={v}" for k, v in row.items() if v not in (None, "")))


@privacy.command("open")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", envvar="PAIZHU_EXPORT_KEY", prompt=True, hide_input=True, help="The key shown at the hand-over.")
def open_(file: Path, key: str) -> None:
    """Open a sealed export."""
    try:
        click.echo(json.dumps(handover.opened(file, key), ensure_ascii=False, indent=1))
    except CannotOpen as refused:
        raise click.ClickException(str(refused)) from None
