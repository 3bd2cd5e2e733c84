"""Where the logs are: the database URLs of a local system's data directory."""

from __future__ import annotations

import json
from pathlib import Path

import click


class Unreadable(click.ClickException):
    """The system cannot be read: another end than that of a difference."""

    exit_code = 2


def database_urls(data: Path) -> dict[str, str]:
    """The database URL of each service of the system in ``data``.

    Raises:
        Unreadable: with what to do, where no system was ever started there.
    """
    path = data / "system.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["databases"]
    except FileNotFoundError:
        raise Unreadable(
            f"no system in {data}: start one with `paizhu up --data {data}`, or name another directory with --data"
        ) from None
    except (KeyError, ValueError):
        raise Unreadable(f"{path} names no databases: is the system still starting?") from None
    return {str(name): str(url) for name, url in found.items()}
