"""A broker short of memory, and services that keep 150 waiting: the door says so at once, feeds and health answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from deploy.local import servers
from gateway.feeds import process
from gateway.feeds.store import FeedStore
from gateway.waiting import SHARE
from kernel.bus.pipeline import BLOCKED
from kernel.bus.relay import Relay
from tests.kit.gateway.door import CITIES, Door
from tests.kit.gateway.feeds import event, items
from tests.kit.waiting import BOUND, eventually

MANY = 150
OPEN = {"title": "合成"}

pytestmark = pytest.mark.skipif(servers.given_broker() is not None, reason="the alarm of a broker that others provide")


@pytest.fixture
def alarmed(rabbit_server: Any) -> Iterator[None]:
    """The broker believes that it has no memory left."""
    rabbit_server.ctl("set_vm_memory_high_watermark", "absolute", "1")
    yield
    rabbit_server.ctl("set_vm_memory_high_watermark", "absolute", "1GB")


def ready(door: Door) -> tuple[int, Any]:
    answer = requests.get(f"{door.url}/health/ready", timeout=BOUND)
    return answer.status_code, answer.json()["broker"]


def test_while_the_broker_takes_no_messages_commands_are_refused_at_once(
    door: Door, rabbit_server: Any, request: pytest.FixtureRequest
) -> None:
    assert door.command("PublishNotice", OPEN).status_code == 200
    request.getfixturevalue("alarmed")
    eventually(lambda: ready(door) == (503, BLOCKED))
    told = requests.get(f"{door.health}/health/ready", timeout=BOUND)
    assert (told.status_code, told.json()["broker"]) == (503, BLOCKED)
    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(lambda n: door.command("PublishNotice", OPEN), range(MANY)))
    told_all = {(a.status_code, a.json()["code"], a.headers["Retry-After"]) for a in answers}
    assert told_all == {(503, "broker_blocked", "1")}
    assert door.get("/feeds/2107").status_code == 200
    assert requests.get(f"{door.url}/health/live", timeout=BOUND).status_code == 200


def test_a_relay_says_so_and_goes_on_when_the_broker_takes_messages_again(
    store: FeedStore, feed_database: str, rabbit_server: Any, request: pytest.FixtureRequest
) -> None:
    relay = Relay(process.outlet(CITIES), feed_database, rabbit_server.url, threading.Event())
    thread = threading.Thread(target=relay.run, daemon=True)
    thread.start()
    try:
        taken = store.taken_in().get("personnel", 0)
        store.react([event(taken + 1)])
        eventually(lambda: relay.able.check() is None and relayed(feed_database))
        request.getfixturevalue("alarmed")
        numbers = iter(range(taken + 2, taken + 1000))

        def blocked() -> bool:
            if relayed(feed_database):  # it is told once it sends
                store.react([event(next(numbers))])
            return relay.able.check() == BLOCKED

        eventually(blocked)
        store.react([event(next(numbers))])
        assert not relayed(feed_database)
        rabbit_server.ctl("set_vm_memory_high_watermark", "absolute", "1GB")
        eventually(lambda: relay.able.check() is None and relayed(feed_database))
    finally:
        relay.stop.set()
        thread.join(BOUND)


def relayed(url: str) -> bool:
    """Whether everything that is numbered is confirmed by the broker."""
    sql = "select (select max(position) from feed.items) = (select max(position) from log.relay)"
    return bool(items(url, sql)[0][0])


def test_afterwards_it_takes_commands_again(door: Door) -> None:
    eventually(lambda: ready(door) == (200, "ok"))
    assert door.command("PublishNotice", OPEN).status_code == 200


def test_feeds_and_health_answer_while_many_wait_for_a_service(door: Door, tmp_path: Path) -> None:
    gate = tmp_path / "go on"
    with ThreadPoolExecutor(MANY) as pool:
        asked = [pool.submit(door.command, "PublishNotice", {"until": str(gate)}) for _ in range(MANY)]
        try:
            # All are of one subject: a share of them waits, and what is beyond it was refused at once.
            eventually(lambda: sum(one.done() for one in asked) >= MANY - SHARE)
            assert door.get("/feeds/2107").status_code == 200
            assert requests.get(f"{door.url}/health/live", timeout=BOUND).status_code == 200
            assert ready(door) == (200, "ok")
        finally:
            gate.touch()
