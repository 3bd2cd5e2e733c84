"""A city's own user at the broker: what it gives back for ever, opens without end and subscribes to a thousand times is
bounded, is noticed, and costs nobody else anything."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from typing import Any
from urllib.parse import urlsplit

import amqp
import pytest
from prometheus_client import REGISTRY

from deploy.broker_users import CITY_CHANNELS, CITY_CONNECTIONS, GIVEN_BACK
from gateway.feeds import watch
from kernel import bus
from kernel.bus.confirms import Window
from tests.kit.waiting import BOUND, eventually

OWN, OTHER = "2107", "2113"
ITEMS, NOTES = 200, 20
ASKED = {"connections": 400, "channels": 10_000, "consumers": 500}
BEFORE = {
    bus.city: {
        "x-queue-type": "quorum",
        "x-delivery-limit": 10_000,
        "x-overflow": "drop-head",
        "x-max-length": 200_000,
    },
    bus.city_checkpoints: {"x-queue-type": "quorum", "x-overflow": "drop-head", "x-max-length": 1_000},
}
"""What version 0.2 declared its cities' queues with."""


@pytest.fixture(scope="module", autouse=True)
def mute(rabbit_server: Any) -> Iterator[list[socket.socket]]:
    """Connections that say nothing from the first test on, so that the broker's patience runs out during the others.
    Beside them whoever has a name gets in."""
    broker = urlsplit(rabbit_server.url)
    with ExitStack() as held:
        opened = [
            held.enter_context(socket.create_connection((broker.hostname or "", broker.port or 0), BOUND))
            for _ in range(ASKED["connections"])
        ]
        bus.hang_up(bus.connect(rabbit_server.url, "test"))
        bus.hang_up(bus.connect(rabbit_server.city_url(OTHER), "test"))
        yield opened


@pytest.fixture
def province(rabbit_server: Any) -> Iterator[amqp.Channel]:
    """The province's own channel; both cities have their queues as the version before made them, and mail in them."""
    with closing(bus.connect(rabbit_server.url, "test")) as connection:
        channel = connection.channel()
        for code in (OWN, OTHER):
            for name, arguments in BEFORE.items():
                channel.queue_delete(name(code))
                channel.queue_declare(name(code), durable=True, auto_delete=False, arguments=arguments)
        watch.declare(channel, (OWN, OTHER))
        channel.queue_purge(bus.GIVEN_UP)
        channel.confirm_select()
        fill(channel)
        yield channel


def fill(channel: amqp.Channel) -> None:
    """Items and notes for both cities, all sent before the first is waited for."""
    sent = Window(0)
    channel.events["basic_ack"].add(sent.acknowledged)
    items = [(bus.PUBLIC, f"{code}.personnel.CadreRecalled.v1") for code in (OWN, OTHER)]
    for tag, (exchange, key) in enumerate([*ITEMS * items, *NOTES * [(bus.CHECKPOINTS, "personnel")]], 1):
        sent.sent(tag, tag, str(tag))
        channel.basic_publish(amqp.Message(b"{}", delivery_mode=2), exchange, key)
    while sent.in_flight:
        channel.connection.drain_events(timeout=BOUND)


def published(channel: amqp.Channel, exchange: str, key: str) -> None:
    channel.basic_publish_confirm(amqp.Message(b"{}", delivery_mode=2), exchange, key, confirm_timeout=BOUND)


def waiting(channel: amqp.Channel) -> list[int]:
    """How many messages lie in the queues of both cities: events and checkpoints of the one, then of the other."""
    queues = [name(code) for code in (OWN, OTHER) for name in BEFORE]
    return [channel.queue_declare(queue, passive=True).message_count for queue in queues]


def consumers(channel: amqp.Channel) -> int:
    """How many read the city's events."""
    return int(channel.queue_declare(bus.city(OWN), passive=True).consumer_count)


def given_up(reason: str, code: str = OWN) -> float:
    return REGISTRY.get_sample_value("paizhu_city_given_up_total", {"city": code, "reason": reason}) or 0.0


