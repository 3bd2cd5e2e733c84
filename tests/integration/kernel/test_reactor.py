"""The reactor on a real broker: each event once and in order, whatever is lost, repeated, reordered or poisonous."""

from __future__ import annotations

import threading
from typing import Any

import amqp
import orjson
import psycopg2
import pytest

from kernel import bus
from kernel.bus.outlet import events
from kernel.bus.reactor import Reactor
from kernel.bus.relay import Relay
from kernel.bus.rpc import Away
from tests.kit.cable import Cable
from tests.kit.toy import line
from tests.kit.waiting import BOUND, emptied, eventually, positions


class Tally:
    """Takes in events in memory; fails as it is told."""

    def __init__(self) -> None:
        self.seen: list[Any] = []
        self.parked: dict[Any, Any] = {}
        self.batches: list[Any] = []
        self.errors: dict[Any, Any] = {}

    def react(self, batch: Any) -> None:
        for received in batch:
            if error := self.errors.get(received.recorded.position):
                raise error
            assert received.recorded.position == self.taken_in().get("toy", 0) + 1 + batch.index(received)
        self.seen += [received.recorded.position for received in batch]
        self.batches.append(len(batch))

    def park(self, received: Any, reason: Any) -> None:
        self.parked[received.recorded.position] = reason

    def taken_in(self) -> Any:
        return {"toy": max([0, *self.seen, *self.parked])}


class Source:
    """The log of the toy service, as it answers a refill."""

    def __init__(self) -> None:
        self.head = 0
        self.asked: list[Any] = []
        self.away = False

    def __call__(self, source: Any, after: Any, limit: Any) -> Any:
        self.asked.append((source, after))
        if self.away:
            raise Away("toy")
        return [line(n) for n in range(after + 1, min(after + limit, self.head) + 1)], self.head


@pytest.fixture
def tally() -> Any:
    return Tally()


@pytest.fixture
def source() -> Any:
    return Source()


@pytest.fixture
def reactor(channel: amqp.Channel, rabbit_server: Any, tally: Any, source: Any) -> Any:
    bus.declare_inbox(channel, "tally", ["toy"])
    return Reactor("tally", ["toy"], tally, source, rabbit_server.url, threading.Event(), quiet=600)


def publish(channel: amqp.Channel, source: Any, *which: Any, body: Any = None) -> None:
    """What the relay of the toy would publish; the log has it first."""
    for position in which:
        source.head = max(source.head, position)
        message = amqp.Message(body or line(position), delivery_mode=2, message_id=f"toy:{position}")
        channel.basic_publish(message, bus.EVENTS, "toy.Counted")


def upto(last: Any) -> Any:
    return list(range(1, last + 1))


def test_events_are_taken_in_batches_and_duplicates_dropped(
    channel: amqp.Channel, tally: Any, source: Any, reactor: Any, running: Any
) -> None:
    publish(channel, source, *upto(300), *upto(300), 301)
    running(reactor)
    eventually(lambda: tally.taken_in()["toy"] == 301)
    assert tally.seen == upto(301)
    assert max(tally.batches) > 20
    eventually(lambda: channel.queue_declare(bus.inbox("tally"), passive=True).message_count == 0)
    assert source.asked == []


@pytest.mark.parametrize("late", [(), (4, 5)], ids=["lost", "late"])
def test_a_gap_is_filled_from_the_log_before_what_follows(
    channel: amqp.Channel, tally: Any, source: Any, reactor: Any, running: Any, late: Any
) -> None:
    publish(channel, source, 1, 2, 3)
    source.head = 5
    publish(channel, source, 6, 7, *late, 8)
    running(reactor)
    eventually(lambda: tally.taken_in()["toy"] == 8)
    assert tally.seen == upto(8)
    assert source.asked == [("toy", 3)]


