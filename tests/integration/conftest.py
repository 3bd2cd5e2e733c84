"""The broker of integration tests: one RabbitMQ a test run, beside the PostgreSQL that every test may have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import servers
from deploy.local.rabbit import Rabbit
from deploy.local.servers import GivenBroker

CITIES = ("2107", "2113")


@pytest.fixture(scope="session")
def rabbit_server(data: Path) -> Iterator[Rabbit | GivenBroker]:
    """`url` is Paizhu's own address of a running RabbitMQ, `city_url(code)` a subscriber's (2107, 2113)."""
    with servers.rabbit(data, CITIES) as server:
        yield server
