"""Waiting in tests: until something is so, never for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

import amqp
import orjson

BOUND: Final = 300.0
"""Seconds after which a test gives up waiting: it ends what hangs and says nothing of how long a thing may take."""


BRIEF: Final = 1.0
"""Seconds after which a caller gives up where the test is about giving up: no answer comes, however long it waits."""


def pause(seconds: float) -> None:
    """Let a moment of chance go by: whatever is asserted afterwards holds however long it was."""
    time.sleep(seconds)


def eventually(found: Callable[..., Any]) -> Any:
    """What ``found`` gives as soon as it is true. Raises AssertionError after BOUND."""
    until = time.monotonic() + BOUND
    while not (answer := found()):
        assert time.monotonic() < until, f"not within {BOUND:g} s"
        time.sleep(0.02)
    return answer


def emptied(channel: amqp.Channel, queue: str) -> list[amqp.Message]:
    """Take everything out of ``queue``: until the broker says that it is empty and nothing more is on its way.

    By consuming: a queue with a single active consumer refuses basic.get.
    """
    found: list[amqp.Message] = []
    tag = channel.basic_consume(queue, no_ack=True, callback=found.append)
    while _drained(channel) or channel.queue_declare(queue, passive=True).message_count:
        pass
    channel.basic_cancel(tag)
    return found


def _drained(channel: amqp.Channel, idle: float = 0.3) -> bool:
    """Whether anything came within ``idle`` seconds."""
    try:
        channel.connection.drain_events(timeout=idle)
    except TimeoutError:
        return False
    return True


def positions(channel: amqp.Channel, queue: str) -> list[int]:
    """Take everything out of ``queue``; gives the positions in the order of arrival."""
    return [orjson.loads(message.body)["position"] for message in emptied(channel, queue)]
