"""Which gateway a command asks, and with whose token: a local system's, or another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from cli.client import Client
from cli.office import Office, issuer_of, token
from cli.wire import Wire
from deploy.local.system import System

_TOKEN: Final = "PAIZHU_TOKEN"  # noqa: S105  # the name of a variable
_SECONDS: Final = 3600

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, readable=False),  # what cannot be used is told in one place, ``cli.main``
    default=Path("var/local"),
    show_default=True,
    help="A local system.",
)


def reaching(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command ``data``, ``url`` and ``token``, which ``reached`` takes."""
    for option in (
        click.option("--gateway", "url", help=f"Another system's gateway; its token by {_TOKEN}."),
        click.option("--token", envvar=_TOKEN, hidden=True),
        data_option,
    ):
        command = option(command)
    return command


def reached(
    data: Path, url: str | None, given: str | None, role: str, *, patience: float, operator: Office | None = None
) -> Client:
    """The client of the gateway at ``url``, or of the local system in ``data`` where that is None.

    ``given`` is the token of a holder with ``role``. Without one ``operator`` acts on a local system, for its province,
    with a token issued from its keys. Raises UsageError where a token or an address is wanting, ClickException where no
    system runs.
    """
    if not given and (url or operator is None):
        raise click.UsageError(f"{_TOKEN} must hold a token of the role {role}")
    if url is None:
        system = System(data.resolve())
        if not system.is_up():
            raise click.ClickException(f"no system runs in {data}: `paizhu up --data {data}`, or --gateway URL")
        url = system.gateway_url
        if not given and operator is not None:
            own = replace(operator, areas=(system.province,))
            given = token(issuer_of(system.keys, system.province), own, _SECONDS)
    try:
        return Client(Wire(url), given or "", patience)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--gateway") from None
