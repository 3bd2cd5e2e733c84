"""Waiting in tests: until something is so, never for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import amqp
import orjson


def eventually(found: Callable[[], Any], seconds: float = 30.0) -> Any:
    """What ``found`` gives as soon as it is true. Fails after ``seconds``."""
    until = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.02)
    return answer


def emptied(channel: amqp.Channel, queue: str, idle: float = 0.3) -> list[amqp.Message]:
    """Take everything out of ``queue``, until nothing comes for ``idle`` seconds.

    By consuming: a queue with a single active consumer refuses basic.get.
    """
    found: list[amqp.Message] = []
    tag = channel.basic_consume(queue, no_ack=True, callback=found.append)
    try:
        while True:
            channel.connection.drain_events(timeout=idle)
    except TimeoutError:
        channel.basic_cancel(tag)
    return found


def positions(channel: amqp.Channel, queue: str, idle: float = 0.3) -> list[int]:
    """Take everything out of ``queue``; gives the positions in the order of arrival."""
    return [orjson.loads(message.body)["position"] for message in emptied(channel, queue, idle)]
