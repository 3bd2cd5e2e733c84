"""The gateway as a process on the real servers, before a service that answers everything, and with feeds to fill."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import requests

from deploy.local.ports import reserve
from gateway.feeds.store import FeedStore
from kernel.auth import Issuer
from tests.kit.databases import Database, fresh, run
from tests.kit.gateway.door import CITIES, NUMBERS, ROOT, Door
from tests.kit.gateway.visitors import Town
from tests.kit.waiting import BOUND, eventually


@pytest.fixture(scope="module")
def feed_database(postgres_server: Any) -> Iterator[str]:
    """The address of an empty gateway database, as its application role."""
    with fresh(postgres_server.url, "gateway") as made:
        yield made["gateway"].url


@pytest.fixture
def store(feed_database: str) -> FeedStore:
    """The writing side of the feeds of three cities."""
    return FeedStore(feed_database, "21", CITIES)


@pytest.fixture(scope="module")
def accounts_database(postgres_server: Any) -> Iterator[Database]:
    """An empty gateway database."""
    with fresh(postgres_server.url, "gateway") as made:
        yield made["gateway"]


@pytest.fixture
def town(accounts_database: Database, tmp_path: Path) -> Iterator[Town]:
    """A door with no accounts yet."""
    found = Town(accounts_database.url, tmp_path)
    yield found
    found.store.close()
    run(accounts_database.owner_url, "truncate accounts.accounts, accounts.sessions, accounts.failures, accounts.flows")


@pytest.fixture(scope="module")
def processes(data: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start ``python -m <module> <arguments>`` with an environment; ended with the module."""
    started: list[subprocess.Popen[bytes]] = []
    with ExitStack() as logs:

        def start(*arguments: str, **env: str) -> subprocess.Popen[bytes]:
            told = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **env}
            log = logs.enter_context((data / f"gateway-{next(NUMBERS)}.log").open("wb"))
            process = subprocess.Popen([sys.executable, "-m", *arguments], cwd=ROOT, env=told, stdout=log, stderr=log)
            started.append(process)
            return process

        yield start
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(BOUND)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def door(
    data: Path, rabbit_server: Any, feed_database: str, processes: Callable[..., subprocess.Popen[bytes]]
) -> Iterator[Door]:
    """The gateway, ready, before the answering service; the three other services are away."""
    with closing(reserve(("answering", "gateway", "http"))) as ports:
        keys = data / "gateway-keys"
        Issuer(keys)
        env = {"PAIZHU_DB": feed_database, "PAIZHU_AMQP": rabbit_server.url, "PAIZHU_KEYS": str(keys)}
        host = "kernel.nameko_host"
        answering = "tests.kit.gateway.answering:Allocation"
        processes(host, answering, **env, PAIZHU_HEALTH_PORT=str(ports["answering"]))
        http = {"PAIZHU_HEALTH_PORT": str(ports["gateway"]), "PAIZHU_HTTP_PORT": str(ports["http"])}
        processes("gateway.service", **env, **http)
        found = Door(f"http://127.0.0.1:{ports['http']}", keys, f"http://127.0.0.1:{ports['gateway']}")
        for name in ("answering", "gateway"):
            eventually(lambda port=ports[name]: _ready(f"http://127.0.0.1:{port}/health/ready"))
        yield found


def _ready(url: str) -> bool:
    try:
        return requests.get(url, timeout=BOUND).status_code == 200
    except requests.ConnectionError:
        return False
