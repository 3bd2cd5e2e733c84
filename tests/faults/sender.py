"""The client: many commands in flight, each sent under one id until it is answered, each answer written down first.

Invariant: an intent is in the journal before its command is sent; a command whose answer was lost is sent again with
the same id, so what it asked can take effect only once; commands of one lane are sent one after the other.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import urlsplit

from cli.office import Office
from tests.faults.journal import Journal
from tests.faults.workload import Planned

FLYING: Final = 24
"""Commands in flight."""
PATIENCE: Final = 60.0
"""Seconds to wait for one answer; the gateway itself answers within 30."""


class Sender:
    """Sends ``count`` commands of ``plan`` to the gateway at ``url``, at most ``rate`` a second (None: no limit)."""

    def __init__(
        self,
        url: str,
        bearer: Callable[[Office], str],
        journal: Journal,
        plan: Iterator[Planned],
        count: int,
        rate: float | None = None,
    ) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._bearer, self._journal, self._rate = bearer, journal, rate
        self._plan, self._left = plan, count
        self.acknowledged = 0
        self.answers: Counter[str] = Counter()
        self.last_answer = time.monotonic()
        self._turn = threading.Condition()
        self._busy: set[str] = set()
        self._waiting: dict[str, deque[Planned]] = {}
        self._freed: deque[Planned] = deque()
        self._flying = 0
        self._stop = threading.Event()
        self._begun = 0.0
        self._sent = 0
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(FLYING)]

    def start(self) -> None:
        """Begin sending."""
        self._begun = time.monotonic()
        for thread in self._threads:
            thread.start()

    @property
    def done(self) -> bool:
        """True once every command is answered, or the sender was told to stop."""
        return not any(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        """Give up what is not answered."""
        self._stop.set()
        with self._turn:
            self._turn.notify_all()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _work(self) -> None:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE)
        try:
            while (planned := self._next()) is not None:
                intent = {"intent": planned.id, "name": planned.name, "effects": [asdict(e) for e in planned.effects]}
                self._journal.note(intent)
                self._until_answered(connection, planned)
                self._release(planned)
        finally:
            connection.close()

    def _next(self) -> Planned | None:
        """The next command whose lane is free; None when there is none left."""
        with self._turn:
            while not self._stop.is_set():
                if self._freed:
                    self._flying += 1
                    return self._freed.popleft()
                due = self._rate is None or self._sent < (time.monotonic() - self._begun) * self._rate
                if self._left and due:
                    self._left -= 1
                    self._sent += 1
                    planned = next(self._plan)
                    if planned.lane in self._busy:
                        self._waiting.setdefault(planned.lane, deque()).append(planned)
                        continue
                    self._busy.add(planned.lane)
                    self._flying += 1
                    return planned
                if not self._left and not self._flying:
                    self._turn.notify_all()
                    return None
                self._turn.wait(0.05 if self._left else None)
        return None

    def _release(self, planned: Planned) -> None:
        with self._turn:
            self._flying -= 1
            waiting = self._waiting.get(planned.lane)
            if waiting:
                self._freed.append(waiting.popleft())
            else:
                self._busy.discard(planned.lane)
            self._turn.notify_all()

    def _until_answered(self, connection: http.client.HTTPConnection, planned: Planned) -> None:
        body = json.dumps({"occurred_on": planned.on, "data": planned.data}, ensure_ascii=False).encode()
        headers = {
            "Authorization": f"Bearer {self._bearer(planned.office)}",
            "Content-Type": "application/json",
            "Idempotency-Key": planned.id,
        }
        pause = 0.1
        while not self._stop.is_set():
            status, answer = self._once(connection, f"/api/v1/commands/{planned.name}", body, headers)
            self.answers[str(status)] += 1
            if status == 200:
                kept = {name: answer[name] for name in ("service", "position", "events", "repeated")}
                self._journal.note({"ack": planned.id, **kept})
                self.acknowledged += 1
                self.last_answer = time.monotonic()
                return
            if 400 <= status < 500:
                self._journal.note({"refused": planned.id, "status": status, "code": answer.get("code")})
                return
            self._stop.wait(pause)
            pause = min(pause * 1.5, 1.0)

    def _once(
        self, connection: http.client.HTTPConnection, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, dict[str, Any]]:
        """(status, JSON answer); status 0 where no answer came."""
        try:
            connection.request("POST", path, body, headers)
            reply = connection.getresponse()
            answer = json.loads(reply.read())
        except (OSError, http.client.HTTPException, ValueError):
            connection.close()
            return 0, {}
        return reply.status, answer
