"""A broker that others provide: making sure that what lies in its queues is of this system.

Invariant: queues that another, earlier system filled are removed before this one reads a message from them; positions
of two histories in one inbox could not be told apart. Two systems at once therefore need two virtual hosts.
"""

from __future__ import annotations

from contextlib import closing

import amqp

from deploy.local import layout
from deploy.local.databases import SERVICES
from kernel import bus


def forget_others(url: str, namespace: str) -> None:
    """Remove Paizhu's queues unless the system called `namespace` has already taken this broker."""
    mark = f"paizhu.system.{namespace}"
    with closing(bus.connect(url, "paizhu supervisor")) as connection:
        try:
            connection.channel().queue_declare(mark, passive=True)
        except amqp.NotFound:
            channel = connection.channel()
            names = [bus.city(code) for code in layout.cities()]
            for service in (*SERVICES, "gateway"):
                names += [bus.inbox(service), bus.parked(service)]
            for name in names:
                channel.queue_delete(name)
            channel.queue_declare(mark, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
