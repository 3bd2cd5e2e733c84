"""The feeds on real servers: numbered once, carried to each city's queue, kept by a subscriber through every mishap."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import amqp
import pika
import psycopg2
import pytest
import requests
from cloudevents.core.bindings import rabbitmq
from cloudevents.core.formats.json import JSONFormat

from gateway.feeds import process
from gateway.feeds.door import BATCH_TYPE
from gateway.feeds.store import FeedStore
from kernel import bus
from kernel.bus.relay import Relay
from kernel.errors import Conflict
from tests.kit.gateway.door import CITIES, ROOT, Door
from tests.kit.gateway.feeds import event, items
from tests.kit.waiting import BOUND, eventually


def test_events_are_numbered_by_city_without_a_gap_and_once(store: FeedStore, feed_database: str) -> None:
    store.react([event(1), event(2, kind="PersonRegistered"), event(3)])
    with pytest.raises(Conflict):
        store.react([event(3), event(4)])
    with pytest.raises(Conflict):
        store.react([event(5)])
    store.react([event(4), event(1, "allocation", "NoticeIssued", "21")])
    assert store.taken_in() == {"personnel": 4, "allocation": 1}
    assert items(feed_database) == [
        ("2113", 1, "personnel", 1),
        ("2107", 1, "personnel", 3),
        ("2113", 2, "personnel", 4),
        ("2102", 1, "allocation", 1),
        ("2107", 2, "allocation", 1),
        ("2113", 3, "allocation", 1),
    ]
    assert items(feed_database, "select city, sequence from feed.cities order by city") == [
        ("2102", 1),
        ("2107", 2),
        ("2113", 3),
    ]


def test_an_parked_event_holds_up_nobody(store: FeedStore, feed_database: str) -> None:
    store.park(event(5), "ValueError: synthetic")
    store.react([event(6)])
    assert store.taken_in()["personnel"] == 6
    assert items(feed_database, "select source, position, command, reason from log.parked") == [
        ("personnel", 5, "personnel:5", "ValueError: synthetic")
    ]


def test_items_cannot_be_changed_or_removed(store: FeedStore, feed_database: str) -> None:
    for sql in ("update feed.items set body = ''", "delete from feed.items", "truncate feed.items"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            items(feed_database, sql)


@pytest.fixture
def relay(rabbit_server: Any, feed_database: str) -> Iterator[Relay]:
    """The public relay of three cities, running."""
    relay = Relay(process.outlet(CITIES), feed_database, rabbit_server.url, threading.Event())
    thread = threading.Thread(target=relay.run, daemon=True)
    thread.start()
    yield relay
    relay.stop.set()
    thread.join(BOUND)
    assert not thread.is_alive()


def test_a_subscriber_loses_nothing_when_killed_and_when_the_broker_loses_messages(
    store: FeedStore,
    relay: Relay,
    door: Door,
    rabbit_server: Any,
    processes: Callable[..., subprocess.Popen[bytes]],
    tmp_path: Path,
) -> None:
    city, kept = "2107", tmp_path / "2107.sqlite"
    env = {"PAIZHU_AMQP": rabbit_server.city_url(city), "PAIZHU_TOKEN": door.token("city_org", (city,))}
    options = ["--city", city, "--feed", door.url, "--store", str(kept)]

    def start() -> subprocess.Popen[bytes]:
        return processes("gateway.feeds.cli", *options, "--quiet", "1", **env)

    def report() -> dict[str, int]:
        argv = [sys.executable, "-m", "gateway.feeds.cli", *options, "--report"]
        told = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **env}
        found: dict[str, int] = json.loads(subprocess.run(argv, env=told, capture_output=True, check=True).stdout)
        return found

    def head() -> int:
        return int(door.get(f"/feeds/{city}").json()["head"])

    first = start()
    taken = store.taken_in()["personnel"]
    store.react([event(n) for n in range(taken + 1, taken + 1 + 900)])
    eventually(lambda: report()["received"] > 0)
    first.kill()
    first.wait()
    store.react([event(n) for n in range(taken + 901, taken + 1801)])
    eventually(lambda: relay.able.check() is None and queued(rabbit_server.url, city) > 0)
    empty(rabbit_server.url, city)  # what waits in the queue is lost, as a broker may lose it
    start()
    store.react([event(n) for n in range(taken + 1801, taken + 1901)])
    eventually(lambda: report()["missing"] == 0)
    found = report()
    assert found["received"] == head()
    assert (found["duplicates"], found["foreign"]) == (0, 0)
    numbered = items_kept(kept)
    assert numbered == list(range(1, found["received"] + 1))


def test_a_subscriber_is_alarmed_by_another_event_under_a_known_number_and_by_one_past_the_head(
    store: FeedStore,
    relay: Relay,
    door: Door,
    rabbit_server: Any,
    processes: Callable[..., subprocess.Popen[bytes]],
    tmp_path: Path,
) -> None:
    city = "2113"
    empty(rabbit_server.url, city)  # feeds of other tests had other events under the same numbers
    env = {"PAIZHU_AMQP": rabbit_server.city_url(city), "PAIZHU_TOKEN": door.token("city_org", (city,))}
    options = ["--city", city, "--feed", door.url, "--store", str(tmp_path / "kept.sqlite")]
    running = processes("gateway.feeds.cli", *options, "--quiet", "1", **env)

    def report() -> tuple[int, dict[str, Any]]:
        argv = [sys.executable, "-m", "gateway.feeds.cli", *options, "--report"]
        told = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **env}
        done = subprocess.run(argv, env=told, capture_output=True, check=False)
        return done.returncode, json.loads(done.stdout)

    taken = store.taken_in().get("personnel", 0)
    store.react([event(n, host="211381100201") for n in range(taken + 1, taken + 4)])
    first, *_ = door.get(f"/feeds/{city}").json()["items"]
    head = int(door.get(f"/feeds/{city}").json()["head"])
    eventually(lambda: report()[1]["missing"] == 0)
    assert report()[0] == 0
    connection = bus.connect(rabbit_server.url, "test")
    channel = connection.channel()
    for _ in range(2):
        for number in (1, head + 1000):
            other = {**first, "id": f"personnel:{10**6 + number}", "sequence": f"{number:012d}"}
            channel.basic_publish_confirm(
                amqp.Message(json.dumps(other)), bus.PUBLIC, f"{city}.personnel.ReplacementDue.v1"
            )
    connection.close()
    eventually(lambda: report()[1]["redelivered"] >= 2)
    status, found = report()
    assert (status, found["missing"], found["conflicts"], found["past_head"]) == (3, 0, 1, 1)
    assert found["alarms"] == [
        {"sequence": 1, "kept": first["id"], "came": "personnel:1000001", "also": None},
        {"sequence": head + 1000, "kept": f"personnel:{10**6 + head + 1000}", "came": None, "also": None},
    ]
    running.terminate()
    assert running.wait(BOUND) == 3


def test_a_city_that_loses_all_its_messages_is_complete_again_though_nothing_more_comes(
    store: FeedStore,
    relay: Relay,
    door: Door,
    rabbit_server: Any,
    processes: Callable[..., subprocess.Popen[bytes]],
    tmp_path: Path,
) -> None:
    """It empties its queue itself, with its own account, and what comes then the broker drops without a word."""
    city, kept = "2113", tmp_path / "kept.sqlite"
    env = {"PAIZHU_AMQP": rabbit_server.city_url(city), "PAIZHU_TOKEN": door.token("city_org", (city,))}
    options = ["--city", city, "--feed", door.url, "--store", str(kept)]

    def received() -> tuple[int, int]:
        argv = [sys.executable, "-m", "gateway.feeds.cli", *options, "--report"]
        told = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **env}
        found = json.loads(subprocess.run(argv, env=told, capture_output=True, check=True).stdout)
        return found["missing"], found["received"]

    def more(count: int) -> int:
        taken = store.taken_in().get("personnel", 0)
        store.react([event(n, host="211381100201") for n in range(taken + 1, taken + 1 + count)])
        head = int(door.get(f"/feeds/{city}").json()["head"])
        eventually(lambda: relay.able.check() is None and carried(store._url) == 0)
        return head

    more(50)
    empty(rabbit_server.city_url(city), city)
    running = processes("gateway.feeds.cli", *options, "--quiet", "0.5", **env)
    head = int(door.get(f"/feeds/{city}").json()["head"])
    eventually(lambda: received() == (0, head))
    with closing(bus.connect(rabbit_server.url, "test")) as connection:
        channel = connection.channel()
        channel.queue_unbind(bus.city(city), bus.PUBLIC, f"{city}.#")
        try:
            head = more(50)
            eventually(lambda: received() == (0, head))
        finally:
            bus.declare_city(channel, city)
    running.terminate()
    assert running.wait(BOUND) == 0


def test_standard_clients_read_the_queue_at_the_address_that_is_printed(
    store: FeedStore, relay: Relay, door: Door, rabbit_server: Any
) -> None:
    city = "2113"
    empty(rabbit_server.url, city)
    taken = store.taken_in().get("personnel", 0)
    store.react([event(n, host="211381100201") for n in range(taken + 1, taken + 3)])
    batch = {"Authorization": f"Bearer {door.token()}", "Accept": BATCH_TYPE}
    answer = requests.get(f"{door.url}/feeds/{city}", headers=batch, timeout=BOUND)
    assert answer.headers["Content-Type"] == BATCH_TYPE
    over_http = [JSONFormat().read(None, json.dumps(one)) for one in answer.json()][-2:]
    eventually(lambda: queued(rabbit_server.url, city) >= 2)
    with pika.BlockingConnection(pika.URLParameters(rabbit_server.city_url(city))) as connection:
        channel = connection.channel()
        came: list[Any] = []
        while not came or came[-1].get_id() != over_http[-1].get_id():
            _, properties, body = channel.basic_get(bus.city(city), auto_ack=True)
            assert properties.content_type == "application/cloudevents+json"
            message = rabbitmq.RabbitMQMessage(properties.headers, properties.content_type, body)
            came.append(rabbitmq.from_rabbitmq_event(message))
    assert [one.get_id() for one in came][-2:] == [one.get_id() for one in over_http]
    assert [one.get_data() for one in came][-2:] == [one.get_data() for one in over_http]
    for given in (rabbit_server.url, rabbit_server.url.replace("/%2F", "//"), rabbit_server.url.replace("/%2F", "")):
        bus.hang_up(bus.connect(given, "test"))


def items_kept(path: Path) -> list[int]:
    """The sequence numbers in a subscriber's file."""
    with sqlite3.connect(path) as db:
        return [n for (n,) in db.execute("select sequence from event order by sequence")]


