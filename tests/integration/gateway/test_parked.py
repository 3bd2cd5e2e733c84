"""Parked events from end to end: a service that follows another, the feeds, the broker's queue, API, command."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import amqp
import pytest
import structlog

from gateway.api import Api
from gateway.feeds.parked import open_parked_desk
from gateway.feeds.store import FeedStore
from gateway.parked_door import ParkedDoor
from gateway.parked_messages import ParkedMessages
from kernel import bus
from kernel.auth import Issuer, Verifier
from kernel.bus.reactor import Reactor
from kernel.errors import Busy
from tests.kit import toy
from tests.kit.databases import fresh
from tests.kit.gateway.door import CITIES
from tests.kit.gateway.feeds import event, items
from tests.kit.gateway.operating import FOLLOWER, SOURCE, Operator, Served, Town, line
from tests.kit.waiting import BOUND, eventually


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """The reactor's log goes elsewhere than the output of a command that runs beside it."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.__stderr__))
    yield
    structlog.reset_defaults()


@pytest.fixture
def town(postgres_server: Any) -> Iterator[Town]:
    with fresh(postgres_server.url, FOLLOWER) as made:
        town = Town(made[FOLLOWER].url)
        yield town
        town.log.close()


@pytest.fixture
def channel(rabbit_server: Any) -> Iterator[amqp.Channel]:
    """A broker whose queues of the follower and of the feeds are empty."""
    connection = bus.connect(rabbit_server.url, "test")
    channel = connection.channel()
    for follower in (FOLLOWER, "feeds"):
        for queue in (bus.inbox(follower), bus.parked(follower)):
            channel.queue_delete(queue)
        bus.declare_inbox(channel, follower, [SOURCE])
    yield channel
    bus.hang_up(connection)


@pytest.fixture
def reactor(town: Town, channel: amqp.Channel, rabbit_server: Any) -> Iterator[Reactor]:
    """The follower's reactor, running."""
    reactor = Reactor(FOLLOWER, [SOURCE], town.handler, town.refill, rabbit_server.url, threading.Event(), quiet=600)
    thread = threading.Thread(target=reactor.run, daemon=True)
    thread.start()
    yield reactor
    reactor.stop.set()
    thread.join(BOUND)


@pytest.fixture
def operator(town: Town, feed_database: str, rabbit_server: Any, tmp_path: Path) -> Iterator[Operator]:
    Issuer(tmp_path)
    verify = Verifier(tmp_path).bearer
    api = Api(town.call, verify, {})
    feeds = open_parked_desk(feed_database, "21", CITIES)
    api.open(*ParkedDoor(town.call, verify, feeds.answer, ParkedMessages(rabbit_server.url)).paths())
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Served,), {"api": api}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Operator(f"http://127.0.0.1:{server.server_address[1]}", tmp_path)
    server.shutdown()
    server.server_close()


def publish(channel: amqp.Channel, *lines: bytes) -> None:
    for one in lines:
        channel.basic_publish(amqp.Message(one, delivery_mode=2), bus.EVENTS, f"{SOURCE}.Counted")


def test_a_parked_event_is_seen_replayed_once_and_its_letter_goes(
    town: Town, channel: amqp.Channel, reactor: Reactor, operator: Operator
) -> None:
    town.lines = [line(1), line(2, by=None), line(3)]
    publish(channel, *town.lines)
    eventually(lambda: town.log.taken_in() == {SOURCE: 3})
    place = f"{FOLLOWER}/{SOURCE}:2"

    found = eventually(lambda: (known := operator.json("parked", "--follower", FOLLOWER))["letters"] and known)
    (item,), (letter,) = found["events"], found["letters"]
    assert (item["id"], item["state"]) == (f"{SOURCE}:2", "parked")
    assert item["reason"].startswith("TypeError")
    assert (letter["event"], letter["state"], letter["why"]) == (f"{SOURCE}:2", "parked", "rejected")
    assert operator.json("show", place)["event"]["data"] == {"by": "x"}

    failed = operator.run("replay", place, "--reason", "试一次")
    assert failed.exit_code == 1
    assert "replay_failed" in failed.output
    assert operator.json("parked", "--follower", FOLLOWER)["events"] == [item]
    assert town.total() == 2

    town.lines[1] = line(2)  # what was at fault has been mended
    for said in ("replayed\n", "replayed, as before\n"):
        assert operator.run("replay", place, "--reason", "已修复").output == f"{place}: {said}"
        assert town.total() == 3
    assert operator.json("parked", "--follower", FOLLOWER) == {"events": [], "letters": []}
    shown = operator.json("show", place)
    assert (shown["state"], [done["type"] for done in shown["history"]]) == ("replayed", ["ParkedReplayed"])
    assert shown["history"][0]["actor"]["person"] == "p-admin"
    assert town.log.taken_in() == {SOURCE: 3}


def test_everything_a_follower_parked_is_replayed_in_order(
    town: Town, channel: amqp.Channel, reactor: Reactor, operator: Operator
) -> None:
    town.lines = [line(n, by=None if n % 3 else 1) for n in range(1, 31)]
    publish(channel, *town.lines)
    eventually(lambda: town.log.taken_in() == {SOURCE: 30})
    assert town.total() == 10
    town.lines = [line(n) for n in range(1, 31)]
    done = operator.run("replay", "--follower", FOLLOWER, "--reason", "程序已更新")
    assert done.exit_code == 0
    assert len(done.output.splitlines()) == 20
    assert town.total() == 30
    commands = [one.command for one in town.log.read() if one.type == "Counted"][10:]
    assert commands == [f"{SOURCE}:{n}" for n in range(1, 31) if n % 3]


