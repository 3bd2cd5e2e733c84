"""What cities do with their queues, seen by the province: how much waits, who reads, what was given up.

The broker takes a message out of a city's queue that was given back too often, and the oldest where too much waits; it
keeps a copy of each for us to count. How many consumers a user has it limits itself only since 3.13: a queue with more
than anybody needs is made anew here, which ends them all.

Invariant: only a city's own copies are ever lost by this, and its feed holds every one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any, Final

import amqp

from kernel import bus, logs, metrics
from kernel.backoff import Backoff

CONSUMERS: Final = 64
"""On one queue at once; a subscriber is one."""
EVERY: Final = 1.0
"""Seconds between two looks."""
MOST: Final = 1_000
"""Copies that are counted at one look. The broker forgets those beyond ten thousand, so the count is a least."""
_LOG = logs.get("cities")

Declare = Callable[[amqp.Channel, str], None]
_QUEUES: Final[tuple[tuple[Callable[[str], str], Declare], ...]] = (
    (bus.city, bus.declare_city),
    (bus.city_checkpoints, lambda channel, code: bus.declare_checkpoints(channel, [code])),
)


def watch(url: str, codes: Sequence[str], stop: threading.Event) -> None:
    """Look at the queues of ``codes`` at the broker ``url`` until ``stop`` is set, over any loss of the broker."""
    back = Backoff()
    while not stop.is_set():
        try:
            with closing(bus.connect(url, "cities")) as connection:
                channel = connection.channel()
                declare(channel, codes)
                while not stop.is_set():
                    look(channel, codes)
                    connection.heartbeat_tick()
                    back.reset()
                    stop.wait(EVERY)
        except bus.GONE as error:
            _LOG.warning("broker away", cause=type(error).__name__)
            back.wait(stop)


def declare(channel: amqp.Channel, codes: Sequence[str]) -> None:
    """Every queue that is looked at."""
    bus.declare_given_up(channel)
    for code in codes:
        for _, made in _QUEUES:
            made(channel, code)


def look(channel: amqp.Channel, codes: Sequence[str]) -> None:
    """One look: measure, make anew what has too many consumers, count what was given up."""
    for code in codes:
        waiting = consumers = 0
        for name, made in _QUEUES:
            found = channel.queue_declare(name(code), passive=True)
            waiting, consumers = waiting + found.message_count, consumers + found.consumer_count
            if found.consumer_count > CONSUMERS:
                channel.queue_delete(name(code))
                made(channel, code)
                _given_up(code, "consumers", number=found.consumer_count)
        metrics.CITY_WAITING.labels(code).set(waiting)
        metrics.CITY_CONSUMERS.labels(code).set(consumers)
    for _ in range(MOST):
        copy = channel.basic_get(bus.GIVEN_UP, no_ack=True)
        if copy is None:
            break
        code, reason = _why(copy)
        if code in codes:
            _given_up(code, reason)


def _given_up(code: str, reason: str, **more: int) -> None:
    metrics.CITY_GIVEN_UP.labels(code, reason).inc()
    _LOG.warning("given up", city=code, reason=reason, **more)


def _why(copy: amqp.Message) -> tuple[str, str]:
    """(the city, why): the broker writes both beside a message that it hands on."""
    headers: dict[str, Any] = copy.properties.get("application_headers") or {}
    died = (headers.get("x-death") or [{}])[0]
    code = str(died.get("queue", "")).partition(".")[2].partition(".")[0]
    return code, str(died.get("reason", "unknown"))
