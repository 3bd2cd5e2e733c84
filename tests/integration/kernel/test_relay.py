"""The relay on a real broker: everything arrives, in order, whatever is refused, sent back, cut or killed."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import psycopg2
import psycopg2.extensions
import pytest

from kernel import bus, metrics
from kernel.bus.outlet import events
from kernel.bus.relay import Relay
from tests.kit.cable import Cable
from tests.kit.waiting import BOUND, emptied, eventually, positions

PROCESS = """
import sys
from kernel.config import Config
from kernel.bus.outlet import events
from kernel.bus.relay import main
sys.exit(main(events("toy", ("tally",)), Config.of()))
"""


def relay(url: str, broker: Any, followers: Any = ("tally",)) -> Any:
    return Relay(events("toy", followers), url, broker, threading.Event())


def first_seen(found: Any) -> Any:
    return list(dict.fromkeys(found))


def ready(process: Any) -> Any:
    return process.health.report("/health/ready")[0] == 200


def value(counter: Any) -> Any:
    return counter.labels("toy")._value.get()


def test_every_line_goes_out_byte_for_byte_in_order(toys: Any, channel: Any, rabbit_server: Any, running: Any) -> None:
    toy, _ = toys
    toy.count(1_200)
    running(relay(toy.url, rabbit_server.url))
    eventually(lambda: toy.relayed() == 1_200)
    toy.count(1)
    eventually(lambda: toy.relayed() == 1_201)
    lines, messages = toy.log.lines(0, 2_000), emptied(channel, bus.inbox("tally"))
    assert len(lines) == len(messages) == 1_201
    for position, (line, message) in enumerate(zip(lines, messages, strict=True), 1):
        assert message.body.encode() == line
        assert message.delivery_info["routing_key"] == "toy.Counted"
        assert message.properties["message_id"] == f"toy:{position}"
        assert message.properties["delivery_mode"] == 2
        assert message.properties["application_headers"] == {"service": "toy", "position": position}


def test_refused_messages_hold_the_checkpoint_and_are_sent_again(
    toys: Any, channel: Any, rabbit_server: Any, running: Any
) -> None:
    toy, _ = toys
    channel.queue_declare("probe", auto_delete=False, arguments={"x-max-length": 50, "x-overflow": "reject-publish"})
    channel.queue_bind("probe", bus.EVENTS, "toy.#")
    toy.count(300)
    before = value(metrics.RELAY_NACKED)
    sending = running(relay(toy.url, rabbit_server.url))
    eventually(lambda: value(metrics.RELAY_NACKED) > before)
    eventually(lambda: not ready(sending))
    assert toy.relayed() <= 51
    found: list[int] = []

    def all_came() -> bool:
        found.extend(positions(channel, "probe"))
        return len(set(found)) == 300

    eventually(all_came)
    eventually(lambda: toy.relayed() == 300)
    eventually(lambda: ready(sending))
    channel.queue_delete("probe")
    assert first_seen(positions(channel, bus.inbox("tally"))) == list(range(1, 301))


def test_a_message_without_a_queue_is_not_passed_over(
    toys: Any, channel: Any, rabbit_server: Any, running: Any
) -> None:
    toy, _ = toys
    toy.count(20)
    sending = relay(toy.url, rabbit_server.url)
    declare, found = sending.outlet.declare, threading.Event()
    sending.outlet = replace(sending.outlet, declare=lambda channel: declare(channel) if found.is_set() else None)
    before = value(metrics.RELAY_RETURNED)
    running(sending)
    eventually(lambda: value(metrics.RELAY_RETURNED) >= before + 20)
    eventually(lambda: not ready(sending))
    assert toy.relayed() == 0
    found.set()
    eventually(lambda: toy.relayed() == 20)
    assert first_seen(positions(channel, bus.inbox("tally"))) == list(range(1, 21))


def test_what_nobody_follows_is_accepted_without_a_queue(
    toys: Any, channel: Any, rabbit_server: Any, running: Any
) -> None:
    toy, _ = toys
    toy.count(20)
    running(relay(toy.url, rabbit_server.url, followers=()))
    eventually(lambda: toy.relayed() == 20)


def test_a_gap_in_the_log_is_never_passed_over(
    toys: Any, channel: Any, rabbit_server: Any, running: Any, postgres_server: Any
) -> None:
    toy, _ = toys
    toy.count(5)
    name = psycopg2.extensions.parse_dsn(toy.url)["dbname"]
    owner = psycopg2.connect(psycopg2.extensions.make_dsn(postgres_server.url, dbname=name))
    with owner, owner.cursor() as cursor:
        cursor.execute("alter table log.events disable trigger append_only; delete from log.events where position = 4")
    owner.close()
    sending = running(relay(toy.url, rabbit_server.url))
    eventually(lambda: sending.health.report("/health/ready")[1]["servers"] == "Corrupt")
    assert toy.relayed() < 4
    assert set(positions(channel, bus.inbox("tally"))) <= {1, 2, 3}


def test_killed_half_way_nothing_is_lost_and_order_is_kept(
    toys: Any, channel: Any, rabbit_server: Any, spawned: Any
) -> None:
    toy, _ = toys
    toy.count(6_000)
    env = {"PAIZHU_DB": toy.url, "PAIZHU_AMQP": rabbit_server.url}
    for _ in range(2):
        process = spawned("-c", PROCESS, **env)
        before = toy.relayed()
        eventually(lambda before=before: toy.relayed() > before)
        process.kill()
        process.wait()
    assert 0 < toy.relayed() < 6_000
    process = spawned("-c", PROCESS, **env)
    eventually(lambda: toy.relayed() == 6_000)
    process.terminate()
    assert process.wait(BOUND) == 0
    assert first_seen(positions(channel, bus.inbox("tally"))) == list(range(1, 6_001))


def test_one_is_active_and_the_other_takes_over(
    toys: Any, channel: Any, rabbit_server: Any, spawned: Any, running: Any
) -> None:
    toy, _ = toys
    toy.count(10)
    process = spawned("-c", PROCESS, PAIZHU_DB=toy.url, PAIZHU_AMQP=rabbit_server.url)
    eventually(lambda: toy.relayed() == 10)
    standby = running(relay(toy.url, rabbit_server.url))
    eventually(lambda: ready(standby))
    toy.count(10)
    eventually(lambda: toy.relayed() == 20)
    assert positions(channel, bus.inbox("tally")) == list(range(1, 21))
    process.kill()
    toy.count(10)
    eventually(lambda: toy.relayed() == 30)
    assert positions(channel, bus.inbox("tally")) == list(range(21, 31))


@pytest.mark.parametrize("lost", ["broker", "database"])
def test_a_lost_server_is_found_again(toys: Any, channel: Any, rabbit_server: Any, running: Any, lost: Any) -> None:
    toy, _ = toys
    cable = Cable(rabbit_server.url if lost == "broker" else toy.url)
    sending = running(relay(toy.url, cable.url) if lost == "broker" else relay(cable.url, rabbit_server.url))
    toy.count(2_000)
    eventually(lambda: toy.relayed() > 0)
    cable.pull()
    eventually(lambda: not ready(sending))
    assert sending.health.report("/health/live")[0] == 200
    toy.count(100)
    cable.plug()
    eventually(lambda: toy.relayed() == 2_100)
    assert first_seen(positions(channel, bus.inbox("tally"))) == list(range(1, 2_101))
    cable.close()


def test_a_deleted_queue_is_made_again(toys: Any, channel: Any, rabbit_server: Any, running: Any) -> None:
    toy, _ = toys
    toy.count(5)
    running(relay(toy.url, rabbit_server.url))
    eventually(lambda: toy.relayed() == 5)
    channel.queue_delete(bus.inbox("tally"))
    toy.count(5)
    eventually(lambda: toy.relayed() == 10)
    assert positions(channel, bus.inbox("tally")) == [6, 7, 8, 9, 10]
