"""Who may do what on the broker, and how much of it, as RabbitMQ definitions (loaded by the node at every start).

Invariant: a city's user reads its own two queues (events, checkpoints) and can do nothing else. Topic permissions are
open for a user who has none, therefore every city has them on every topic exchange. However long it gives messages back
and whatever it opens, the broker's disk and memory bear a bounded part of it: the limits of queues are policies, which
also reach a queue that an older version declared.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping
from typing import Any, Final

from kernel import bus

OWN: Final = "paizhu"
CLOSED: Final = (bus.EVENTS, bus.CHECKPOINTS, "amq.topic")
NOTHING: Final = "^$"

CITY_CONNECTIONS: Final = 8
CITY_CHANNELS: Final = 16
"""Of one city at once, over all its programs. A subscriber and a witness take one of each."""

GIVEN_BACK: Final = 20
"""How often a city gets a message it gives back. After that its copy goes; its feed holds the item for ever."""
CITY_BYTES: Final = 256 << 20
"""What waits in a city's queue at most, in bytes; its number is limited by the queue itself."""
LOOKED_AT: Final = 1_000_000
"""How often a parked message may be looked at: every look takes it and gives it back (gateway/parked_messages.py)."""
_GIVEN_UP: Final = {"dead-letter-exchange": bus.DEAD, "dead-letter-routing-key": bus.GIVEN_UP}
POLICIES: Final = {
    "paizhu-city": (
        r"^city\.[0-9]{4}$",
        {"delivery-limit": GIVEN_BACK, "max-length-bytes": CITY_BYTES, **_GIVEN_UP},
    ),
    "paizhu-city-checkpoints": (r"^city\.[0-9]{4}\.checkpoints$", {"delivery-limit": GIVEN_BACK, **_GIVEN_UP}),
    "paizhu-parked": (r"^[a-z]+\.parked$", {"delivery-limit": LOOKED_AT}),
}
"""By name: the queues, and what holds for them beside what they were declared with."""


def of_city(city: str) -> str:
    """Name of the broker user of a city (4-digit code)."""
    return f"city-{city}"


def queues(city: str) -> str:
    """The pattern of the queues a city reads: its events and the checkpoints of every log."""
    return rf"^city\.{city}(\.checkpoints)?$"


def definitions(passwords: Mapping[str, str]) -> dict[str, Any]:
    """Users with permissions and limits for OWN and every `city-<code>` in `passwords`, and the limits of queues."""
    users = [
        {
            "name": user,
            "password_hash": _hashed(secret),
            "hashing_algorithm": "rabbit_password_hashing_sha256",
            "tags": [],
            "limits": {} if user == OWN else {"max-connections": CITY_CONNECTIONS, "max-channels": CITY_CHANNELS},
        }
        for user, secret in passwords.items()
    ]
    own = {"user": OWN, "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"}
    cities = [user.removeprefix("city-") for user in passwords if user != OWN]
    reading = [
        {"user": of_city(c), "vhost": "/", "configure": NOTHING, "write": NOTHING, "read": queues(c)} for c in cities
    ]
    topics = [
        {"user": of_city(city), "vhost": "/", "exchange": exchange, "write": NOTHING, "read": pattern}
        for city in cities
        for exchange, pattern in ((bus.PUBLIC, rf"^{city}\."), *((name, NOTHING) for name in CLOSED))
    ]
    return {
        "vhosts": [{"name": "/"}],
        "users": users,
        "permissions": [own, *reading],
        "topic_permissions": topics,
        "policies": [
            {"vhost": "/", "name": name, "pattern": of, "apply-to": "queues", "priority": 10, "definition": limits}
            for name, (of, limits) in POLICIES.items()
        ],
    }


def _hashed(secret: str) -> str:
    """RabbitMQ's form: base64 of a 4-byte salt followed by SHA-256 of salt and password."""
    salt = os.urandom(4)
    return base64.b64encode(salt + hashlib.sha256(salt + secret.encode()).digest()).decode("ascii")
