"""The supervisor: brings a system up in order, keeps it up, takes it down in reverse order.

Invariant: whatever way it ends (signal, failure, success), everything it started has ended; if it is killed itself, the
kernel ends its children, and the next start ends what is left of them after proving that it is theirs.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from deploy import databases, layout
from deploy import keys as key_files
from deploy.local import broker, child, ports, processes, state
from deploy.local.child import Command
from deploy.local.postgres import Postgres
from deploy.local.rabbit import Rabbit
from deploy.local.rotation import rotate
from deploy.local.servers import GivenBroker, GivenDatabase, Server, StartFailed, given_broker, given_database
from deploy.local.watch import Answer, Watch, http_probe
from deploy.passwords import password_of

TICK: Final = 0.1
TRIES: Final = 3
"""How often a process is started again that never answered: what hinders it then is not chance."""


class Stopped(Exception):
    """Somebody asked the supervisor to stop while it was starting."""


class Supervisor:
    """One system in one data directory. run() returns when it is asked to stop."""

    def __init__(
        self,
        data: Path,
        parts: Sequence[layout.Part] = layout.PARTS,
        command: Callable[[layout.Part, Mapping[str, str]], Command] = processes.command,
        *,
        silence: float = 15.0,
    ) -> None:
        self.data = data.resolve()
        self._parts = parts
        self._command = command
        self._silence = silence  # seconds a process may be mute before it is started anew
        self._servers: list[Watch] = []
        self._processes: list[Watch] = []
        self._stop = threading.Event()
        self._state: dict[str, Any] = {}
        self._written: dict[str, Any] = {}

    def stop(self, *_: object) -> None:
        """Ask run() to end; usable as a signal handler."""
        self._stop.set()

    def run(self) -> None:
        """Start everything and watch over it until asked to stop. Raises AlreadyRunning, NotOurs, StartFailed."""
        state.claim(self.data)
        with state.hold(self.data):
            earlier = state.load(self.data)
            block = ports.reserve((*Postgres.ports, *Rabbit.ports, *processes.PORTS), earlier.get("ports_from"))
            self._state = {
                "status": "starting",
                "supervisor": child.identity(os.getpid()),
                "ports_from": block.base,
                "namespace": earlier.get("namespace") or secrets.token_hex(4),
                "province": layout.served(earlier.get("province")),
            }
            with ThreadPoolExecutor(8, "probe") as ask:
                try:
                    self._start(processes.placed(block.ports), ask)
                    self._watch(ask)
                except Stopped:
                    pass
                finally:
                    self._end()
                    block.close()

    def _start(self, port: dict[str, int], ask: ThreadPoolExecutor) -> None:
        end_leftovers(self.data)
        database = given_database() or Postgres(self.data, port)
        province = self._state["province"]
        cities = layout.cities(province)
        rabbit = given_broker() or Rabbit(self.data, port, cities)
        for server in (database, rabbit):
            if not isinstance(server, GivenDatabase | GivenBroker):
                self._start_server(server)
        first = [watch for watch in self._servers if watch.command.name == Postgres.name]
        self._wait(lambda: all(watch.ready() for watch in first), ask)
        shared = isinstance(database, GivenDatabase)
        made = databases.provision(
            database.url,
            databases.derived(password_of(self.data, "roles")),
            namespace=self._state["namespace"] if shared else "",
        )
        self._wait(lambda: all(watch.ready() for watch in self._servers), ask)
        if isinstance(rabbit, GivenBroker):
            broker.forget_others(rabbit.url, self._state["namespace"], cities)
        keys = self.data / "keys"
        key_files.make(keys, province)
        self._state |= {
            "gateway": f"http://127.0.0.1:{port['http']}",
            "broker": rabbit.url,
            "subscribers": {city: rabbit.city_url(city) for city in cities},
            "databases": {name: found.url for name, found in made.items()},
            "auditors": {name: found.auditor_url for name, found in made.items()},
            "security": made["personnel"].security_url,
            "keys": str(keys),
        }
        for part in self._parts:
            env = processes.environment(part, made[part.database].address(part.role), rabbit.url, port, keys, province)
            probe = http_probe(port[f"health:{part.name}"])
            watch = Watch(self._command(part, env), self.data, probe, silence=self._silence)
            self._processes.append(watch)
            watch.start()

    def _start_server(self, server: Server) -> None:
        server.prepare()
        for command in server.commands():
            is_main = command.name == server.name
            probe = (lambda: Answer.READY if server.ready() else Answer.SILENT) if is_main else (lambda: Answer.READY)
            watch = Watch(command, self.data, probe, grace=server.seconds_to_start, silence=30.0, every=5.0)
            self._servers.append(watch)
            watch.start()

    def _wait(self, until: Callable[[], bool], ask: ThreadPoolExecutor) -> None:
        while not until():
            self._round(ask)

    def _watch(self, ask: ThreadPoolExecutor) -> None:
        try:
            while True:
                ready = all(watch.ready() for watch in (*self._servers, *self._processes))
                self._state["status"] = "ready" if ready else "not ready" if self._was_ready() else "starting"
                self._round(ask)
        except Stopped:
            return

    def _was_ready(self) -> bool:
        return self._written.get("status") in ("ready", "not ready")

    def _round(self, ask: ThreadPoolExecutor) -> None:
        for watch in (*self._servers, *self._processes):
            watch.tick(ask)
            rotate(self.data / "logs" / f"{watch.command.name}.log")
            if watch.restarts >= TRIES and not watch.answered:
                raise StartFailed(f"{watch.command.name} does not start ({watch.cause}), see {watch.describe()['log']}")
        rotate(self.data / "logs" / "supervisor.log")
        self._write()
        if self._stop.wait(TICK):
            raise Stopped

    def _write(self) -> None:
        watched = [watch.describe() for watch in (*self._servers, *self._processes)]
        found = self._state | {"processes": watched}
        if found != self._written:
            state.save(self.data, found)
            self._written = found

    def _end(self) -> None:
        self._state["status"] = "stopping"
        self._write()
        for watch in reversed(self._processes):
            if watch.child is not None:
                watch.child.ask_to_stop()  # all at once: they do not depend on each other's end
        for watch in (*reversed(self._processes), *reversed(self._servers)):
            watch.stop()
        self._state["status"] = "stopped"
        self._write()


def supervise(data: Path, parts: Sequence[layout.Part]) -> None:
    """Be the supervisor of a system until SIGINT, SIGTERM or SIGHUP. Raises as ``Supervisor.run`` does."""
    os.umask(child.PRIVATE)
    supervisor = Supervisor(data, parts)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, supervisor.stop)
    supervisor.run()


def end_leftovers(data: Path) -> list[str]:
    """End what a killed supervisor of this data directory left running; gives the names. Call while holding it."""
    left = [path.stem for path in sorted((data / "pids").glob("*.json"))]
    own = [name for name in left if name != "supervisor"]
    servers = [name for name in ("rabbitmq", "epmd", "postgres") if name in own]
    return [name for name in (*(n for n in own if n not in servers), *servers) if child.end_stale(data, name)]


def wipe(data: Path) -> None:
    """Empty a data directory for a fresh start. Raises AlreadyRunning, and NotOurs if it holds anything else."""
    state.claim(data)
    with state.hold(data):
        end_leftovers(data)
        for entry in data.iterdir():
            if entry.name != state.LOCK:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
