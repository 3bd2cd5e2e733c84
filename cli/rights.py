"""``paizhu rights``: what provisioning makes in every database as files, and whether the files are what it makes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import click
import psycopg2

from deploy import ROOT, databases
from deploy.local import servers
from kernel.log import rights


@click.command("rights")
@click.option("--check", is_flag=True, help="Write nothing; say what differs, exit code 1.")
def command(check: bool) -> None:
    """Write owners, grants, triggers, functions and constraints of each database, as a fresh PostgreSQL gets them."""
    differing = []
    for service, made in written():
        place = rights.file(service)
        if not place.exists() or place.read_text(encoding="utf-8") != made:
            differing.append(str(place.relative_to(ROOT)))
            if not check:
                place.write_text(made, encoding="utf-8")
    if check and differing:
        raise click.ClickException(f"not what provisioning makes: {', '.join(differing)}; `paizhu rights` writes them")
    click.echo(f"rights: {len(databases.DATABASES)} files, as provisioning makes them")


def written() -> Iterator[tuple[str, str]]:
    """(service, the content of its file), from a server of its own under ``var/``."""
    (ROOT / "var").mkdir(exist_ok=True)
    place = tempfile.TemporaryDirectory(prefix="rights-", dir=ROOT / "var")
    with place as folder, servers.own_postgres(Path(folder)) as server:
        for service, made in databases.provision(server.url, databases.derived("of nobody")).items():
            with closing(psycopg2.connect(made.auditor_url)) as connection, connection.cursor() as cursor:
                yield service, rights.text(rights.found(partial(_rows, cursor)))


def _rows(cursor: Any, statement: str) -> list[tuple[Any, ...]]:
    cursor.execute(statement)
    return list(cursor.fetchall())
