"""`paizhu run`: the entry point of every process.

The one place that knows which module stands behind which process; each is imported only when it is run.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING

import click

from services import FOLLOWS, SERVICES

if TYPE_CHECKING:
    from kernel.service import Service


@click.group()
def run() -> None:
    """Run one process of the system (what the supervisor and the containers start)."""


service_argument = click.argument("service", type=click.Choice(SERVICES))


def wiring(name: str) -> Service:
    """What the service ``name`` does, from its wiring."""
    found: Service = importlib.import_module(f"services.{name}.wiring").SERVICE
    return found


def _hosted(target: str) -> None:
    # nameko's room patches the process before anything else is imported, so it gets a fresh interpreter.
    os.execv(sys.executable, (sys.executable, "-m", "kernel.nameko_host", target))


@run.command()
@service_argument
def service(service: str) -> None:
    """Commands and queries of one service."""
    _hosted(f"services.{service}.service:{service.capitalize()}")


@run.command()
@service_argument
def relay(service: str) -> None:
    """Carry one service's log to the bus, in order."""
    from kernel.bus import outlet
    from kernel.bus.relay import main
    from kernel.config import Config

    followers = [name for name in SERVICES if service in FOLLOWS[name]]
    sys.exit(main(outlet.events(service, [*followers, "feeds"]), Config.of()))


@run.command()
@service_argument
def reactor(service: str) -> None:
    """Take other services' events into one service."""
    from kernel.bus.reactor import main
    from kernel.config import Config
    from kernel.following import Following
    from kernel.opening import open_service

    config = Config.of()
    opened = open_service(wiring(service), config)
    sys.exit(main(service, opened.service.sources, opened.handler, config, follows=Following(opened.handler)))


@run.command()
@service_argument
def planner(service: str) -> None:
    """Work the jobs of one service: long solves, beside the process that answers requests."""
    from kernel.config import Config
    from kernel.jobs.worker import main
    from kernel.opening import open_service

    config = Config.of()
    opened = open_service(wiring(service), config)
    sys.exit(main(opened.service, opened.log, opened.handler, config))


@run.command()
@service_argument
def checkpointer(service: str) -> None:
    """Sign the Merkle tree over one service's log, and watch over what was signed."""
    from deploy.layout import cities
    from kernel.config import Config
    from kernel.proof.checkpointer import main

    config = Config.of(need=("PAIZHU_DB", "PAIZHU_AMQP", "PAIZHU_KEYS", "PAIZHU_CHECKPOINTS"))
    sys.exit(main(service, config, cities(config.province)))


@run.command()
def feeds() -> None:
    """Number every public event in the sequence of each city it concerns."""
    from gateway.feeds import process
    from kernel.config import Config

    sys.exit(process.feeds(Config.of()))


@run.command("public-relay")
def public_relay() -> None:
    """Carry the city feeds to the bus."""
    from gateway.feeds import process
    from kernel.config import Config

    sys.exit(process.public_relay(Config.of()))


@run.command()
def calendar() -> None:
    """Give what each day asks for, once and in order, and write the day down as passed."""
    from kernel.config import Config
    from kernel.days import main

    sys.exit(main(FOLLOWS, SERVICES[0], Config.of(need=("PAIZHU_AMQP",))))


@run.command()
def gateway() -> None:
    """The HTTP API, the console and the HTTP feeds."""
    from gateway.service import main

    main()


if __name__ == "__main__":
    run()
