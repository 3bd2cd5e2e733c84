"""A broker that others provide: queues of an earlier system are emptied, one's own are kept."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import amqp

from deploy.local import broker
from kernel import bus


def waiting(url: str, queue: Any) -> Any:
    with closing(bus.connect(url, "test")) as connection:
        try:
            return connection.channel().queue_declare(queue, passive=True).message_count
        except amqp.NotFound:
            return None


def test_queues_of_an_earlier_system_go_and_own_ones_stay(rabbit_server: Any) -> None:
    url, queue = rabbit_server.url, bus.inbox("feeds")
    broker.forget_others(url, "first", ("2107",))
    with closing(bus.connect(url, "test")) as connection:
        channel = connection.channel()
        bus.declare_inbox(channel, "feeds", ["allocation"])
        bus.declare_checkpoints(channel, ["2107"])
        channel.confirm_select()
        channel.basic_publish_confirm(amqp.Message(b"{}"), bus.EVENTS, "allocation.BindingCreated")
    broker.forget_others(url, "first", ("2107",))
    assert (waiting(url, queue), waiting(url, bus.city_checkpoints("2107"))) == (1, 0)
    broker.forget_others(url, "second", ("2107",))
    assert (waiting(url, queue), waiting(url, bus.city_checkpoints("2107"))) == (None, None)
    assert waiting(url, broker.OWNER) == 1
    broker.forget_others(url, "first", ("2107",))
    assert waiting(url, broker.OWNER) == 1
