"""A broker that others provide: making sure that what lies in its queues is of this system.

Invariant: queues that another, earlier system filled are removed before this one reads a message from them; positions
of two histories in one inbox could not be told apart. Two systems at once therefore need two virtual hosts.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Final

import amqp

from kernel import bus
from services import SERVICES

OWNER: Final = "paizhu.system"  # a queue with one message: the namespace of the system that took this broker last


def forget_others(url: str, namespace: str, cities: Sequence[str]) -> None:
    """Remove Paizhu's queues, those of `cities` too, unless the system `namespace` was the last to take this broker."""
    with closing(bus.connect(url, "paizhu supervisor")) as connection:
        channel = connection.channel()
        channel.queue_declare(OWNER, durable=True, auto_delete=False)
        last = channel.basic_get(OWNER)
        if last is not None and last.body == namespace.encode():
            channel.basic_reject(last.delivery_tag, requeue=True)
            return
        for name in queues(cities):
            channel.queue_delete(name)
        channel.queue_purge(OWNER)
        channel.basic_publish(amqp.Message(namespace.encode(), delivery_mode=2), routing_key=OWNER)
        if last is not None:
            channel.basic_ack(last.delivery_tag)


def queues(cities: Sequence[str]) -> list[str]:
    """Every queue in which events or checkpoints of a system with these cities may lie."""
    names = [name(code) for code in cities for name in (bus.city, bus.city_checkpoints)]
    for follower in (*SERVICES, "feeds"):
        names += [bus.inbox(follower), bus.parked(follower)]
    return [*names, bus.GIVEN_UP]
