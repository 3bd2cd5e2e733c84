"""What a city's own user may try at the broker. Every attempt ends by itself."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import amqp

from kernel import bus


def giving_back(url: str, code: str, seconds: float) -> Counter[str]:
    """Take every message of the city's queues and give it back, as fast as that goes."""
    found: Counter[str] = Counter()
    until = time.monotonic() + seconds

    def back(message: Any) -> None:
        found["given back"] += 1
        message.channel.basic_reject(message.delivery_tag, requeue=True)

    while time.monotonic() < until:
        try:
            connection = bus.connect(url, "hostile")
            channel = connection.channel()
            channel.basic_qos(0, 256, False)
            for queue in (bus.city(code), bus.city_checkpoints(code)):
                channel.basic_consume(queue, callback=back)
            while time.monotonic() < until:
                with suppress(TimeoutError):
                    connection.drain_events(timeout=0.5)
        except bus.GONE as error:
            found[type(error).__name__] += 1
            time.sleep(0.5)
        else:
            bus.hang_up(connection)
    return found


def connections(url: str, count: int, seconds: float) -> Counter[str]:
    """Open ``count`` connections and hold them."""
    return _held(lambda held: held.append(bus.connect(url, "hostile")), count, seconds)


def channels(url: str, count: int, seconds: float) -> Counter[str]:
    """Open ``count`` channels on as many connections as that takes."""

    def open_one(held: list[amqp.Connection]) -> None:
        if not held:
            held.append(bus.connect(url, "hostile"))
        try:
            held[-1].channel()
        except (*bus.GONE, IndexError):
            held.append(bus.connect(url, "hostile"))
            held[-1].channel()

    return _held(open_one, count, seconds)


def consumers(url: str, code: str, count: int, seconds: float) -> Counter[str]:
    """Subscribe ``count`` times to the city's queue."""
    opened: list[Any] = []

    def subscribe(held: list[amqp.Connection]) -> None:
        if not opened:
            held.append(bus.connect(url, "hostile"))
            opened.append(held[-1].channel())
        try:
            opened[-1].basic_consume(bus.city(code), callback=lambda message: None)
        except bus.GONE:
            opened.clear()
            raise

    return _held(subscribe, count, seconds)


def _held(open_one: Callable[[list[amqp.Connection]], None], count: int, seconds: float) -> Counter[str]:
    found: Counter[str] = Counter()
    until, held, refused = time.monotonic() + seconds, list[amqp.Connection](), 0
    for _ in range(count):
        if time.monotonic() > until or refused == 20:  # it has been told
            break
        try:
            open_one(held)
            found["opened"] += 1
        except (*bus.GONE, IndexError) as error:
            refused += 1
            found[f"refused: {type(error).__name__}"] += 1
    time.sleep(max(0.0, min(5.0, until - time.monotonic())))
    for connection in held:
        bus.hang_up(connection)
    return found
