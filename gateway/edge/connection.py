"""One connection: how far it is, how long it may stay there, and how it ends so that its last answer arrives.

Invariant: a connection leaves every stage but that of a request in hand within the stage's limit, however its other
end behaves; the limits hold for the stage as a whole, so a drip of octets prolongs nothing.
"""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from ipaddress import ip_address
from typing import Any, Final

from waitress.channel import HTTPChannel

from gateway.edge.answering import Answering
from gateway.edge.message import Message
from kernel.config import Network


class Stage(IntEnum):
    """Where a connection is, in the order in which one is given up for another."""

    CLOSING = 0
    IDLE = 1
    HEAD = 2
    BODY = 3
    SENDING = 4
    WORKING = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """Connections in all, and of one address that is none of ``proxies``; seconds one may stay in each stage."""

    most: int = 1000
    per_address: int = 300
    proxies: Sequence[Network] = ()
    idle: float = 60.0
    head: float = 10.0
    body: float = 30.0
    sending: float = 60.0
    closing: float = 5.0

    def alone(self, address: str) -> int:
        """How many connections an address may have: a proxy, behind which everybody is, all of them."""
        shared = bool(self.proxies) and any(ip_address(address) in network for network in self.proxies)
        return self.most if shared else self.per_address

    def of(self, stage: Stage) -> float | None:
        """Seconds; None for a request in hand, which whoever answers limits."""
        of = (self.closing, self.idle, self.head, self.body, self.sending, None)
        return of[stage]


LIMITS: Final = Limits()
_AT_ONCE: Final = 16 << 10
"""Octets taken off at a time: who sends what nobody will read is held back, and takes nobody else's time."""
_UNREAD: Final = 16 << 20
"""Octets of what nobody will read that are taken off a closing connection: one closed over them loses its answer."""


class Connection(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection of ``Edge``. ``since`` is when it was first seen in its stage, by the edge's clock."""

    task_class = error_task_class = Answering
    request: Any = None
    close_when_flushed: bool = False
    closing: bool = False

    def __init__(self, server: Any, sock: socket.socket, addr: Any, adj: Any, map: Any) -> None:  # noqa: A002
        self.address = str(addr[0])
        self.since = server.clock()
        self._seen: tuple[Any, ...] = (Stage.IDLE, None, 0)
        self.served = 0
        self._unread = 0
        super().__init__(server, sock, addr, adj, map=map)
        self.parser_class = partial(Message, judge=server.judge, address=self.address)

    @property
    def stage(self) -> Stage:
        """Where it is now."""
        if self.closing:
            return Stage.CLOSING
        if self.requests:
            return Stage.WORKING
        if self.total_outbufs_len or self.close_when_flushed:
            return Stage.SENDING
        if self.request is None:
            return Stage.IDLE
        return Stage.BODY if self.request.headers_finished else Stage.HEAD

    def look(self, now: float) -> None:
        """Note the stage; end the connection, with 408 to who is still sending, where it has lasted too long."""
        seen = (self.stage, self.request, self.served)
        if seen != self._seen:
            self._seen, self.since = seen, now
            return
        limit = self.server.limits.of(seen[0])
        if limit is None or now - self.since < limit:
            return
        if seen[0] in (Stage.HEAD, Stage.BODY):
            self._tell_late()
        else:
            self.handle_close()

    def _tell_late(self) -> None:
        with self.requests_lock:
            message, self.request = self.request, None
            if message is not None and not self.requests:
                message.late()
                self.requests.append(message)
                self.server.add_task(self)

    def service(self) -> None:
        """Called by waitress on a worker's thread."""
        self.served += 1
        super().service()

    def add_channel(self, map: Any = None) -> None:  # noqa: A002
        """Called by waitress when the connection has begun."""
        super().add_channel(map)
        self.server.held[self.address] += 1

    def del_channel(self, map: Any = None) -> None:  # noqa: A002
        """Called by waitress when the connection has ended, and may be again."""
        if self.server.active_channels.get(self._fileno) is self:
            self.server.held -= Counter([self.address])  # none of an address is no entry
        super().del_channel(map)

    def readable(self) -> bool:
        """Called by waitress before it waits."""
        return self.closing or bool(super().readable())

    def handle_read(self) -> None:
        """Called by waitress when octets are there, or the other end has closed."""
        if not self.closing:
            super().handle_read()
            return
        with suppress(OSError):
            self._unread += len(self.recv(_AT_ONCE))
            if self._unread < _UNREAD:
                return
        self.handle_close()

    def handle_write(self) -> None:
        """Called by waitress when octets can go out; the last of them have gone where it is to close."""
        if not self.close_when_flushed or self.will_close:
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.connected and not self.total_outbufs_len and not self.will_close:
            self.close_when_flushed, self.closing = False, True
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
