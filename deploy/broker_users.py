"""Who may do what on the broker, as RabbitMQ definitions (loaded by the node itself at every start).

Invariant: a city's user reads its own two queues (events, checkpoints) and can do nothing else. Topic permissions are
open for a user who has none, therefore every city has them on every topic exchange.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping
from typing import Any, Final

OWN: Final = "paizhu"
INSIDE: Final = "paizhu.events"
OUTSIDE: Final = "paizhu.public"
CHECKPOINTS: Final = "paizhu.checkpoints"
ANY: Final = "amq.topic"
NOTHING: Final = "^$"


def of_city(city: str) -> str:
    """Name of the broker user of a city (4-digit code)."""
    return f"city-{city}"


def queues(city: str) -> str:
    """The pattern of the queues a city reads: its events and the checkpoints of every log."""
    return rf"^city\.{city}(\.checkpoints)?$"


def definitions(passwords: Mapping[str, str]) -> dict[str, Any]:
    """Users, permissions and topic permissions for OWN and every `city-<code>` in `passwords`."""
    users = [
        {
            "name": user,
            "password_hash": _hashed(secret),
            "hashing_algorithm": "rabbit_password_hashing_sha256",
            "tags": [],
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
        for exchange, pattern in ((OUTSIDE, rf"^{city}\."), *((name, NOTHING) for name in (INSIDE, CHECKPOINTS, ANY)))
    ]
    return {
        "vhosts": [{"name": "/"}],
        "users": users,
        "permissions": [own, *reading],
        "topic_permissions": topics,
    }


def _hashed(secret: str) -> str:
    """RabbitMQ's form: base64 of a 4-byte salt followed by SHA-256 of salt and password."""
    salt = os.urandom(4)
    return base64.b64encode(salt + hashlib.sha256(salt + secret.encode()).digest()).decode("ascii")
