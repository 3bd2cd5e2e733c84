"""A private RabbitMQ node, with a port mapper of its own, in `<data>/rabbitmq`.

Invariant: node, distribution and port mapper listen on 127.0.0.1 only; every limit that differs between RabbitMQ
releases is set here, so that 3.10 and 4.x behave alike.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from signal import SIGTERM
from typing import Final
from urllib.parse import quote

import amqp

from deploy import broker_users, private_file
from deploy.local import binaries, place
from deploy.local.child import Command
from deploy.passwords import password_of

NODE: Final = "paizhu@localhost"

SETTINGS: Final = {
    "loopback_users.guest": "true",
    "heartbeat": "30",
    "handshake_timeout": "5000",  # ms to say who one is
    "connection_max": "1000",
    "channel_max": "512",
    "max_message_size": "16777216",
    "consumer_timeout": "1800000",  # ms a message may stay unacknowledged
    "vm_memory_high_watermark.absolute": "1GB",
    "vm_memory_high_watermark_paging_ratio": "0.75",
    "disk_free_limit.absolute": "200MB",
    "raft.wal_max_size_bytes": "67108864",
    "raft.segment_max_entries": "4096",
    "log.console": "true",
    "log.console.level": "warning",
    "log.file": "false",
}
LATER: Final = {(3, 13): {"consumer_max_per_channel": "32"}}
"""Settings by the release that first knows them; an older node does not start with them."""


class Rabbit:
    """One node: prepare() writes its configuration, commands() start it, url connects as `paizhu`."""

    ports = ("amqp", "distribution", "epmd")
    name = "rabbitmq"
    seconds_to_start = 120.0

    def __init__(self, data: Path, ports: dict[str, int], cities: Sequence[str] = ()) -> None:
        self.data = data
        self.port, self._distribution, self._epmd = ports["amqp"], ports["distribution"], ports["epmd"]
        self.cities = tuple(cities)
        self.home = (data / "rabbitmq").resolve()
        self._sbin = binaries.rabbitmq()

    @property
    def url(self) -> str:
        """Address for Paizhu's own processes."""
        return self.url_of(broker_users.OWN)

    def city_url(self, city: str) -> str:
        """Address with which a city's subscriber reads its own queue and nothing else."""
        if city not in self.cities:
            raise KeyError(f"no broker user for city {city}")
        return self.url_of(broker_users.of_city(city))

    def url_of(self, user: str) -> str:
        """Address of one broker user, password included; the virtual host ``/`` as every client reads it."""
        return f"amqp://{quote(user)}:{password_of(self.data, f'amqp:{user}')}@127.0.0.1:{self.port}/%2F"

    @property
    def _here(self) -> Path:
        """The home, as the node is told of it. It reads its configuration as Latin-1, and its disk monitor dies of a
        path outside ASCII; but its working directory is the home."""
        return self.home if str(self.home).isascii() else Path("/proc/self/cwd")

    def prepare(self) -> None:
        """Write configuration, users and permissions; read by the node at every start."""
        for folder in (self.home, *(self.home / name for name in ("home", "mnesia", "log"))):
            place.inside(folder)
        users = [broker_users.OWN, *(broker_users.of_city(city) for city in self.cities)]
        passwords = {user: password_of(self.data, f"amqp:{user}") for user in users}
        definitions = self.home / "definitions.json"
        private_file.write(definitions, broker_users.definitions(passwords))
        loaded = str(self._here / definitions.name)
        known = [more for since, more in LATER.items() if self._release() >= since]
        settings = SETTINGS | dict(*known) | {"listeners.tcp.1": f"127.0.0.1:{self.port}", "load_definitions": loaded}
        text = "".join(f"{key} = {value}\n" for key, value in settings.items())
        private_file.replace(self.home / "rabbitmq.conf", text)
        private_file.replace(self.home / "enabled_plugins", "[].\n")

    def _release(self) -> tuple[int, ...]:
        """As 3.10 in the name of its folder; a folder named otherwise counts as old."""
        found = re.search(r"rabbitmq_server-([0-9]+)\.([0-9]+)", str(self._sbin))
        return tuple(map(int, found.groups())) if found else (0,)

    def commands(self) -> tuple[Command, ...]:
        """The port mapper, started in the foreground so that its pid is ours, then the node."""
        mapper = (str(binaries.epmd()), "-port", str(self._epmd), "-address", "127.0.0.1")
        node = (str(self._sbin / "rabbitmq-server"),)
        return (
            Command("epmd", mapper, self._env(), self.home, patience=2.0),
            Command("rabbitmq", node, self._env(), self.home, last_signal=SIGTERM, patience=30.0),
        )

    def ready(self) -> bool:
        """True once a login succeeds."""
        password = password_of(self.data, f"amqp:{broker_users.OWN}")
        connection = amqp.Connection(
            f"127.0.0.1:{self.port}", userid=broker_users.OWN, password=password, connect_timeout=2, read_timeout=5
        )
        try:
            connection.connect()
            connection.close()
        except (OSError, amqp.AMQPError):
            return False
        return True

    def ctl(self, *arguments: str) -> str:
        """Run rabbitmqctl against this node and give its output. Raises CalledProcessError."""
        argv = [str(self._sbin / "rabbitmqctl"), "--quiet", *arguments]
        return subprocess.run(argv, env=self._env(), cwd=self.home, capture_output=True, text=True, check=True).stdout

    def _env(self) -> dict[str, str]:
        here = self._here
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "HOME": str(here / "home"),
            "RABBITMQ_NODENAME": NODE,
            "RABBITMQ_MNESIA_BASE": str(here / "mnesia"),
            "RABBITMQ_LOG_BASE": str(here / "log"),
            "RABBITMQ_CONFIG_FILE": str(here / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_PID_FILE": str(here / "node.pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(here / "enabled_plugins"),
            "RABBITMQ_DIST_PORT": str(self._distribution),
            "ERL_EPMD_PORT": str(self._epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            # Makes the start script become the node instead of its parent, so that the pid we hold is the node's.
            "RABBITMQ_ALLOW_INPUT": "1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "-noinput -start_epmd false -kernel inet_dist_use_interface {127,0,0,1} "
                "+sbwt none +sbwtdcpu none +sbwtdio none"  # do not spin on a machine of two cores
            ),
        }
