"""`paizhu subscribe` as a process that is stopped and started again, with a broker and without one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from gateway.feeds import process
from gateway.feeds.kept import Kept
from gateway.feeds.store import FeedStore
from kernel import bus
from kernel.bus.relay import Relay
from tests.kit.gateway.door import CITIES, ROOT, Door
from tests.kit.gateway.feeds import event
from tests.kit.waiting import BOUND, eventually

CITY, HOST = "2107", "210726102207"


@pytest.fixture
def relay(rabbit_server: Any, feed_database: str) -> Iterator[Relay]:
    """The public relay of three cities, running, and the city's queue empty at first."""
    with closing(bus.connect(rabbit_server.url, "test")) as connection:
        bus.declare_city(connection.channel(), CITY)
        connection.channel().queue_purge(bus.city(CITY))
    relay = Relay(process.outlet(CITIES), feed_database, rabbit_server.url, threading.Event())
    thread = threading.Thread(target=relay.run, daemon=True)
    thread.start()
    yield relay
    relay.stop.set()
    thread.join(BOUND)
    assert not thread.is_alive()


class Subscribing:
    """The city's program: its file, its environment, and what it printed."""

    def __init__(self, folder: Path, door: Door, amqp: str) -> None:
        self.kept = folder / "kept.sqlite"
        self.printed = folder / "printed.ndjson"
        self.log = folder / "log"
        self.argv = [sys.executable, "-m", "gateway.feeds.cli", "--city", CITY, "--feed", door.url]
        self.argv += ["--store", str(self.kept), "--quiet", "1", "--print"]
        secrets = {"PAIZHU_TOKEN": door.token("city_org", (CITY,)), **({"PAIZHU_AMQP": amqp} if amqp else {})}
        self.env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **secrets}

    def start(self) -> subprocess.Popen[bytes]:
        with self.printed.open("ab") as out, self.log.open("ab") as log:
            return subprocess.Popen(self.argv, env=self.env, stdout=out, stderr=log)

    def ids(self) -> list[str]:
        """The ids printed so far, in their order."""
        return [json.loads(line)["id"] for line in self.printed.read_text().splitlines()]


@pytest.mark.req("X-052")
@pytest.mark.parametrize("way", ["broker", "http"])
def test_what_was_posted_while_a_subscriber_was_stopped_comes_once_each_by_id(
    way: str, relay: Relay, store: FeedStore, door: Door, rabbit_server: Any, tmp_path: Path
) -> None:
    subscribing = Subscribing(tmp_path, door, rabbit_server.city_url(CITY) if way == "broker" else "")
    taken = store.taken_in().get("personnel", 0)
    known = int(door.get(f"/feeds/{CITY}").json()["head"])

    def post(first: int, last: int) -> list[str]:
        store.react([event(taken + n, host=HOST) for n in range(first, last + 1)])
        return [f"personnel:{taken + n}" for n in range(first, last + 1)]

    before = post(1, 3)
    first = subscribing.start()
    eventually(lambda: len(subscribing.ids()) == known + 3)
    first.send_signal(signal.SIGTERM)
    assert first.wait(BOUND) == 0

    meanwhile = post(4, 13)
    eventually(lambda: relay.able.check() is None)
    assert subscribing.ids()[known:] == before

    second = subscribing.start()
    eventually(lambda: len(subscribing.ids()) >= known + 13)
    second.send_signal(signal.SIGTERM)
    assert second.wait(BOUND) == 0
    assert subscribing.ids()[known:] == before + meanwhile
    with closing(Kept(subscribing.kept, CITY)) as kept:
        found = kept.report(known + 13)
    assert found | {"received": known + 13, "duplicates": 0, "foreign": 0, "missing": 0, "unreadable": 0} == found


def test_a_broker_that_refuses_the_login_ends_it(door: Door, rabbit_server: Any, tmp_path: Path) -> None:
    right = rabbit_server.city_url(CITY)
    subscribing = Subscribing(tmp_path, door, right.replace(f":{urlsplit(right).password}@", ":mistyped@"))
    assert subscribing.start().wait(BOUND) == 1
    said = subscribing.log.read_text()
    assert f"refuses the user city-{CITY} with this password" in said
    assert "PAIZHU_AMQP" in said
    assert "away" not in said
    assert "mistyped" not in said
