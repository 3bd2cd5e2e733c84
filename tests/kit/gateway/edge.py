"""The HTTP server by itself, on a thread, with a clock of the test's own and an answer to everything."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from gateway import problems
from gateway.edge.connection import LIMITS, Connection, Limits
from gateway.edge.server import Answer, Edge
from gateway.exchange import Reply, Request
from kernel.errors import PaizhuError
from tests.kit.waiting import BOUND, eventually


def echo(asked: Request, failed: PaizhuError | None) -> Reply:
    """What was asked, or the problem."""
    if failed is not None:
        return problems.reply(failed.problem(), asked.correlation())
    return Reply.json({"method": asked.method, "path": asked.path, "bytes": len(asked.body)})


@dataclass
class Listening:
    """A server that listens. ``now`` is its clock, ``taken`` what it was asked, with the code of a refusal."""

    edge: Edge
    now: list[float]
    taken: list[tuple[str, str, str | None]] = field(default_factory=list)

    def dial(self, source: str = "127.0.0.1") -> socket.socket:
        """A connection from an address of this machine, which the server has taken in or turned away."""
        made = socket.create_connection(("127.0.0.1", int(self.edge.effective_port)), BOUND, (source, 0))
        eventually(lambda: self._is_there(made) or hung_up(made))
        return made

    def of(self, source: str) -> list[Connection]:
        """The connections of an address that the server has."""
        return [one for one in list(self.edge.active_channels.values()) if one.addr[0] == source]

    def end_of(self, made: socket.socket) -> Connection:
        """The server's end of a connection."""
        found: Connection = eventually(lambda: self._is_there(made))
        return found

    def _is_there(self, made: socket.socket) -> Connection | None:
        try:
            own = made.getsockname()
        except OSError:
            return None
        return next((one for one in list(self.edge.active_channels.values()) if one.addr == own), None)

    def later(self, seconds: float) -> None:
        """Let the server's clock go on, once it has looked at what there is now, and until it has looked again."""
        for step in (1.0, seconds):
            self.now[0] += step
            eventually(lambda: self.edge.looked == self.now[0])

    def passes(self, seconds: float) -> bool:
        """Let the server's clock go on a little, whatever it is at."""
        self.now[0] += seconds
        return True

    def ask(self, data: bytes) -> bytes:
        """What is answered to ``data`` until the server closes."""
        with self.dial() as made:
            made.sendall(data)
            return all_of(made)


def all_of(made: socket.socket) -> bytes:
    """What comes over a connection until it is closed."""
    came = b""
    while part := made.recv(1 << 16):
        came += part
    return came


def next_of(made: socket.socket) -> bytes:
    """What comes next over a connection, up to the end of one JSON object."""
    came = b""
    while not came.endswith(b"}") and (part := made.recv(1 << 16)):
        came += part
    return came


def hung_up(made: socket.socket) -> bool:
    """Whether the other end has closed, or has something to say."""
    made.setblocking(False)
    try:
        made.recv(1, socket.MSG_PEEK)
        return True
    except BlockingIOError:
        return False
    except ConnectionError:
        return True
    finally:
        made.settimeout(BOUND)


@contextmanager
def listening(
    answer: Answer = echo,
    judge: Callable[[Request], int] = lambda head: 1 << 20,
    limits: Limits = LIMITS,
    workers: int = 4,
) -> Iterator[Listening]:
    """A server that is ended with the block."""
    now, taken = [1.0], list[tuple[str, str, str | None]]()

    def noted(asked: Request, failed: PaizhuError | None) -> Reply:
        taken.append((asked.method, asked.path, failed.code if failed else None))
        return answer(asked, failed)

    edge = Edge(judge, noted, workers=workers, limits=limits, clock=lambda: now[0])
    ended = threading.Event()

    def turning() -> None:
        while not ended.is_set():
            edge.turn(0.02)

    thread = threading.Thread(target=turning, name="edge")
    thread.start()
    try:
        yield Listening(edge, now, taken)
    finally:
        ended.set()
        thread.join()
        edge.end()
