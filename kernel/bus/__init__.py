"""The bus: names, exchanges, queues and their limits, and how a process connects.

Invariant: the bus only carries. Everything here can be declared again by anybody at any time with the same result, and
whatever it loses is learnt again from the logs.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit

import amqp

EVENTS = "paizhu.events"
PUBLIC = "paizhu.public"
DEAD = "paizhu.dead"
CHECKPOINTS = "paizhu.checkpoints"

GIVEN_UP = "cities.given-up"
"""The queue of what the broker took out of cities' queues: given back too often, or too much of it."""

HEARTBEAT = 20
"""Seconds; the broker gives a silent peer up after twice that."""

GONE = (amqp.exceptions.AMQPError, OSError)
"""What a lost, refused or closed connection or channel raises. Anything else is a defect of ours."""

LOGIN_REFUSED = amqp.exceptions.AccessRefused
"""What ``connect`` raises, of all that is in ``GONE``, where the broker takes no such user with this password."""


def inbox(service: str) -> str:
    """The queue in which ``service`` receives the events of the services it follows."""
    return f"{service}.inbox"


def parked(service: str) -> str:
    """The queue that keeps what ``service`` parked."""
    return f"{service}.parked"


def city(code: str) -> str:
    """The queue of one city's subscriber, ``code`` its four-digit division code."""
    return f"city.{code}"


def city_checkpoints(code: str) -> str:
    """The queue in which one city finds the signed checkpoints of every service."""
    return f"city.{code}.checkpoints"


def inbox_arguments(service: str) -> dict[str, Any]:
    """Arguments of an inbox. Every limit is explicit, because defaults differ between versions of the broker.

    A full inbox refuses (the relay then waits) and never drops. The broker hands messages on to the parked queue
    (it calls that dead-lettering) at least once only under that overflow rule. The delivery limit is far above the
    reactor's own, which parks first; it is the last resort for a process that dies before it can say anything.
    """
    return {
        "x-queue-type": "quorum",
        "x-single-active-consumer": True,
        "x-delivery-limit": 100,
        "x-dead-letter-exchange": DEAD,
        "x-dead-letter-routing-key": parked(service),
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
        "x-max-length": 5_000_000,
    }


PARKED_ARGUMENTS = {"x-queue-type": "quorum", "x-overflow": "reject-publish", "x-max-length": 1_000_000}

# What a queue was declared with cannot be changed without losing it. Limits that came later are therefore the broker's
# policies (deploy/broker_users.py), which reach queues that are there; where both set one, the lower holds.

# A city that stays away must not stop the province: its oldest messages go first. It sees the gap in its sequence and
# fetches them from the HTTP feed, which forgets nothing.
CITY_ARGUMENTS = {
    "x-queue-type": "quorum",
    "x-delivery-limit": 10_000,
    "x-overflow": "drop-head",
    "x-max-length": 200_000,
}


# The newest checkpoint speaks for all before it, and the gateway serves every one for ever.
CHECKPOINT_ARGUMENTS = {"x-queue-type": "quorum", "x-overflow": "drop-head", "x-max-length": 1_000}


# The copies that were given up tell the province which city it was; the newest are enough for that.
_GIVEN_UP_ARGUMENTS = {
    "x-queue-type": "quorum",
    "x-delivery-limit": 20,
    "x-overflow": "drop-head",
    "x-max-length": 10_000,
}


def connect(
    url: str, name: str, *, timeout: float = 5.0, kind: type[amqp.Connection] = amqp.Connection
) -> amqp.Connection:
    """An open connection to the broker at ``url``, shown there as ``name``.

    The path names the virtual host, percent-encoded (``/%2F``, or none, is ``/``); an unencoded ``//`` that earlier
    versions wrote is understood too, though clients elsewhere look for a host without a name there.

    Raises:
        amqp.AMQPError, OSError: those of ``GONE``.
    """
    parts = urlsplit(url)
    secure = parts.scheme == "amqps"  # the certificate is verified, against the authorities the system trusts
    connection = kind(
        host=f"{parts.hostname or '127.0.0.1'}:{parts.port or (5671 if secure else 5672)}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        virtual_host=unquote(parts.path[1:]) or "/",
        heartbeat=HEARTBEAT,
        connect_timeout=timeout,
        write_timeout=2 * HEARTBEAT,
        client_properties={"connection_name": name},
        ssl=secure,
    )
    connection.connect()
    return connection


def hang_up(connection: amqp.Connection | None) -> None:
    """Close ``connection`` without waiting for a broker that may be gone."""
    if connection is not None:
        # Where two threads hang up at once, one of them finds the socket gone between two looks of the library.
        with suppress(*GONE, AttributeError):
            connection.collect()


def declare_exchanges(channel: amqp.Channel) -> None:
    """The three exchanges."""
    channel.exchange_declare(EVENTS, "topic", durable=True, auto_delete=False)
    channel.exchange_declare(PUBLIC, "topic", durable=True, auto_delete=False)
    channel.exchange_declare(DEAD, "direct", durable=True, auto_delete=False)


def declare_inbox(channel: amqp.Channel, service: str, sources: Iterable[str]) -> None:
    """The inbox of ``service``, bound to every event of each of ``sources``, and the queue for what it parks.

    All events of a source come, also those the service has no reaction to: so positions are contiguous, and a lost
    message shows as a gap.
    """
    declare_exchanges(channel)
    channel.queue_declare(parked(service), durable=True, auto_delete=False, arguments=PARKED_ARGUMENTS)
    channel.queue_bind(parked(service), DEAD, parked(service))
    channel.queue_declare(inbox(service), durable=True, auto_delete=False, arguments=inbox_arguments(service))
    for source in sources:
        channel.queue_bind(inbox(service), EVENTS, f"{source}.#")


def declare_city(channel: amqp.Channel, code: str) -> None:
    """The queue of one city, bound to the public events of that city and no other."""
    declare_exchanges(channel)
    channel.queue_declare(city(code), durable=True, auto_delete=False, arguments=CITY_ARGUMENTS)
    channel.queue_bind(city(code), PUBLIC, f"{code}.#")


def declare_checkpoints(channel: amqp.Channel, codes: Iterable[str]) -> None:
    """The exchange of the checkpoints, and for each city a queue that receives those of every service."""
    channel.exchange_declare(CHECKPOINTS, "topic", durable=True, auto_delete=False)
    for code in codes:
        queue = city_checkpoints(code)
        channel.queue_declare(queue, durable=True, auto_delete=False, arguments=CHECKPOINT_ARGUMENTS)
        channel.queue_bind(queue, CHECKPOINTS, "#")


def declare_given_up(channel: amqp.Channel) -> None:
    """The queue of what was taken out of cities' queues."""
    declare_exchanges(channel)
    channel.queue_declare(GIVEN_UP, durable=True, auto_delete=False, arguments=_GIVEN_UP_ARGUMENTS)
    channel.queue_bind(GIVEN_UP, DEAD, GIVEN_UP)
