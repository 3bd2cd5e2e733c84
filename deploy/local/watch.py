"""One watched process: started, asked how it is, started again when it has died or no longer answers.

Invariant: at most one child at a time. A process that lives but does not answer is ended before the next is started:
a hung service would otherwise keep its queues while nobody works on them.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from deploy.local.child import Child, Command

FIRST_DELAY: Final = 0.2  # seconds before the first restart; doubles with every further one
LONGEST_DELAY: Final = 10.0
CALM: Final = 30.0  # seconds without a death after which the delay starts small again
UNHEARD_PATIENCE: Final = 2.0  # seconds


class Answer(StrEnum):
    """What a probe found."""

    READY = "ready"
    ALIVE = "not ready"  # it answers and says that it cannot work yet
    SILENT = "silent"


Probe = Callable[[], Answer]


def http_probe(port: int, seconds: float = 2.0) -> Probe:
    """Ask /health/ready, and where that is not 200, /health/live."""

    def ask(path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def probe() -> Answer:
        if ask("/health/ready") == 200:
            return Answer.READY
        return Answer.ALIVE if ask("/health/live") == 200 else Answer.SILENT

    return probe


class Watch:
    """The life of one process, which has `grace` seconds to its first answer and may then be mute for `silence`."""

    def __init__(
        self,
        command: Command,
        data: Path,
        probe: Probe,
        *,
        grace: float = 60.0,
        silence: float = 15.0,
        every: float = 2.0,
    ) -> None:
        self.command = command
        self.health = "stopped"
        self.restarts = 0
        self.cause = ""
        self.answered = False  # ever, whichever child it was
        self.child: Child | None = None
        self._data, self._probe = data, probe
        every = min(every, silence / 4)  # several questions fit into one silence
        self._grace, self._silence, self._every = grace, silence, every
        self._failures = 0
        self._begun = self._heard = self._asked = self._due = 0.0
        self._asking: tuple[Child, Future[Answer]] | None = None

    def start(self) -> None:
        """Start the process now."""
        self.child = Child(self.command, self._data)
        self._begun = time.monotonic()
        self._heard, self._asked = 0.0, 0.0
        self.health = "starting"

    def tick(self, ask: Executor) -> None:
        """Look after it once: cheap, never waits for the process."""
        if self.child is None:
            if time.monotonic() >= self._due:
                self.restarts += 1
                self.start()
            return
        code = self.child.exit_code()
        if code is not None:
            self._lost(f"exit code {code}")
            return
        self._listen(self.child, ask)
        limit = self._silence if self._heard else self._grace
        if time.monotonic() - (self._heard or self._begun) > limit:
            self._lost(f"no answer for {limit:g} s")

    def ready(self) -> bool:
        """True if its last answer was that it can work."""
        return self.health == Answer.READY

    def stop(self) -> None:
        """Ask it to stop, wait, end it."""
        if self.child is not None:
            # One that never answered has nothing to finish, and RabbitMQ hears no signal while it boots.
            self.child.stop(None if self._heard else UNHEARD_PATIENCE)
        self.child, self.health = None, "stopped"

    def describe(self) -> dict[str, Any]:
        """Name, pid, health, restarts and last cause of one, as shown by `paizhu status`."""
        port = self.command.env.get("PAIZHU_HEALTH_PORT")
        return {
            "name": self.command.name,
            "pid": self.child.pid if self.child else None,
            "health": self.health,
            "restarts": self.restarts,
            "metrics": f"http://127.0.0.1:{port}/metrics"
            if (port := self.command.env.get("PAIZHU_HEALTH_PORT"))
            else "",
            "cause": self.cause,
            "log": str(self._data / "logs" / f"{self.command.name}.log"),
        }

    def _listen(self, child: Child, ask: Executor) -> None:
        now = time.monotonic()
        if self._asking is not None and self._asking[1].done():
            asked, future = self._asking
            self._asking = None
            if asked is child:  # an answer of the child before this one says nothing
                self._take(future.result(), now)
        pause = self._every if self.ready() else 0.2
        if self._asking is None and now - self._asked >= pause:
            self._asked = now
            self._asking = (child, ask.submit(self._probe))

    def _take(self, answer: Answer, now: float) -> None:
        if answer is not Answer.SILENT:
            self._heard, self.answered = now, True
            self.health = str(answer)
        elif self._heard:
            self.health = str(answer)

    def _lost(self, cause: str) -> None:
        if self.child is not None:
            self.child.kill()
        self.child = None
        now = time.monotonic()
        self._failures = 0 if now - self._begun > CALM else self._failures + 1
        self._due = now + min(FIRST_DELAY * 2 ** max(self._failures - 1, 0), LONGEST_DELAY)
        self.health = "restarting"
        self.cause = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {cause}"