def test_a_gap_waits_for_a_source_that_is_away(
    channel: amqp.Channel, tally: Any, source: Any, reactor: Any, running: Any
) -> None:
    source.away = True
    publish(channel, source, 3)
    running(reactor)
    eventually(lambda: len(source.asked) > 2)
    assert reactor.health.report("/health/ready")[0] == 503
    assert reactor.health.report("/health/live")[0] == 200
    assert tally.seen == []
    source.away = False
    eventually(lambda: tally.seen == [1, 2, 3])
    eventually(lambda: reactor.health.report("/health/ready")[0] == 200)


def test_lost_last_messages_are_fetched_without_a_next_one(tally: Any, source: Any, reactor: Any, running: Any) -> None:
    source.head = 1_203
    reactor.quiet = 0.5
    running(reactor)
    eventually(lambda: tally.seen == upto(1_203))
    source.head = 1_204
    eventually(lambda: tally.seen == upto(1_204))


@pytest.mark.parametrize("poison", [1, 7, 20], ids=["first", "middle", "last"])
def test_a_poisonous_event_is_parked_and_the_rest_goes_on(
    channel: amqp.Channel, tally: Any, source: Any, reactor: Any, running: Any, poison: Any
) -> None:
    tally.errors[poison] = ValueError("张三 has 13800138000")
    publish(channel, source, *upto(20))
    running(reactor)
    eventually(lambda: tally.taken_in()["toy"] == 20)
    assert tally.seen == [n for n in upto(20) if n != poison]
    assert tally.parked == {poison: "ValueError: □ has #"}
    assert eventually(lambda: positions(channel, bus.parked("tally"))) == [poison]
    publish(channel, source, 21)
    eventually(lambda: tally.seen[-1] == 21)


def test_a_server_that_is_away_stops_and_loses_nothing(
    channel: amqp.Channel, tally: Any, source: Any, reactor: Any, running: Any
) -> None:
    tally.errors = dict.fromkeys(upto(50), psycopg2.OperationalError("the server is away"))
    publish(channel, source, *upto(50))
    running(reactor)
    eventually(lambda: reactor.health.report("/health/ready")[0] == 503)
    publish(channel, source, *range(51, 61))
    assert (tally.seen, tally.parked) == ([], {})
    tally.errors = {}
    eventually(lambda: tally.seen == upto(60))
    assert tally.parked == {}


def test_what_cannot_be_read_goes_to_the_parked_queue_and_is_fetched(
    channel: amqp.Channel, tally: Any, source: Any, reactor: Any, running: Any
) -> None:
    publish(channel, source, 1)
    publish(channel, source, 2, body=b'{"position": 2}')
    publish(channel, source, 3, body=b'{"position": 3')
    publish(channel, source, 4)
    running(reactor)
    eventually(lambda: tally.seen == [1, 2, 3, 4])
    bodies = eventually(lambda: emptied(channel, bus.parked("tally")))
    assert [message.body for message in bodies] == [b'{"position": 2}', b'{"position": 3']


POISON = {
    "broken": b'{"id": "toy:3", "position": 3',
    "no object": b"[3]",
    "no text": b"\xff\xfe\x00",
    "deep": b"[" * 100_000,
    "huge": b'{"id":"toy:3","position":3,"data":"' + b"x" * 8_000_000 + b'"}',
    "huge position": b'{"id": "toy:1e400", "position": 1e400}',
    "wide position": b'{"id": "toy:99999999999999999999", "position": 99999999999999999999}',
    "no number": b'{"id": "toy:true", "position": true}',
    "another name": line(3).replace(b'"toy:3"', b'"personnel:3"'),
    "another number": line(3).replace(b'"toy:3"', b'"toy:4"'),
    "a foreign type": line(3).replace(b'"Counted"', b'"Unheard"'),
    "a broken envelope": line(3).replace(b'"areas":["21"]', b'"areas":7'),
    "ahead of its log": line(10**9),
}


