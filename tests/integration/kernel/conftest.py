"""A toy system on the real servers: databases of its own for every test, and empty queues."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import amqp
import pytest

from kernel import bus
from tests.kit.databases import fresh
from tests.kit.toy import Toy
from tests.kit.waiting import BOUND

ROOT = Path(__file__).parents[3]


@pytest.fixture
def toys(postgres_server: Any) -> Iterator[tuple[Toy, Toy]]:
    """The counting service "toy" and the service "tally" that follows it."""
    with fresh(postgres_server.url, "toy", "tally") as made:
        pair = Toy("toy", made["toy"].url), Toy("tally", made["tally"].url, "toy")
        yield pair
        for each in pair:
            each.log.close()


@pytest.fixture
def channel(rabbit_server: Any) -> Iterator[amqp.Channel]:
    """A channel to a broker that holds nothing of an earlier test."""
    connection = bus.connect(rabbit_server.url, "test")
    channel = connection.channel()
    for queue in (bus.inbox("tally"), bus.parked("tally"), "probe", "rpc-toy"):
        channel.queue_delete(queue)
    bus.declare_exchanges(channel)
    yield channel
    bus.hang_up(connection)


@pytest.fixture
def running() -> Iterator[Callable[[Any], Any]]:
    """Run something with ``run()`` and ``stop`` on a thread; stopped at the end of the test."""
    started: list[tuple[Any, threading.Thread]] = []

    def run(what: Any) -> Any:
        thread = threading.Thread(target=what.run, daemon=True)
        thread.start()
        started.append((what, thread))
        return what

    yield run
    for what, _ in started:
        what.stop.set()
    for _, thread in started:
        thread.join(BOUND)
        assert not thread.is_alive(), "it does not stop"


@pytest.fixture
def spawned() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Run Python with the given arguments and environment as a process; killed at the end of the test."""
    processes: list[subprocess.Popen[bytes]] = []

    def spawn(*arguments: str, **env: str) -> subprocess.Popen[bytes]:
        told = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **env}
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=told)
        processes.append(process)
        return process

    yield spawn
    for process in processes:
        process.kill()
        process.wait()
