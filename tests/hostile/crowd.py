"""The crowd: many clients that do the same, in a process of their own, for so many seconds and no longer."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from tests.hostile.apart import begun

PATIENCE: Final = 60.0


@dataclass(frozen=True)
class Shot:
    """One request of an attacker."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


Attack = Callable[[float], Counter[str]]
"""(seconds) -> what came back, counted. Ends by itself."""


@contextmanager
def attacking(attack: Any, *given: Any) -> Iterator[Counter[str]]:
    """``attack(*given)``, a function of a module, in a process of its own; what it counted is there afterwards."""
    process, ours = begun(_attack, attack, given)
    found: Counter[str] = Counter()
    try:
        yield found
    finally:
        if ours.poll(4 * PATIENCE):
            found.update(ours.recv())
        process.join(PATIENCE)
        if process.is_alive():
            process.kill()


def _attack(attack: Any, given: Sequence[Any], pipe: Any) -> None:
    pipe.send(attack(*given))


def flood(url: str, shots: Sequence[Shot], clients: int, seconds: float, most: int = 10**9) -> Counter[str]:
    """``clients`` send ``shots`` over and over, each waiting for its answers, ``most`` requests in all."""
    until, lock, found = time.monotonic() + seconds, threading.Lock(), Counter[str]()
    left = iter(range(most))

    def work(number: int) -> None:
        parts = urlsplit(url)
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
        turn = number
        while time.monotonic() < until and next(left, None) is not None:
            status = _sent(line, shots[turn % len(shots)])
            turn += 1
            with lock:
                found[status] += 1
        line.close()

    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()) + PATIENCE)
    return found


def leave(url: str, shots: Sequence[Shot], clients: int, seconds: float) -> Counter[str]:
    """As ``flood``, but nobody waits for an answer: each sends and is gone."""
    until, lock, found = time.monotonic() + seconds, threading.Lock(), Counter[str]()

    def work(number: int) -> None:
        turn = number
        while time.monotonic() < until:
            shot = shots[turn % len(shots)]
            turn += 1
            with suppress(OSError), _connected(url) as line:
                line.sendall(_wired(shot))
            with lock:
                found["sent and gone"] += 1
            time.sleep(0.05)

    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + PATIENCE)
    return found


def hold(url: str, count: int, seconds: float, said: bytes, drip: bytes = b"") -> Counter[str]:
    """``count`` connections that have sent ``said`` and then ``drip`` once a second, held as long as the server lets
    them and ``seconds`` at most."""
    until, found, lines = time.monotonic() + seconds, Counter[str](), []
    for _ in range(count):
        try:
            line = _connected(url)
            line.sendall(said)
            lines.append(line)
            found["connected"] += 1
        except OSError:
            found["refused"] += 1
    longest = 0.0
    begun = time.monotonic()
    while lines and time.monotonic() < until:
        time.sleep(1.0)
        left = []
        for line in lines:
            if _open(line, drip):
                left.append(line)
            else:
                found["closed by the server"] += 1
                longest = time.monotonic() - begun
        lines = left
    found["still open at the end"] = len(lines)
    found["seconds until the last was closed"] = round(longest)
    for line in lines:
        line.close()
    return found


def _open(line: socket.socket, drip: bytes) -> bool:
    line.setblocking(False)
    try:
        if line.recv(65536) == b"":
            return False
    except BlockingIOError:
        pass
    except OSError:
        return False
    try:
        line.send(drip) if drip else None
    except BlockingIOError:
        return True
    except OSError:
        return False
    return True


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname or "", parts.port or 80), timeout=5.0)


def _wired(shot: Shot) -> bytes:
    body = shot.body or b""
    headers = {"Host": "localhost", "Content-Length": str(len(body)), **shot.headers}
    lines = [f"{shot.method} {shot.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _sent(line: http.client.HTTPConnection, shot: Shot) -> str:
    try:
        line.request(shot.method, shot.path, shot.body, dict(shot.headers))
        reply = line.getresponse()
        text = reply.read()
    except (OSError, http.client.HTTPException) as error:
        line.close()
        return type(error).__name__
    if len(text) > 1 << 20:
        return f"{reply.status} over 1 MiB"
    return str(reply.status)
