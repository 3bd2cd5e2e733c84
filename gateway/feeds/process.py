"""The two processes of the feeds: one takes events in, one carries items to the broker. Neither knows green threads."""

from __future__ import annotations

import threading
from typing import Any

import amqp

from gateway.feeds import watch
from gateway.feeds.item import MEDIA_TYPE
from gateway.feeds.store import FeedStore
from kernel import bus
from kernel.bus import reactor, relay
from kernel.bus.outlet import Outgoing, Outlet
from kernel.config import Config
from programmes import areas
from services import SERVICES

FOLLOWER = "feeds"
"""The name under which the feeds follow the services: inbox ``feeds.inbox``."""


def cities(province: str) -> tuple[str, ...]:
    """The 4-digit codes of the province's cities."""
    return tuple(division.code for division in areas.registered(province).children(province))


def feeds(config: Config) -> int:
    """Take the public events of all services in until SIGTERM. Gives the exit status."""
    store = FeedStore(config.db, config.province, cities(config.province))
    return reactor.main(FOLLOWER, SERVICES, store, config)


def public_relay(config: Config) -> int:
    """Carry the items to the broker until SIGTERM, and watch what cities do there. Gives the exit status."""
    codes = cities(config.province)
    stop = threading.Event()
    watching = threading.Thread(target=watch.watch, args=(config.amqp, codes, stop), name="cities", daemon=True)
    watching.start()
    try:
        return relay.main(outlet(codes), config)
    finally:
        stop.set()


def outlet(codes: tuple[str, ...]) -> Outlet:
    """What the public relay carries: exchange ``paizhu.public``, key ``<city>.<service>.<Type>.v<schema>``."""

    def outgoing(row: tuple[Any, ...]) -> Outgoing:
        _, city, sequence, key, body = row
        return Outgoing(key, body.encode(), f"{city}:{sequence}", {"city": city, "sequence": sequence}, MEDIA_TYPE)

    def declare(channel: amqp.Channel) -> None:
        for code in codes:
            bus.declare_city(channel, code)

    columns = "position, city, sequence, key, body"
    return Outlet("public", bus.PUBLIC, "feed.items", columns, outgoing, declare=declare)
