"""PostgreSQL and RabbitMQ alone, for integration tests and the bench.

    with postgres(data) as pg:
        psycopg2.connect(pg.url)
    with rabbit(data, cities=("2107",)) as mq:
        kombu.Connection(mq.url)

Invariant: on leaving the block, however it is left, what was started has ended. Where PAIZHU_DATABASE_URL or
PAIZHU_AMQP_URL is set that server is used and none is started.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from deploy.faults import CannotRun
from deploy.local import child, ports, state
from deploy.local.child import Child, Command
from deploy.local.postgres import Postgres
from deploy.local.rabbit import Rabbit


class StartFailed(CannotRun):
    """A server did not become ready; the message carries the end of its log."""


class Server(Protocol):
    """What Postgres and Rabbit have in common."""

    name: str
    seconds_to_start: float

    @property
    def url(self) -> str: ...
    def prepare(self) -> None: ...
    def commands(self) -> tuple[Command, ...]: ...
    def ready(self) -> bool: ...


S = TypeVar("S", bound=Server)


@dataclass(frozen=True)
class GivenDatabase:
    """The server that PAIZHU_DATABASE_URL names."""

    url: str


@dataclass(frozen=True)
class GivenBroker:
    """The broker that PAIZHU_AMQP_URL names; its users are its owner's affair, so a city gets the same address."""

    url: str

    def city_url(self, city: str) -> str:
        return self.url


def given_database() -> GivenDatabase | None:
    """The database server the environment names, if it names one."""
    url = os.environ.get("PAIZHU_DATABASE_URL")
    return GivenDatabase(url) if url else None


def given_broker() -> GivenBroker | None:
    """The broker the environment names, if it names one."""
    url = os.environ.get("PAIZHU_AMQP_URL")
    return GivenBroker(url) if url else None


@contextmanager
def postgres(data: Path, more: Mapping[str, str] | None = None) -> Iterator[Postgres | GivenDatabase]:
    """A PostgreSQL with its cluster in `<data>/postgres`; `url` is the superuser's. Raises StartFailed.

    ``more`` are settings besides those of every server, for one that is started.
    """
    given = given_database()
    if given:
        yield given
        return
    with own_postgres(data, more) as server:
        yield server


@contextmanager
def own_postgres(data: Path, more: Mapping[str, str] | None = None) -> Iterator[Postgres]:
    """The same, whatever the environment names."""
    with _block(data, Postgres.name, Postgres.ports) as found, serve(data, Postgres(data, found, more)) as server:
        yield server


@contextmanager
def rabbit(data: Path, cities: Sequence[str] = ()) -> Iterator[Rabbit | GivenBroker]:
    """A RabbitMQ with its files in `<data>/rabbitmq` and a user for each of `cities`. Raises StartFailed."""
    given = given_broker()
    if given:
        yield given
        return
    with _block(data, Rabbit.name, Rabbit.ports) as found, serve(data, Rabbit(data, found, cities)) as server:
        yield server


@contextmanager
def _block(data: Path, name: str, wanted: Sequence[str]) -> Iterator[dict[str, int]]:
    with state.hold(data, f"{name}.lock"):
        block = ports.reserve(wanted)
        try:
            yield block.ports
        finally:
            block.close()


@contextmanager
def serve(data: Path, server: S) -> Iterator[S]:
    """Start a server, wait until it is ready, stop it at the end of the block. Raises StartFailed."""
    server.prepare()
    with ExitStack() as running:
        started: list[Child] = []
        for command in server.commands():
            child.end_stale(data, command.name)
            process = Child(command, data)
            running.callback(process.stop)
            started.append(process)
        wait_ready(server, started)
        yield server


def wait_ready(server: Server, started: Sequence[Child]) -> None:
    """Wait until the server takes connections. Raises StartFailed when a process ends or time is over."""
    deadline = time.monotonic() + server.seconds_to_start
    while not server.ready():
        for process in started:
            if process.exit_code() is not None:
                raise StartFailed(f"{process.command.name} ended at start:\n{process.last_words()}")
        if time.monotonic() > deadline:
            raise StartFailed(f"{server.name} was not ready in time:\n{started[-1].last_words()}")
        time.sleep(0.05)
