"""A broker that loses its whole data directory: every follower and every city is complete again, nobody helping."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import amqp
import orjson
import pytest

from deploy.local import child, ports, servers
from deploy.local.child import Child
from deploy.local.rabbit import Rabbit
from gateway.feeds import process
from gateway.feeds.door import StoredFeeds
from gateway.feeds.fetching import HttpFeed
from gateway.feeds.kept import Kept
from gateway.feeds.store import FeedStore
from gateway.feeds.subscriber import Subscriber
from kernel import bus
from kernel.bus.outlet import events
from kernel.bus.reactor import Reactor
from kernel.bus.relay import Relay
from kernel.parked_desk import ParkedDesk
from tests.kit.databases import fresh
from tests.kit.gateway.feeds import event
from tests.kit.toy import Toy
from tests.kit.waiting import BOUND, eventually

CITY = "2107"
"""Seconds after the next event in which everybody has to be complete again."""
POISON = 7


class Node:
    """A broker of the test's own, that can be killed and wiped."""

    def __init__(self, data: Path, block: dict[str, int]) -> None:
        self.data = data
        self.server = Rabbit(data, block, (CITY,))
        self.started: list[Child] = []

    def start(self) -> None:
        self.server.prepare()
        for command in self.server.commands():
            child.end_stale(self.data, command.name)
            self.started.append(Child(command, self.data))
        servers.wait_ready(self.server, self.started)

    def kill(self) -> None:
        """End it as a power cut does."""
        for each in reversed(self.started):
            each.kill()
        self.started.clear()

    def wipe(self) -> None:
        """Remove everything it has ever stored."""
        shutil.rmtree(self.server.home / "mnesia")


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    with closing(ports.reserve(Rabbit.ports)) as block:
        (data := tmp_path / "broker").mkdir(mode=0o700)
        node = Node(data, block.ports)
        try:
            node.start()
            yield node
        finally:
            node.kill()


class StoredFeed(HttpFeed):
    """The city's HTTP feed without a server between."""

    def __init__(self, url: str) -> None:
        super().__init__("", CITY, "")
        self.stored = StoredFeeds(url)

    def page(self, after: int, limit: int = 1000, wait: int = 0) -> dict[str, Any]:
        bodies, last, head = self.stored.page(self.city, after, limit)
        return {"items": [orjson.loads(body) for body in bodies], "next": last, "head": head}


class Sensitive:
    """The follower's handler, which one event makes ill."""

    def __init__(self, handler: Any) -> None:
        self.handler = handler

    def react(self, batch: Any) -> None:
        if any(received.recorded.position == POISON for received in batch):
            raise ValueError("synthetic")
        self.handler.react(batch)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.handler, name)


@pytest.fixture
def running() -> Iterator[Callable[[Any], Any]]:
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


def there(url: str, queue: str) -> bool:
    """Whether the broker has the queue."""
    with closing(bus.connect(url, "test")) as connection:
        try:
            connection.channel().queue_declare(queue, passive=True)
        except amqp.NotFound:
            return False
    return True


@pytest.mark.skipif(servers.given_broker() is not None, reason="a broker that others provide cannot be wiped")
def test_a_broker_that_lost_everything_costs_nobody_an_event(
    node: Node, postgres_server: Any, running: Callable[[Any], Any], tmp_path: Path
) -> None:
    with fresh(postgres_server.url, "toy", "tally", "gateway") as made:
        toy, tally = Toy("toy", made["toy"].url), Toy("tally", made["tally"].url, "toy")
        store = FeedStore(made["gateway"].url, "21", (CITY,))

        def refill(source: str, after: int, limit: int) -> tuple[list[bytes], int]:
            return toy.log.lines(after, limit), toy.log.head()[0]

        url, city_url = node.server.url, node.server.city_url(CITY)
        running(Relay(events("toy", ("tally",)), toy.url, url, threading.Event()))
        running(Relay(process.outlet((CITY,)), made["gateway"].url, url, threading.Event()))
        reactor = Reactor("tally", ["toy"], Sensitive(tally.handler), refill, url, threading.Event())
        running(reactor)
        kept_at = tmp_path / "kept.sqlite"

        class OnItsThread(Subscriber):
            """SQLite wants its file opened by the thread that works with it."""

            def run(self) -> None:
                self.kept = Kept(kept_at, CITY)
                super().run()
                self.kept.close()

        running(OnItsThread(None, StoredFeed(made["gateway"].url), city_url, threading.Event(), quiet=2.0))  # type: ignore[arg-type]

        def publish(first: int, last: int) -> None:
            store.react([event(n, host="210726102207") for n in range(first, last + 1)])

        def account() -> dict[str, int]:
            with closing(Kept(kept_at, CITY)) as kept:
                return kept.report(StoredFeed(made["gateway"].url).page(10**9)["head"])

        toy.count(400)
        publish(1, 300)
        eventually(lambda: tally.log.taken_in() == {"toy": 400})
        eventually(lambda: account()["missing"] == 0)

        toy.count(500)  # some of it taken in, some queued, some not yet sent
        publish(301, 500)
        node.kill()
        node.wipe()
        toy.count(300)
        publish(501, 700)
        node.start()

        toy.count(1)
        publish(701, 701)
        eventually(lambda: tally.log.taken_in() == {"toy": 1201})
        eventually(lambda: account()["missing"] == 0)
        assert account() | {"received": 701, "duplicates": 0, "foreign": 0} == account()
        assert tally.total("toy") == 1200
        for queue in (bus.inbox("tally"), bus.parked("tally"), bus.city(CITY)):
            eventually(lambda queue=queue: there(url, queue))

        # What was parked stands in the follower's log, not with the broker, and can still be replayed.
        (item,) = tally.log.parked_events()
        assert (item.id, item.state) == (f"toy:{POISON}", "parked")
        admin = {"person": "p-admin", "post": "p", "organ": "o", "role": "system_admin", "areas": ["21"]}
        told = {"actor": admin, "occurred_on": "2018-05-03", "source": "toy", "number": POISON, "reason": "已修复"}
        line = toy.log.lines(POISON - 1, 1)[0].decode()
        desk = ParkedDesk("tally", tally.log, tally.handler)
        assert desk.answer({"act": "replay", "line": line, **told})["state"] == "replayed"
        assert tally.total("toy") == 1201
        for each in (toy, tally):
            each.log.close()