@pytest.mark.parametrize("key", ["toy.Counted", "nobody.Counted"])
@pytest.mark.parametrize("body", POISON.values(), ids=POISON.keys())
def test_poison_never_stops_the_queue(
    channel: amqp.Channel, tally: Any, source: Any, reactor: Any, running: Any, body: Any, key: Any
) -> None:
    publish(channel, source, 1, 2)
    channel.queue_bind(bus.inbox("tally"), bus.EVENTS, "nobody.#")
    channel.basic_publish(amqp.Message(body, application_headers={"x-delivery-count": "x"}), bus.EVENTS, key)
    publish(channel, source, 3, 4)
    running(reactor)
    eventually(lambda: tally.seen == [1, 2, 3, 4])
    eventually(lambda: channel.queue_declare(bus.inbox("tally"), passive=True).message_count == 0)
    assert tally.parked == {}


def test_an_event_that_kills_the_process_each_time_is_parked(
    channel: amqp.Channel, tally: Any, source: Any, reactor: Any, running: Any
) -> None:
    publish(channel, source, *upto(5))
    for _ in range(3):  # three lives that ended with the first message in hand
        dying = bus.connect(reactor.amqp, "dying")
        held: list[Any] = []
        taking = dying.channel()
        taking.basic_qos(0, 1, False)
        taking.basic_consume(bus.inbox("tally"), callback=held.append)
        eventually(lambda dying=dying, held=held: held or dying.drain_events(timeout=BOUND) or held)
        assert [orjson.loads(message.body)["position"] for message in held] == [1]
        bus.hang_up(dying)
    reactor.lives = 3
    running(reactor)
    eventually(lambda: tally.taken_in()["toy"] == 5)
    assert tally.parked == {1: "delivered 3 times without an outcome"}
    assert tally.seen == [2, 3, 4, 5]


def test_a_lost_broker_is_found_again(
    channel: amqp.Channel, tally: Any, source: Any, reactor: Any, running: Any
) -> None:
    cable = Cable(reactor.amqp)
    reactor.amqp = cable.url
    running(reactor)
    publish(channel, source, *upto(10))
    eventually(lambda: tally.seen == upto(10))
    cable.pull()
    eventually(lambda: reactor.health.report("/health/ready")[0] == 503)
    publish(channel, source, 11)
    cable.plug()
    eventually(lambda: tally.seen == upto(11))
    cable.close()


def test_a_broker_that_forgot_everything_is_caught_up_with(
    channel: amqp.Channel, tally: Any, source: Any, reactor: Any, running: Any
) -> None:
    running(reactor)
    publish(channel, source, *upto(10))
    eventually(lambda: tally.seen == upto(10))
    channel.queue_delete(bus.inbox("tally"))
    source.head = 15
    reactor.quiet = 1
    eventually(lambda: tally.seen == upto(15))
    publish(channel, source, 16)
    eventually(lambda: tally.seen == upto(16))


def test_two_services_on_real_logs_agree_after_faults(
    toys: Any, channel: amqp.Channel, rabbit_server: Any, running: Any
) -> None:
    toy, tally = toys
    relay = Relay(events("toy", ("tally",)), toy.url, rabbit_server.url, threading.Event())
    refill = lambda source, after, limit: (toy.log.lines(after, limit), toy.log.head()[0])  # noqa: E731
    first = Reactor("tally", ["toy"], tally.handler, refill, rabbit_server.url, threading.Event(), quiet=1)
    running(relay)
    running(first)
    toy.count(700)
    eventually(lambda: tally.total("toy") > 0)
    channel.queue_purge(bus.inbox("tally"))  # confirmed messages that the broker loses
    second = running(Reactor("tally", ["toy"], tally.handler, refill, rabbit_server.url, threading.Event(), quiet=1))
    first.stop.set()
    toy.count(700)
    eventually(lambda: tally.log.taken_in() == {"toy": 1_400})
    assert tally.total("toy") == 1_400
    assert second.health.report("/health/live")[0] == 200
