"""The gateway as a process: the API behind the HTTP server, its health, its end.

Invariant: what was told to end takes no new request and is gone within two seconds; every request in hand by then may
be sent again under its command id.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
from functools import partial
from typing import Final

from gateway.edge.connection import Limits
from gateway.edge.server import Edge
from gateway.exchange import Reply, Request
from gateway.front import PLACES, Front
from kernel import logs
from kernel.config import BadSetting, Config
from kernel.errors import PaizhuError
from kernel.health import Health, Pulse

NEEDED: Final = ("PAIZHU_DB", "PAIZHU_AMQP", "PAIZHU_HEALTH_PORT")
_GRACE: Final = 1.2
"""Seconds given to requests in hand."""
_BESIDE: Final = 200
"""Descriptors for all but the connections of clients: database, broker, readers of workbooks, files."""
_LOG = logs.get("edge")


def run(config: Config) -> int:
    """Serve until SIGTERM. Gives the exit status: 1 where the port is taken."""
    logs.configure("service gateway", config.log_level)
    front, pulse = Front(config), Pulse(15.0)
    health = Health()
    health.live("loop", pulse.check)
    for name, check in front.checks().items():
        health.ready(name, check)
    limits = Limits(
        most=_connections(config.connections),
        per_address=config.connections_per_address,
        proxies=config.proxies,
        head=config.head_seconds,
    )
    try:
        edge = Edge(
            front.api.admit,
            partial(_answer, front),
            bind=config.bind,
            port=config.http_port,
            workers=PLACES,
            limits=limits,
        )
    except OSError as error:
        _LOG.error("cannot listen", port=config.http_port, why=errno.errorcode.get(error.errno or 0, "OSError"))
        return 1
    told: list[int] = []

    def tell(number: int, _: object) -> None:
        told.append(number)
        edge.pull_trigger()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    health.serve(config.health_port, config.bind)
    _LOG.info("serving", service="gateway")
    while not told:
        pulse.beat()
        edge.turn()
    edge.drain(_GRACE)
    return 0


def _answer(front: Front, request: Request, failed: PaizhuError | None) -> Reply:
    return front.api.answer(request, request.correlation(), failed)


def _connections(wanted: int) -> int:
    """How many connections there can be: as many as wanted, where the system lets the process have so many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + _BESIDE
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return wanted if soft == resource.RLIM_INFINITY else max(1, min(wanted, soft - _BESIDE))


def main() -> None:
    """Run with the configuration of the environment and end the process, whatever its threads are at."""
    try:
        config = Config.of(need=NEEDED)
    except BadSetting as missing:
        sys.stderr.write(f"{missing}\n")
        sys.exit(2)
    status = run(config)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # the workers may wait for a service for longer than anybody has


if __name__ == "__main__":
    main()
