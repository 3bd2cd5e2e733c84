"""Health: a small HTTP server in every process, for the supervisor, the cluster and Prometheus.

``/health/live`` says whether the process should go on (503: restart it), ``/health/ready`` whether it can do its work
now (503: a server it needs is away), ``/metrics`` what it did. It runs on a thread, green where the process is patched:
a process whose loop stands still does not answer, which is the truth.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import ThreadingMixIn

from kernel import metrics

Check = Callable[[], str | None]
"""Gives None where all is well, else one sentence saying what is not."""


class Health:
    """The named checks of one process. A check that raises counts as failed, with the type of the error."""

    def __init__(self) -> None:
        self._live: dict[str, Check] = {}
        self._ready: dict[str, Check] = {}

    def live(self, name: str, check: Check) -> None:
        """Add a check whose failure means that only a new start helps."""
        self._live[name] = check

    def ready(self, name: str, check: Check) -> None:
        """Add a check whose failure means that work has to wait."""
        self._ready[name] = check

    def report(self, path: str) -> tuple[int, dict[str, str]]:
        """(HTTP status, check name -> "ok" or what is wrong) for ``/health/live`` or ``/health/ready``."""
        checks = self._live if path.endswith("live") else {**self._live, **self._ready}
        found = {name: self._run(check) for name, check in checks.items()}
        return (200 if all(answer == "ok" for answer in found.values()) else 503), found

    @staticmethod
    def _run(check: Check) -> str:
        try:
            return check() or "ok"
        except Exception as error:  # a broken check is a failed check, whatever broke
            return type(error).__name__

    def serve(self, port: int, address: str = "127.0.0.1") -> int:
        """Answer on ``address``:``port`` (0: any free port) from a thread of its own; gives the port."""
        server = _Server((address, port), _handler(self))
        threading.Thread(target=server.accept_for_ever, name="health", daemon=True).start()
        return int(server.server_address[1])


class Pulse:
    """A loop's sign of life: ``beat`` each time round, ``check`` fails after ``most`` seconds without one."""

    def __init__(self, most: float = 60.0) -> None:
        self._most = most
        self._last = time.monotonic()

    def beat(self) -> None:
        """The loop came round."""
        self._last = time.monotonic()

    def check(self) -> str | None:
        """What is wrong, or None."""
        still = time.monotonic() - self._last
        return f"no progress for {still:.0f} s" if still > self._most else None


class Switch:
    """A readiness that is set from inside a loop: away with a reason, or back."""

    def __init__(self, reason: str = "starting") -> None:
        self._reason: str | None = reason

    def back(self) -> None:
        """All is well again."""
        self._reason = None

    def away(self, reason: str) -> None:
        """Not now, because of ``reason``."""
        self._reason = reason

    def check(self) -> str | None:
        """The reason, or None."""
        return self._reason


class _Server(ThreadingMixIn, HTTPServer):
    daemon_threads = True
    request_queue_size = 32

    def accept_for_ever(self) -> None:
        # Not serve_forever: its selector is chosen when socketserver is imported and would block a patched process.
        self.socket.settimeout(None)
        while True:
            try:
                connection, address = self.socket.accept()
            except OSError:
                return
            self.process_request(connection, address)


def _handler(health: Health) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            if self.path == "/metrics":
                self._answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.exposition())
            elif self.path in ("/health/live", "/health/ready"):
                status, found = health.report(self.path)
                self._answer(status, "application/json", json.dumps(found).encode())
            else:
                self._answer(404, "application/json", b"{}")

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Probes come every few seconds; they are not worth a line."""

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, TimeoutError):
                self.close_connection = True

    return Handler
