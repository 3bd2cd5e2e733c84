"""For every test: a limit on its time, so that a hung one fails by name instead of stopping the run; and a PostgreSQL
of the run's own with a fresh log database for each module that asks for one."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import psycopg2
import pytest

from deploy.local import servers
from deploy.local.postgres import Postgres
from deploy.local.servers import GivenDatabase
from kernel.log.postgres import schema

SECONDS = 60.0


class TooSlow(Exception):
    """The test did not end within its limit (60 s, or what its `timeout` mark says)."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run the test under an alarm. Fixtures have no limit here: servers have limits of their own."""
    mark = item.get_closest_marker("timeout")
    seconds = float(mark.args[0]) if mark else SECONDS

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow(f"{item.nodeid} took more than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def data() -> Iterator[Path]:
    """A fresh data directory, removed at the end; two runs at once have two."""
    parent = Path(__file__).parents[1] / "var"
    parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="test-", dir=parent))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_server(data: Path) -> Iterator[Postgres | GivenDatabase]:
    """`url` is the superuser's address of a running PostgreSQL."""
    with servers.postgres(data) as server:
        yield server


@dataclass(frozen=True)
class LogDatabase:
    """A database with an empty log: the application role, the addresses of the owner and of the application."""

    app: str
    owner_url: str
    url: str


@pytest.fixture(scope="module")
def log_database(postgres_server: Postgres | GivenDatabase, request: pytest.FixtureRequest) -> Iterator[LogDatabase]:
    """A database of this test module's own, dropped with its roles at the end."""
    name = "test_" + "".join(c if c.isalnum() else "_" for c in request.node.nodeid.lower())[-40:]
    owner, app, secret = f"{name}_owner", f"{name}_app", "synthetic"
    parts = urlsplit(postgres_server.url)

    def address(role: str) -> str:
        return parts._replace(netloc=f"{role}:{secret}@{parts.netloc.rpartition('@')[2]}", path=f"/{name}").geturl()

    made = LogDatabase(app, address(owner), address(app))
    for role in (owner, app):
        run(postgres_server.url, f"create role {role} login password '{secret}'")
    run(postgres_server.url, f"grant {app} to {owner}")
    run(
        postgres_server.url, f"create database {name} owner {owner} template template0 encoding 'UTF8' locale 'C.UTF-8'"
    )
    run(made.owner_url, schema(app))
    yield made
    run(postgres_server.url, f"drop database {name} with (force)")
    for role in (owner, app):
        run(postgres_server.url, f"drop role {role}")


def run(url: str, sql: str) -> None:
    """Run `sql` outside any transaction."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
    finally:
        connection.close()
