"""What a city's broker user can do: read its own queues. Every other door of the broker is tried, and gives nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import amqp
import orjson
import pytest

from gateway.feeds import process
from gateway.feeds.store import FeedStore
from kernel import bus
from kernel.bus.relay import Relay
from tests.kit.gateway.door import CITIES
from tests.kit.gateway.feeds import HOSTS, event
from tests.kit.waiting import BOUND, emptied, eventually

OWN, OTHER = "2107", "2113"
QUEUES = (bus.city(OTHER), f"{bus.city(OTHER)}.checkpoints", bus.inbox("feeds"), bus.parked("feeds"), "nobody")
EXCHANGES = (bus.EVENTS, bus.PUBLIC, bus.DEAD, bus.CHECKPOINTS, "nameko-rpc")
BUILT_IN = ("amq.direct", "amq.fanout", "amq.headers", "amq.topic")
KEYS = ("#", f"{OTHER}.#", f"{OWN}.#", "*.*.*.*", "")

Attempt = Callable[..., Any]


def attempts() -> Iterator[tuple[str, Attempt]]:
    """Everything a client may ask of a broker that is not reading its own queue, by a name."""
    for queue in QUEUES:
        yield f"consume {queue}", lambda c, q=queue: c.basic_consume(q)
        yield f"get {queue}", lambda c, q=queue: c.basic_get(q)
        yield f"purge {queue}", lambda c, q=queue: c.queue_purge(q)
        yield f"delete {queue}", lambda c, q=queue: c.queue_delete(q)
        yield f"declare {queue}", lambda c, q=queue: c.queue_declare(q, durable=True, auto_delete=False)
    yield "delete its own", lambda c: c.queue_delete(bus.city(OWN))
    yield "declare its own", lambda c: c.queue_declare(bus.city(OWN), durable=True, auto_delete=False)
    yield "declare a nameless queue", lambda c: c.queue_declare("", exclusive=True)
    yield "declare an exchange", lambda c: c.exchange_declare("mine", "fanout")
    for exchange in (*EXCHANGES, *BUILT_IN):
        for key in KEYS:
            yield f"bind {exchange} {key}", lambda c, e=exchange, k=key: c.queue_bind(bus.city(OWN), e, k)
            yield f"publish {exchange} {key}", lambda c, e=exchange, k=key: published(c, e, k)
            yield f"join {exchange} {key}", lambda c, e=exchange, k=key: c.exchange_bind("amq.fanout", e, k)
        yield f"delete {exchange}", lambda c, e=exchange: c.exchange_delete(e)
    yield "unbind its own", lambda c: c.queue_unbind(bus.city(OWN), bus.PUBLIC, f"{OWN}.#")
    for queue in (*QUEUES, bus.city(OWN)):
        yield f"publish to {queue}", lambda c, q=queue: published(c, "", q)


def published(channel: amqp.Channel, exchange: str, key: str) -> None:
    """Publish and wait for the broker's word; it closes the channel on whoever may not."""
    channel.confirm_select()
    channel.basic_publish(amqp.Message(b"{}"), exchange, key)
    channel.wait(amqp.spec.Basic.Ack, timeout=BOUND)


@pytest.fixture
def relay(rabbit_server: Any, feed_database: str) -> Iterator[Relay]:
    """The public relay of three cities, running, beside the queues of other rooms."""
    relay = Relay(process.outlet(CITIES), feed_database, rabbit_server.url, threading.Event())
    with closing(bus.connect(rabbit_server.url, "test")) as connection:
        channel = connection.channel()
        bus.declare_inbox(channel, "feeds", ["personnel"])
        for exchange in EXCHANGES:
            channel.exchange_declare(
                exchange, "direct" if exchange == bus.DEAD else "topic", durable=True, auto_delete=False
            )
        for code in (OWN, OTHER):
            bus.declare_city(channel, code)
            channel.queue_purge(bus.city(code))
    thread = threading.Thread(target=relay.run, daemon=True)
    thread.start()
    yield relay
    relay.stop.set()
    thread.join(BOUND)
    assert not thread.is_alive()


def test_a_city_reads_its_own_events_and_no_other_door_opens(
    relay: Relay, store: FeedStore, rabbit_server: Any, feed_database: str
) -> None:
    opened = []
    for name, attempt in attempts():
        # A channel that was refused counts among those of its user until its connection ends.
        with closing(bus.connect(rabbit_server.city_url(OWN), "test")) as connection:
            try:
                attempt(connection.channel())
            except (amqp.AccessRefused, amqp.NotFound):
                continue
            opened.append(name)
    assert opened == []
    with closing(bus.connect(rabbit_server.city_url(OWN), "test")) as connection:
        taken = store.taken_in().get("personnel", 0)
        store.react([event(taken + n, host=HOSTS[n % 3]) for n in range(1, 91)])
        eventually(lambda: (relay.able.check(), waiting(rabbit_server.url, OTHER)) == (None, 30))
        own = emptied(connection.channel(), bus.city(OWN))
    items = [orjson.loads(message.body) for message in own]
    assert len(items) == 30
    assert {item["city"] for item in items} == {OWN}
    assert {item["data"]["target"][:4] for item in items} == {OWN}


def waiting(url: str, city: str) -> int:
    """How many messages lie in a city's queue."""
    with closing(bus.connect(url, "test")) as connection:
        return int(connection.channel().queue_declare(bus.city(city), passive=True).message_count)


def test_a_city_that_empties_its_own_queue_finds_everything_in_its_feed(
    relay: Relay, store: FeedStore, rabbit_server: Any, door: Any
) -> None:
    """Reading a queue includes emptying it; that costs a city nothing, and others nothing at all."""
    taken = store.taken_in().get("personnel", 0)
    before = door.get(f"/feeds/{OWN}").json()["head"]
    store.react([event(taken + n, host=HOSTS[n % 3]) for n in range(1, 31)])
    eventually(lambda: waiting(rabbit_server.url, OWN) == 10)
    with closing(bus.connect(rabbit_server.city_url(OWN), "test")) as connection:
        assert connection.channel().queue_purge(bus.city(OWN)) == 10
    assert waiting(rabbit_server.url, OTHER) == 10
    token = door.token("city_org", (OWN,))
    assert len(door.get(f"/feeds/{OWN}", token, after=before).json()["items"]) == 10
    for city in (OTHER, "2102", "9999"):
        assert door.get(f"/feeds/{city}", token).status_code == 403
