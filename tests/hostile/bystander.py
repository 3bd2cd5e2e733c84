"""The bystander: somebody with every right who goes on working while others attack, and how long each answer takes.

It is a process of its own, and comes from an address of its own, as another office does.
"""

from __future__ import annotations

import http.client
import json
import os
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from tests.hostile.apart import begun

ADDRESS: Final = "127.0.0.9"
PACE: Final = 0.1
"""Seconds between the end of one request and the next."""
PATIENCE: Final = 60.0


@dataclass
class Watched:
    """What the bystander saw: the milliseconds of each answer in the order they came, and the statuses (0: none)."""

    milliseconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: str = ""

    def at(self, share: float) -> float:
        """The milliseconds within which ``share`` of all answers came. Infinite where there is none."""
        ranked = sorted(self.milliseconds)
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else float("inf")

    @property
    def unserved(self) -> int:
        """Requests that were not answered as they should be."""
        return sum(count for status, count in self.statuses.items() if status != 200)

    @property
    def answers(self) -> dict[str, int]:
        """How often each status came."""
        return {str(status): count for status, count in sorted(self.statuses.items())}


@dataclass(frozen=True)
class Asked:
    """One request: method, path, body; ``#`` in a body's texts is the number of the request, so none are alike."""

    method: str
    path: str
    body: Any = None


@contextmanager
def watching(url: str, bearer: str, requests: Sequence[Asked]) -> Iterator[Watched]:
    """Ask ``requests`` in turn for the life of the block; what was seen is there when it is left."""
    process, ours = begun(_watch, url, bearer, list(requests))
    seen = Watched()
    try:
        ours.recv()  # it has had its first answer
        yield seen
    finally:
        ours.send(None)
        if ours.poll(2 * PATIENCE):
            seen.milliseconds, seen.statuses, seen.slowest = ours.recv()
        process.join(PATIENCE)


def _watch(url: str, bearer: str, requests: list[Asked], pipe: Any) -> None:
    parts = urlsplit(url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE, source_address=(ADDRESS, 0))
    took: list[float] = []
    statuses: Counter[int] = Counter()
    told, turn, slowest = False, 0, ""
    while not pipe.poll(PACE):
        asked = requests[turn % len(requests)]
        turn += 1
        begun = time.monotonic()
        statuses[_once(line, bearer, asked, turn)] += 1
        took.append((time.monotonic() - begun) * 1e3)
        if took[-1] == max(took):
            slowest = f"{asked.method} {asked.path}, number {turn}"
        if not told:
            told = True
            pipe.send("begun")
    pipe.send((took, statuses, slowest))


def _once(line: http.client.HTTPConnection, bearer: str, asked: Asked, number: int) -> int:
    headers = {"Authorization": f"Bearer {bearer}", "Idempotency-Key": str(uuid.uuid4())}
    body = None if asked.body is None else json.dumps(asked.body).replace("#", f"{os.getpid()}{number}").encode()
    if body is not None:
        headers["Content-Type"] = "application/json"
    try:
        line.request(asked.method, asked.path, body, headers)
        reply = line.getresponse()
        reply.read()
    except (OSError, http.client.HTTPException):
        line.close()
        return 0
    return reply.status
