"""The toy service as a process, reached over its health port."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from typing import Any

from tests.kit.waiting import BOUND


def free_port() -> Any:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def ask(port: int, path: str) -> Any:
    """(status, body) of the health server, (0, "") where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=BOUND) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()
    except OSError:
        return 0, ""


class Host:
    """The toy service as a process."""

    def __init__(self, spawned: Any, url: str) -> None:
        self.port = free_port()
        env = {"PAIZHU_DB": "unused", "PAIZHU_AMQP": url, "PAIZHU_HEALTH_PORT": str(self.port)}
        self.process = spawned("-m", "kernel.nameko_host", "tests.kit.toy_service:Toy", **env)

    def ready(self) -> Any:
        return ask(self.port, "/health/ready")[0] == 200
