"""Outlet: what a relay carries where, and what a stored row becomes on the bus.

Invariant: the body of a message is the stored text byte for byte; key, id and headers follow from it alone, so that
sending a row again gives the same message.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import amqp
import orjson

from kernel import bus


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message: routing key, body and identity; ``media`` is what the body is."""

    key: str
    body: bytes
    message_id: str
    headers: dict[str, Any]
    media: str = "application/json"


@dataclass(frozen=True, slots=True)
class Outlet:
    """What a relay carries where.

    ``table`` has a rising ``position``; ``columns`` names what ``outgoing`` makes a message of, position first.
    ``declare`` makes the followers' queues; without it nobody is bound to follow, and a message that no queue takes is
    accepted. ``gapless`` says that positions have no gap, so that one is corruption.
    """

    name: str
    exchange: str
    table: str
    columns: str
    outgoing: Callable[[tuple[Any, ...]], Outgoing]
    declare: Callable[[amqp.Channel], None] | None = None
    checkpoint: str = "log.relay"
    gapless: bool = True


def events(service: str, followers: Sequence[str] = ()) -> Outlet:
    """The outlet of a service's log: key ``<service>.<Type>``, body the stored line byte for byte.

    ``followers`` names the services whose reactors follow this one; their inboxes are made before anything is sent.
    """

    def outgoing(row: tuple[Any, ...]) -> Outgoing:
        position, line = row
        body = line.encode() if isinstance(line, str) else bytes(line)
        kind = orjson.loads(body)["type"]
        return Outgoing(f"{service}.{kind}", body, f"{service}:{position}", {"service": service, "position": position})

    def declare(channel: amqp.Channel) -> None:
        for follower in followers:
            bus.declare_inbox(channel, follower, [service])

    return Outlet(service, bus.EVENTS, "log.events", "position, line", outgoing, declare=declare if followers else None)