def empty(url: str, city: str) -> None:
    """Lose what waits in a city's queue."""
    connection = bus.connect(url, "test")
    try:
        connection.channel().queue_purge(bus.city(city))
    finally:
        bus.hang_up(connection)


def queued(url: str, city: str) -> int:
    """How many messages wait in a city's queue."""
    connection = bus.connect(url, "test")
    try:
        return int(connection.channel().queue_declare(bus.city(city), passive=True).message_count)
    finally:
        bus.hang_up(connection)


def test_a_city_reads_its_own_queue_and_nothing_else(relay: Relay, rabbit_server: Any) -> None:
    eventually(lambda: relay.able.check() is None)
    connection = bus.connect(rabbit_server.city_url("2107"), "test")
    try:
        connection.channel().basic_consume(bus.city("2107"))
        for forbidden in (
            lambda c: c.basic_consume(bus.city("2113")),
            lambda c: c.queue_declare("mine"),
            lambda c: c.basic_consume("feeds.inbox"),
        ):
            with pytest.raises(amqp.exceptions.AccessRefused):
                forbidden(connection.channel())
    finally:
        bus.hang_up(connection)


def carried(url: str) -> int:
    """How many items the relay has yet to carry to the broker."""
    unsent = (
        "select (select position from feed.head) - coalesce((select position from log.relay where name = 'public'), 0)"
    )
    ((count,),) = items(url, unsent)
    return int(count)
