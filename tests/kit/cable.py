"""A cable between a process and a server that a test can pull out and plug in again."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

from tests.kit.waiting import BOUND


class Cable:
    """Carries TCP connections to the server of ``url``; ``url`` of the cable is the same address through it.

    With ``tls`` its near end speaks TLS, the far end does not.
    """

    def __init__(self, url: str, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        parts = urlsplit(url)
        self._there = (parts.hostname or "127.0.0.1", parts.port or 5672)
        self._plugged = True
        self._open: set[socket.socket] = set()
        self._server = socket.create_server(("127.0.0.1", 0))
        port = self._server.getsockname()[1]
        account = parts.netloc.rpartition("@")[0]
        self.url = urlunsplit(parts._replace(netloc=f"{account}@127.0.0.1:{port}" if account else f"127.0.0.1:{port}"))
        threading.Thread(target=self._accept, daemon=True).start()

    def pull(self) -> None:
        """Break every connection and refuse new ones."""
        self._plugged = False
        for end in list(self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def plug(self) -> None:
        """Take new connections again."""
        self._plugged = True

    def close(self) -> None:
        """Throw the cable away."""
        self.pull()
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            if not self._plugged:
                near.close()
                continue
            if self._tls is not None:
                try:
                    near = self._tls.wrap_socket(near, server_side=True)
                except OSError:  # whoever called does not trust the certificate
                    near.close()
                    continue
            try:
                far = socket.create_connection(self._there, timeout=BOUND)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            self._open |= {near, far}
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(a, b), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open -= {source, target}
        source.close()