def test_a_discarded_event_stays_visible_and_a_replay_waits_for_its_source(
    town: Town, channel: amqp.Channel, reactor: Reactor, operator: Operator
) -> None:
    town.lines = [line(1, by=None)]
    publish(channel, *town.lines)
    eventually(lambda: town.log.taken_in() == {SOURCE: 1})
    place = f"{FOLLOWER}/{SOURCE}:1"
    town.away = True
    away = operator.run("replay", place, "--reason", "试一次")
    assert (away.exit_code, "service_away" in away.output) == (1, True)
    assert operator.run("discard", place, "--reason", "重复上报").output == f"{place}: discarded\n"
    assert operator.json("parked", "--follower", FOLLOWER) == {"events": [], "letters": []}
    (item,) = operator.json("parked", "--follower", FOLLOWER, "--all")["events"]
    assert item["state"] == "discarded"
    shown = operator.json("show", place)
    assert (shown["history"][0]["reason"], shown["event"]) == ("重复上报", None)


def test_letters_of_the_broker_say_what_became_of_them(
    town: Town, channel: amqp.Channel, reactor: Reactor, operator: Operator
) -> None:
    town.lines = [line(1), line(2)]
    publish(channel, b"{broken", line(1), line(9))
    # Given up by the broker itself, after its limit of deliveries: the log has it all the same.
    channel.basic_publish(amqp.Message(line(2), delivery_mode=2), bus.DEAD, bus.parked(FOLLOWER))
    publish(channel, b"{broken again", line(2))
    eventually(lambda: town.log.taken_in() == {SOURCE: 2})

    def states() -> dict[str | None, str]:
        letters = operator.json("parked", "--follower", FOLLOWER)["letters"]
        return {letter["event"] or str(letter["size"]): letter["state"] for letter in letters}

    eventually(lambda: len(states()) == 4)
    assert states() == {
        "7": "unreadable",
        "13": "unreadable",
        f"{SOURCE}:2": "taken_in",
        f"{SOURCE}:9": "waiting",
    }
    letters = operator.json("parked", "--follower", FOLLOWER)["letters"]
    broken = next(letter for letter in letters if letter["size"] == 7)
    place = f"{FOLLOWER}/letter:{broken['id']}"
    assert operator.json("show", place)["state"] == "unreadable"
    assert operator.run("replay", place, "--reason", "无").exit_code == 2
    assert operator.run("discard", place, "--reason", "无法识别").output == f"{place}: discarded\n"
    assert "7" not in states()
    assert len(states()) == 3
    (event,) = [one.event for one in town.log.read() if one.type == "ParkedDiscarded"]
    assert (event.letter, event.number, event.reason) == (broken["id"], 0, "无法识别")
    assert operator.run("discard", place, "--reason", "无法识别").exit_code == 1


def test_the_feeds_give_a_parked_event_to_its_cities_after_all(
    town: Town, channel: amqp.Channel, operator: Operator, store: FeedStore, feed_database: str
) -> None:
    start = store.taken_in().get(SOURCE, 0)
    item = event(start + 1, host="210726102207")
    store.park(item, "KeyError: synthetic")
    store.react([event(start + 2, host="210726102207")])
    # The source's log holds nothing but what is asked for.
    envelope = json.loads(toy.line(start + 1)) | {"id": item.id, "type": item.recorded.type}
    envelope |= {"data": dict(item.data), "areas": list(item.recorded.areas)}
    town.lines = [b""] * start + [json.dumps(envelope).encode()]
    place = f"feeds/{item.id}"
    assert [one["id"] for one in operator.json("parked", "--follower", "feeds")["events"]] == [item.id]
    for said in ("replayed\n", "replayed, as before\n"):
        assert operator.run("replay", place, "--reason", "已修复").output == f"{place}: {said}"
        rows = items(feed_database, "select sequence, source_position from feed.items where city = '2107' order by 1")
        assert [position for _, position in rows] == [start + 2, start + 1]
        assert [sequence for sequence, _ in rows] == [1, 2]
    assert operator.json("show", place)["history"][0]["id"] == "feeds:1"


@pytest.mark.parametrize(
    ("arguments", "role", "code", "said"),
    [
        (("parked", "--follower", FOLLOWER), "province_org", 1, "role_not_allowed"),
        (("replay", f"{FOLLOWER}/{SOURCE}:7", "--reason", "无"), "auditor", 1, "role_not_allowed"),
        (("discard", f"{FOLLOWER}/{SOURCE}:7", "--reason", "无"), "system_admin", 1, "parked_unknown"),
        (("show", f"{FOLLOWER}/{SOURCE}:7"), "system_admin", 1, "parked_unknown"),
        (("replay", "somewhere/else", "--reason", "无"), "system_admin", 2, "no place"),
        (("replay", f"{FOLLOWER}/{SOURCE}:7"), "system_admin", 2, "--reason"),
    ],
)
def test_a_refusal_says_why(
    channel: amqp.Channel, operator: Operator, arguments: tuple[str, ...], role: str, code: int, said: str
) -> None:
    done = operator.run(*arguments, role=role)
    assert (done.exit_code, said in done.output) == (code, True), done.output


def test_a_broker_that_is_away_is_said_to_be() -> None:
    with pytest.raises(Busy):
        ParkedMessages("amqp://127.0.0.1:9/%2F").waiting(FOLLOWER)
