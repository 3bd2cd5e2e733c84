"""Real servers for integration tests: one PostgreSQL and one RabbitMQ a test run, in a directory of their own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import servers
from deploy.local.postgres import Postgres
from deploy.local.rabbit import Rabbit
from deploy.local.servers import GivenBroker, GivenDatabase

CITIES = ("2107", "2113")


@pytest.fixture(scope="session")
def data() -> Iterator[Path]:
    """A fresh data directory, removed at the end; two runs at once have two."""
    parent = Path(__file__).parents[2] / "var"
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


@pytest.fixture(scope="session")
def rabbit_server(data: Path) -> Iterator[Rabbit | GivenBroker]:
    """`url` is Paizhu's own address of a running RabbitMQ, `city_url(code)` a subscriber's (2107, 2113)."""
    with servers.rabbit(data, CITIES) as server:
        yield server
