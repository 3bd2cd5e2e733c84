"""The gateway as a process on the real servers, before a service that answers everything, and with feeds to fill."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from deploy.local.ports import reserve
from gateway.feeds.store import FeedStore
from kernel.auth import Issuer
from tests.databases import fresh
from tests.waiting import eventually

ROOT = Path(__file__).parents[3]
CITIES = ("2102", "2107", "2113")
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def feed_database(postgres_server: Any) -> Iterator[str]:
    """The address of an empty gateway database, as its application role."""
    with fresh(postgres_server.url, "gateway") as made:
        yield made["gateway"].url


@pytest.fixture
def store(feed_database: str) -> FeedStore:
    """The writing side of the feeds of three cities."""
    return FeedStore(feed_database, "21", CITIES)


@dataclass(frozen=True)
class Door:
    """The gateway over HTTP. ``keys`` is where tokens are signed, ``health`` where it tells how it is."""

    url: str
    keys: Path
    health: str = ""

    def token(self, role: str = "province_org", areas: tuple[str, ...] = ("21",), ttl: int = 600, **more: str) -> str:
        """A token for a synthetic official."""
        claims = {"sub": "p-synthetic", "post": "处长", "organ": "组织部", "role": role, "areas": list(areas)}
        return Issuer(self.keys).issue({**claims, "units": [], **more}, ttl)

    def get(self, path: str, token: str | None = None, **params: Any) -> requests.Response:
        """GET with a token of the province, or the one given."""
        headers = {"Authorization": f"Bearer {token or self.token()}"}
        return requests.get(self.url + path, params=params, headers=headers, timeout=40)

    def post(self, path: str, body: Any, headers: Mapping[str, str] | None = None, **params: Any) -> requests.Response:
        """POST JSON (or bytes) with a token and a command id; ``headers`` take precedence."""
        given = {"Authorization": f"Bearer {self.token()}", "Idempotency-Key": f"c-{next(_NUMBERS)}"}
        sent = {"data": body, "headers": {**given, **(headers or {})}}
        if not isinstance(body, bytes):
            sent = {"json": body, "headers": {**given, **(headers or {})}}
        return requests.post(self.url + path, params=params, timeout=40, **sent)

    def command(self, name: str, data: Any, headers: Mapping[str, str] | None = None) -> requests.Response:
        """Give a command."""
        return self.post(f"/api/v1/commands/{name}", {"occurred_on": "2018-04-16", "data": data}, headers)


@pytest.fixture(scope="module")
def processes(data: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start ``python -m <module> <arguments>`` with an environment; ended with the module."""
    started: list[subprocess.Popen[bytes]] = []
    with ExitStack() as logs:

        def start(*arguments: str, **env: str) -> subprocess.Popen[bytes]:
            told = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **env}
            log = logs.enter_context((data / f"gateway-{next(_NUMBERS)}.log").open("wb"))
            process = subprocess.Popen([sys.executable, "-m", *arguments], cwd=ROOT, env=told, stdout=log, stderr=log)
            started.append(process)
            return process

        yield start
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(15)
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
        answering = "tests.integration.gateway.answering:Allocation"
        processes(host, answering, **env, PAIZHU_HEALTH_PORT=str(ports["answering"]))
        http = {"PAIZHU_HEALTH_PORT": str(ports["gateway"]), "PAIZHU_HTTP_PORT": str(ports["http"])}
        processes(host, "gateway.service:Gateway", **env, **http)
        found = Door(f"http://127.0.0.1:{ports['http']}", keys, f"http://127.0.0.1:{ports['gateway']}")
        for name in ("answering", "gateway"):
            eventually(lambda port=ports[name]: _ready(f"http://127.0.0.1:{port}/health/ready"), 40)
        yield found


def _ready(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == 200
    except requests.ConnectionError:
        return False
