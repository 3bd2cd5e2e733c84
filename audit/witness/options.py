"""What the commands of a witness share: the directory, the gateway, and how an unusable directory ends them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from audit.witness.province import HttpProvince
from audit.witness.state import Unusable

state_option = click.option(
    "--state",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    envvar="PAIZHU_WITNESS",
    help="The witness's own directory [PAIZHU_WITNESS].",
)
gateway_option = click.option("--gateway", "url", required=True, help="The address of the province's gateway.")
token_option = click.option(
    "--token", envvar="PAIZHU_TOKEN", default="", help="A token of role witness [PAIZHU_TOKEN]."
)
json_option = click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object a line.")


class Stopped(click.ClickException):
    """It could not look, which is another end than a refusal."""

    exit_code = 2


@contextmanager
def usable() -> Iterator[None]:
    """A block in which an unusable directory, or a disk that refuses, ends the command with 2 and what to do."""
    try:
        yield
    except Unusable as reason:
        raise Stopped(str(reason)) from None
    except OSError as refused:
        raise Stopped(f"{refused.filename or 'the disk'}: {refused.strerror}") from None


def province(url: str, token: str) -> HttpProvince:
    """The gateway at ``url``. Raises UsageError where there is no token or the address is none."""
    if not url.startswith(("http://", "https://")):
        raise click.UsageError(f"{url} is no address of a gateway: http://… or https://…")
    if not token:
        raise click.UsageError("a token of role witness is needed: --token or PAIZHU_TOKEN")
    return HttpProvince(url, token)
