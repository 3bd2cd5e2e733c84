"""The options the auditor's commands share: where to read, which services, how to show progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from audit.bundle import Bundle
from audit.live import GATEWAY, Live
from audit.sources import Source
from services import SERVICES

Command = TypeVar("Command", bound=Callable[..., Any])
Advance = Callable[[int, int], None]
"""(events done, of how many)."""

_FOLDER = click.Path(path_type=Path, readable=False)  # what cannot be used is told by who opens it

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON and no progress.")
service_option = click.option(
    "--service", "names", multiple=True, type=click.Choice(SERVICES), help="Only this service (repeatable)."
)
_data = click.option("--data", type=_FOLDER, help="A local system.  [default: var/local]")
_databases = click.option(
    "--database", "databases", multiple=True, metavar="SERVICE=URL", help="A database itself (repeatable)."
)
_keys = click.option("--keys", type=_FOLDER, help="Where policy.txt and checkpoint-*.vkey lie.")
_bundle = click.option("--bundle", type=_FOLDER, help="An exported bundle.")


def where_options(command: Command) -> Command:
    """Gives the command ``opening``, which opens what --data, --database, --keys or --bundle name when it is called."""

    @wraps(command)
    def told(
        data: Path | None,
        databases: tuple[str, ...],
        keys: Path | None,
        bundle: Path | None,
        *args: Any,
        **options: Any,
    ) -> Any:
        if sum(map(bool, (data, databases, bundle))) > 1:
            raise click.UsageError("name one of --data, --database and --bundle")

        def opening() -> Source:
            return Bundle(bundle) if bundle else _live(data, databases, keys)

        return command(*args, opening=opening, **options)

    return _data(_databases(_keys(_bundle(told))))  # type: ignore[return-value]


def source_options(command: Command) -> Command:
    """Gives the command ``source: Source``, closed when it ends: --data, --database, --keys, --bundle."""

    @where_options
    @wraps(command)
    def opened(opening: Callable[[], Source], *args: Any, **options: Any) -> Any:
        with closing(opening()) as source:
            return command(*args, source=source, **options)

    return opened  # type: ignore[return-value]


def live_options(command: Command) -> Command:
    """Gives the command ``source: Live``, closed when it ends: --data, --database, --keys."""

    @wraps(command)
    def opened(data: Path | None, databases: tuple[str, ...], keys: Path | None, *args: Any, **options: Any) -> Any:
        if data and databases:
            raise click.UsageError("name --data or --database, not both")
        with closing(_live(data, databases, keys)) as source:
            return command(*args, source=source, **options)

    return _data(_databases(_keys(opened)))  # type: ignore[return-value]


def _live(data: Path | None, databases: tuple[str, ...], keys: Path | None) -> Live:
    if not databases:
        return Live.of(data or Path("var/local"), keys)
    urls = dict(name.partition("=")[::2] for name in databases)
    known = (*SERVICES, GATEWAY)
    for name, url in urls.items():
        if name not in known or not url:
            raise click.UsageError(f"--database takes SERVICE=URL with one of {', '.join(known)}")
    return Live({name: urls[name] for name in known if name in urls}, keys)


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str], Advance]]:
    """Gives a function that starts a named bar and gives what moves it; nothing is shown where ``quiet``."""
    columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as bars:

        def started(name: str) -> Advance:
            task = bars.add_task(name, total=None)
            return lambda done, of: bars.update(task, completed=done, total=of)

        yield started
