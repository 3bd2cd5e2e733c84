"""The HTTP server: waitress, with limits on connections that hold against whoever wants all of them.

Requests are read by one thread and answered by many; a worker is taken when a request has come in whole. Invariant: a
newcomer gets in as long as anybody is not having a request answered. Over the number of its own address it takes the
place of a connection of that address, over the number of all that of one of the address that has most.
"""

from __future__ import annotations

import errno
import logging
import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Final
from uuid import uuid4

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from gateway import problems
from gateway.edge.connection import LIMITS, Connection, Limits, Stage
from gateway.edge.message import HEAD, Judge
from gateway.exchange import Reply, Request
from gateway.refusals import CONNECTIONS_FULL
from kernel import logs
from kernel.errors import PaizhuError

Answer = Callable[[Request, PaizhuError | None], Reply]
"""The reply to a request; where there is an error, to that."""

_EVERY: Final = 0.5
"""Seconds between two looks at all connections."""
_BREATH: Final = 0.1
"""Seconds without a new connection where the system has no room for one."""
_AT_ONCE: Final = 100
"""New connections that are taken in before those that are there are seen to again."""
_SPENT: Final = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_ANY: Final = 10**16
_IN_MEMORY: Final = 1 << 30
"""Octets: what people send holds personal data and is not put aside in files."""
_LOG = logs.get("edge")


class Edge(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """Listens on ``bind``:``port`` (0: any free port). ``workers`` answer at a time. Raises OSError where it cannot."""

    channel_class = Connection

    def __init__(
        self,
        judge: Judge,
        answer: Answer,
        *,
        bind: str = "127.0.0.1",
        port: int = 0,
        workers: int = 4,
        limits: Limits = LIMITS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.judge, self.answer, self.limits, self.clock = judge, answer, limits, clock
        self.looked = -_EVERY
        self.held: Counter[str] = Counter()
        self._wait_until = 0.0
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait is measured, not told
        settings = Adjustments(
            host=bind,
            port=port,
            ident=None,
            channel_request_lookahead=1,  # or nobody would notice that a client has left
            backlog=4096,  # a newcomer the system has no room for tries again only after a second
            recv_bytes=1 << 16,
            max_request_header_size=HEAD,
            max_request_body_size=_ANY,  # each place has its own limit, which the judge tells
            inbuf_overflow=_IN_MEMORY,
            outbuf_overflow=_IN_MEMORY,
            log_socket_errors=False,
        )
        threads = ThreadedTaskDispatcher()
        super().__init__(None, map={}, dispatcher=threads, adj=settings)
        threads.set_thread_count(workers)

    def turn(self, seconds: float = _EVERY) -> None:
        """Wait at most so long for something to happen, and see to it."""
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)

    def drain(self, seconds: float) -> None:
        """Take no new connections; give requests in hand at most so long."""
        self.accepting = False
        self.del_channel()
        self.socket.close()
        until = time.monotonic() + seconds
        while any(c.stage >= Stage.SENDING for c in self._connections()) and time.monotonic() < until:
            self.turn(0.05)

    def end(self) -> None:
        """Close everything."""
        self.task_dispatcher.shutdown()
        wasyncore.close_all(self._map)

    def readable(self) -> bool:
        """Called by waitress before it waits: whether a new connection may come."""
        now = self.clock()
        if now >= self.looked + _EVERY:
            for connection in self._connections():
                connection.look(now)
            self.looked = now
        return self.accepting and now >= self._wait_until

    def handle_accept(self) -> None:
        """Called by waitress when a connection has come: not only that one is taken in, or who comes behind a thousand
        others would wait for as many turns."""
        for _ in range(_AT_ONCE):
            if not self._accept_one():
                return

    def _accept_one(self) -> bool:
        try:
            accepted = self.accept()
            if accepted is None:
                return False
            sock, address = accepted
            self.set_socket_options(sock)
        except OSError as error:
            if error.errno in _SPENT and not self._gave_up():
                self._wait_until = self.clock() + _BREATH
            return False
        if self._has_place(address[0]):
            self.channel_class(self, sock, address, self.adj, map=self._map)
        else:
            _turn_away(sock)
        return True

    def _has_place(self, address: str) -> bool:
        """Whether there is a place for one more of an address, be it one that another had to give up."""
        if self.held[address] >= self.limits.alone(address):
            return self._gave_up(address)
        if self.held.total() < self.limits.most:
            return True
        ((greediest, _),) = self.held.most_common(1)
        return self._gave_up(greediest) or self._gave_up()

    def _gave_up(self, address: str | None = None) -> bool:
        """Whether one was closed, of an address or of any: one that never asked anything, else of those without a
        request in hand the longest in its stage."""
        among = [one for one in self._connections() if address in (None, one.address)]
        found = next((one for one in among if one.stage == Stage.IDLE and not one.served), None)
        if found is None:
            free = [one for one in among if one.stage < Stage.WORKING]
            found = min(free, key=lambda one: (one.stage, one.since), default=None)
        if found is None:
            return False
        found.handle_close()
        return True

    def _connections(self) -> list[Connection]:
        return list(self.active_channels.values())


def _turn_away(sock: socket.socket) -> None:
    reply = problems.reply(CONNECTIONS_FULL().problem(), correlation := str(uuid4()))
    body = str(reply.body).encode()
    headers = {**reply.headers, "X-Correlation-Id": correlation, "Content-Length": len(body), "Connection": "close"}
    lines = [f"HTTP/1.1 {reply.status} Service Unavailable", *(f"{name}: {value}" for name, value in headers.items())]
    with sock, suppress(OSError):
        sock.setblocking(False)
        sock.send("\r\n".join([*lines, "", ""]).encode() + body)
