"""Kills processes with SIGKILL, as a seed says: which, in which order, at which point of the load.

Invariant: every kind of process is among the victims, and only processes of the system under test are: the supervisor's
children by their pids, PostgreSQL's by their parent.
"""

from __future__ import annotations

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from demo.subscribers import Subscribers
from deploy import layout
from deploy.local import child
from deploy.local.system import System

BACKEND: Final = "postgres-backend"
_SUBSCRIBER: Final = "subscriber-"
_SERVERS: Final = ("postgres", BACKEND, "rabbitmq")
_COMES_BACK_WITHIN: Final = 60.0


def kind_of(name: str) -> str:
    """The kind of a process by its name: service, relay, reactor, checkpointer, or its own."""
    if name.startswith(_SUBSCRIBER):
        return "subscriber"
    part = next((part for part in layout.PARTS if part.name == name), None)
    return part.arguments[0] if part else name


def schedule(seed: int, kills: int, commands: int, cities: tuple[str, ...]) -> list[tuple[int, str]]:
    """(acknowledged commands, victim) for each kill, in order.

    One kill in twelve is of a server; of the others every process has its turn before any has its next.
    """
    chance = random.Random(seed)
    parts = [*(part.name for part in layout.PARTS), *(f"{_SUBSCRIBER}{city}" for city in cities)]
    victims: list[str] = []
    turn: list[str] = []
    servers: list[str] = []
    for number in range(kills):
        pool, names = (servers, _SERVERS) if number % 12 == 6 else (turn, parts)
        if not pool:
            pool += chance.sample(list(names), len(names))
        victims.append(pool.pop())
    return [(int((n + chance.random()) * commands / (kills + 1)), victim) for n, victim in enumerate(victims)]


class Killer:
    """Follows a schedule while ``acknowledged`` rises; ``killed`` counts by kind."""

    def __init__(
        self,
        system: System,
        subscribers: Subscribers,
        plan: list[tuple[int, str]],
        acknowledged: Callable[[], int],
        seed: int,
    ) -> None:
        self._system, self._subscribers, self._plan = system, subscribers, plan
        self._acknowledged = acknowledged
        self._chance = random.Random(seed)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.killed: Counter[str] = Counter()
        self.missed: list[str] = []
        """Victims that had not come back when their next turn came, with the time they were given."""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def done(self) -> bool:
        """True once the schedule is through."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Kill no more."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        for at, victim in self._plan:
            while self._acknowledged() < at:
                if self._stop.wait(0.02):
                    return
            waited = 0.0
            while not self._kill(victim):
                waited += 0.1
                if waited > _COMES_BACK_WITHIN:
                    self.missed.append(victim)
                    break
                if self._stop.wait(0.1):
                    return
            else:
                self.killed[kind_of(victim)] += 1

    def _kill(self, victim: str) -> bool:
        """Kill ``victim``; False where it does not run just now."""
        if victim.startswith(_SUBSCRIBER):
            city = victim.removeprefix(_SUBSCRIBER)
            self._subscribers.kill(city)
            self._subscribers.start(city)
            return True
        known = child.read_note(self._system.data, "postgres" if victim == BACKEND else victim)
        if not child.is_alive(known):  # the supervisor has not heard of its death yet, or not started it anew
            return False
        pid = known["pid"]
        if victim == BACKEND:
            backends = _backends(pid)
            if not backends:
                return False
            pid = self._chance.choice(backends)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            return True
        return False


def _backends(postmaster: int) -> list[int]:
    """The processes of PostgreSQL that serve a session of ours."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = status.read_text(errors="replace").rpartition(")")[2].split()
            if int(fields[1]) == postmaster and b"paizhu_" in (status.parent / "cmdline").read_bytes():
                found.append(int(status.parent.name))
    return sorted(found)
