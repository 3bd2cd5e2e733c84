"""The gateway's process: its start where the port is taken, its end when it is told, its descriptors."""

from __future__ import annotations

import resource
import signal
import socket
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import requests

from deploy.local.ports import reserve
from gateway.service import _connections
from kernel.auth import Issuer
from tests.kit.waiting import BOUND, eventually

Start = Callable[..., "subprocess.Popen[bytes]"]


def told(tmp_path: Path, database: str, broker: str, health: int, http: int) -> dict[str, str]:
    Issuer(tmp_path)
    ports = {"PAIZHU_HEALTH_PORT": str(health), "PAIZHU_HTTP_PORT": str(http)}
    return {"PAIZHU_DB": database, "PAIZHU_AMQP": broker, "PAIZHU_KEYS": str(tmp_path), **ports}


def test_a_port_that_is_taken_ends_the_start(
    processes: Start, feed_database: str, rabbit_server: Any, tmp_path: Path
) -> None:
    with closing(reserve(("health",))) as ports, socket.create_server(("127.0.0.1", 0)) as taken:
        env = told(tmp_path, feed_database, rabbit_server.url, ports["health"], taken.getsockname()[1])
        assert processes("gateway.service", **env).wait(BOUND) == 1


def test_told_to_end_it_ends_whoever_is_connected(
    processes: Start, feed_database: str, rabbit_server: Any, tmp_path: Path
) -> None:
    with closing(reserve(("health", "http"))) as ports:
        env = told(tmp_path, feed_database, rabbit_server.url, ports["health"], ports["http"])
        process = processes("gateway.service", **env)
        url = f"http://127.0.0.1:{ports['http']}"
        eventually(lambda: _live(url))
        with socket.create_connection(("127.0.0.1", ports["http"]), BOUND) as idle:
            idle.sendall(b"GET / HTTP/1.1\r\n")
            process.send_signal(signal.SIGTERM)
            assert process.wait(BOUND) == 0


def test_a_setting_that_is_missing_is_named(processes: Start) -> None:
    assert processes("gateway.service").wait(BOUND) == 2


def test_there_are_no_more_connections_than_descriptors_for_them() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (300, hard))
        assert _connections(200) == 200
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 400  # what it needs and may have, it takes
        assert _connections(hard) == hard - 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _live(url: str) -> bool:
    try:
        return requests.get(f"{url}/health/live", timeout=BOUND).status_code == 200
    except requests.ConnectionError:
        return False
