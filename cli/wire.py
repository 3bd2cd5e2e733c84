"""Connections to one gateway: every thread has its own and keeps it open."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

FAULTS: Final = (OSError, http.client.HTTPException)
"""What ``Wire.once`` raises where no answer came."""
_SECONDS: Final = 60


class Answer(NamedTuple):
    """What came back: the status, the seconds after which to ask again, the body."""

    status: int
    retry_after: float
    body: bytes


class Wire:
    """The server at ``url`` (http or https; a path in it stands before every path asked for). Safe for threads."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url} is no address of a gateway: http://… or https://…")
        self.url = url.rstrip("/")
        self._made = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._host, self._port, self._base = parts.hostname, parts.port, parts.path.rstrip("/")
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: list[http.client.HTTPConnection] = []

    def once(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """The answer to one request. Raises one of FAULTS where none comes; the next request connects anew."""
        connection = self._connection()
        try:
            connection.request(method, self._base + path, body, dict(headers))
            reply = connection.getresponse()
            text = reply.read()
        except FAULTS:
            connection.close()
            raise
        after = reply.headers.get("Retry-After", "")
        return Answer(reply.status, float(after) if after.isascii() and after.isdigit() else 1.0, text)

    def close(self) -> None:
        """Let the connections of all threads go."""
        for connection in self._connections:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        found: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self._made(self._host, self._port, timeout=_SECONDS)
            with self._lock:
                self._connections.append(found)
        return found