def test_what_a_city_gives_back_for_ever_goes_after_twenty_times(rabbit_server: Any, province: amqp.Channel) -> None:
    before = given_up("delivery_limit")
    given: Counter[str] = Counter()

    def back(message: Any) -> None:
        given[message.delivery_info["consumer_tag"]] += 1
        message.channel.basic_reject(message.delivery_tag, requeue=True)

    with closing(bus.connect(rabbit_server.city_url(OWN), "test")) as connection:
        channel = connection.channel()
        channel.basic_qos(0, 256, False)
        for name in BEFORE:
            channel.basic_consume(name(OWN), consumer_tag=name(OWN), callback=back)

        def until_nothing_comes() -> bool:
            with suppress(TimeoutError):
                while True:
                    connection.drain_events(timeout=0.1)
            return waiting(province)[:2] == [0, 0]

        eventually(until_nothing_comes)
    assert given == {bus.city(OWN): ITEMS * (GIVEN_BACK + 1), bus.city_checkpoints(OWN): NOTES * (GIVEN_BACK + 1)}
    assert waiting(province) == [0, 0, ITEMS, NOTES]

    def counted() -> bool:
        watch.look(province, (OWN, OTHER))
        return given_up("delivery_limit") == before + ITEMS + NOTES

    eventually(counted)
    assert given_up("delivery_limit", OTHER) == 0


def test_a_city_has_so_many_connections_and_channels_and_no_more(rabbit_server: Any, province: amqp.Channel) -> None:
    with ExitStack() as held:
        opened: list[amqp.Connection] = []
        for _ in range(ASKED["connections"]):
            with suppress(amqp.NotAllowed):
                opened.append(bus.connect(rabbit_server.city_url(OWN), "test"))
                held.callback(bus.hang_up, opened[-1])
        assert len(opened) == CITY_CONNECTIONS
        assert channels(opened.pop(0), ASKED["channels"]) == CITY_CHANNELS
        bus.hang_up(bus.connect(rabbit_server.city_url(OTHER), "test"))
        published(province, bus.PUBLIC, f"{OTHER}.personnel.CadreRecalled.v1")
    assert waiting(province) == [ITEMS, NOTES, ITEMS + 1, NOTES]


def channels(connection: amqp.Connection, asked: int) -> int:
    """How many channels the connection gets, out of so many."""
    for found in range(asked):
        try:
            connection.channel()
        except amqp.NotAllowed:
            return found
    return asked


def test_who_subscribes_hundreds_of_times_loses_his_queue_and_gets_a_new_one(
    rabbit_server: Any, province: amqp.Channel
) -> None:
    before = given_up("consumers")
    kept: list[amqp.Message] = []  # and never acknowledged
    with closing(bus.connect(rabbit_server.city_url(OWN), "test")) as connection:
        channel = connection.channel()
        channel.basic_qos(0, 1, False)
        for _ in range(ASKED["consumers"]):
            channel.basic_consume(bus.city(OWN), callback=kept.append)

        def few() -> bool:
            watch.look(province, (OWN, OTHER))
            return consumers(province) <= watch.CONSUMERS

        # The broker takes consumers in behind its answer: some of them still arrive at the new queue.
        eventually(few)
    assert given_up("consumers") > before
    before = given_up("consumers")
    eventually(lambda: consumers(province) == 0)
    assert waiting(province) == [0, NOTES, ITEMS, NOTES]
    published(province, bus.PUBLIC, f"{OWN}.personnel.CadreRecalled.v1")
    assert waiting(province)[0] == 1
    with closing(bus.connect(rabbit_server.city_url(OWN), "test")) as connection:
        connection.channel().basic_consume(bus.city(OWN), callback=kept.append)
        watch.look(province, (OWN, OTHER))
        assert consumers(province) == 1
    assert given_up("consumers") == before


CLOSED: dict[str, Callable[[amqp.Channel], Any]] = {
    "delete": lambda channel: channel.queue_delete(bus.GIVEN_UP),
    "purge": lambda channel: channel.queue_purge(bus.GIVEN_UP),
    "read": lambda channel: channel.basic_get(bus.GIVEN_UP),
    "delete its own": lambda channel: channel.queue_delete(bus.city(OWN)),
}


@pytest.mark.parametrize("attempt", CLOSED)
def test_what_tells_of_it_is_out_of_a_citys_reach(rabbit_server: Any, province: amqp.Channel, attempt: str) -> None:
    with closing(bus.connect(rabbit_server.city_url(OWN), "test")) as connection, pytest.raises(amqp.AccessRefused):
        CLOSED[attempt](connection.channel())
    assert waiting(province) == [ITEMS, NOTES, ITEMS, NOTES]


def test_who_does_not_say_who_he_is_is_hung_up_on(province: amqp.Channel, mute: list[socket.socket]) -> None:
    for connection in mute:
        with suppress(ConnectionResetError):
            assert connection.recv(1) == b""
    assert waiting(province) == [ITEMS, NOTES, ITEMS, NOTES]
