"""`paizhu accounts`: who may sign in to the console of a local system with an account."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.reach import data_option
from deploy.local.system import System
from kernel.calendar import CHINA

if TYPE_CHECKING:
    from gateway.accounts.keeping import Keeping
    from gateway.accounts.store import Store

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def accounts() -> None:
    """Accounts of the console: entered, locked, reset. What they may do the register of officers says."""


def _named(command: Callable[..., Any]) -> Callable[..., Any]:
    return data_option(click.argument("name")(command))


@accounts.command()
@_named
@click.option("--person", required=True, help="Who that is: the id under which the register of officers knows them.")
@click.option(
    "--role",
    type=click.Choice(["system_admin", "security_admin", "auditor", "cadre"]),
    help="A role that nobody holds by a post; without one the register of officers says it.",
)
@click.option("--until", type=_DAY, help="The last day it may be used.")
@click.option("--issuer", help="The address of the OpenID Connect issuer, which stands with --subject.")
@click.option("--subject", help="Who it is for the OpenID Connect issuer; then there is no password.")
def add(
    data: Path,
    name: str,
    person: str,
    role: str | None,
    until: datetime | None,
    issuer: str | None,
    subject: str | None,
) -> None:
    """Enter the account NAME and print its first password, good for a week."""
    from gateway.accounts.account import named

    place = System(data.resolve()).province if role and role != "cadre" else ""
    last = until.date() if until else None
    if (issuer is None) != (subject is None):
        raise click.UsageError("--issuer and --subject stand together")
    known = named(issuer, subject) if issuer and subject else None
    with _keeping(data) as (keeping, _):
        first = keeping.add(name, person, _today(), role=role or "", place=place, until=last, subject=known)
    click.echo(first or f"{name} signs in with its issuer")


@accounts.command("list")
@data_option
def list_(data: Path) -> None:
    """List accounts: name, person, role, state. No secret is shown."""
    with _keeping(data) as (_, store):
        for one in store.accounts():
            state = "locked" if one.locked else "valid" if one.holds(_today()) else "ended"
            factor = "issuer" if one.subject else "two factors" if one.secret else "first password"
            click.echo(f"{one.name:24} {one.person:24} {one.role or 'by its post':14} {state:7} {factor}")


@accounts.command()
@_named
def lock(data: Path, name: str) -> None:
    """Lock an account and end its sessions."""
    with _keeping(data) as (keeping, _):
        click.echo(f"{name} locked, {keeping.lock(name)} sessions ended")


@accounts.command()
@_named
def unlock(data: Path, name: str) -> None:
    """Unlock an account, also one that waits after failures."""
    with _keeping(data) as (keeping, _):
        keeping.unlock(name)
    click.echo(f"{name} unlocked")


@accounts.command()
@_named
def reset(data: Path, name: str) -> None:
    """Take password and second factor, end the sessions, and print a new first password."""
    with _keeping(data) as (keeping, _):
        click.echo(keeping.reset(name))


@accounts.command()
@_named
def enrol(data: Path, name: str) -> None:
    """Give a second factor here and print what an authenticator reads."""
    with _keeping(data) as (keeping, _):
        click.echo(keeping.enrol(name))


@accounts.command()
@_named
def code(data: Path, name: str) -> None:
    """Print the one-time code of now, for who tries a system out and has no authenticator."""
    import pyotp

    from gateway.accounts import codes
    from kernel import keyfiles

    with _keeping(data) as (_, store):
        found = store.account(name)
        if found is None or not found.secret:
            raise ValueError(f"{name} has no second factor here")
        key = keyfiles.key(System(data.resolve()).keys, codes.KEY)
        click.echo(pyotp.TOTP(codes.opened(key, found.secret, name)).now())


@contextmanager
def _keeping(data: Path) -> Iterator[tuple[Keeping, Store]]:
    """The accounts of the system in ``data``, in the name of who runs it. Raises ClickException."""
    from kernel.errors import PaizhuError

    system = System(data.resolve())
    if not system.is_up():
        raise click.ClickException(f"no system runs in {data}: `paizhu up --data {data}`")
    try:
        with kept(system) as found:
            yield found
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from None
    except PaizhuError as away:
        raise click.ClickException(str(away)) from None


@contextmanager
def kept(system: System) -> Iterator[tuple[Keeping, Store]]:
    """What is done to the accounts of a running system, in the name of the machine's operator."""
    from gateway.accounts import codes
    from gateway.accounts.keeping import Keeping
    from gateway.accounts.passwords import Passwords
    from gateway.accounts.store import Store
    from kernel import keyfiles

    store = Store(system.database_url("gateway"), most=1)
    try:
        yield (
            Keeping(store, Passwords(), lambda: keyfiles.key(system.keys, codes.KEY), time.time, "operator"),
            store,
        )
    finally:
        store.close()


def _today() -> date:
    return datetime.now(CHINA).date()
