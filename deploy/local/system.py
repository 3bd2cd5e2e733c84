"""A system seen from outside: bring it up, ask how it is, take it down.

    with running(Path("var/demo"), fresh=True) as system:
        requests.get(system.gateway_url + "/health/ready")
        system.process("allocation").pid

The supervisor is always a process of its own, so that whoever uses a system can be busy, or be killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from types import MappingProxyType
from typing import Any, Final

from deploy import ROOT, private_file
from deploy.layout import PROVINCE
from deploy.local import child, place, state
from deploy.local.child import Child, Command
from deploy.local.processes import ADMISSION, PACE
from deploy.local.servers import StartFailed
from deploy.local.supervisor import end_leftovers, wipe

READY_WITHIN: Final = 180.0
STOPPED_WITHIN: Final = 90.0
TOLD: Final = (
    "PATH",
    "HOME",
    "LANG",
    "TZ",
    "SSL_CERT_FILE",
    "PAIZHU_HTTP_PORT",
    "PAIZHU_PROVINCE",
    "PAIZHU_DATABASE_URL",
    "PAIZHU_AMQP_URL",
    "PAIZHU_LOG_LEVEL",
    "PAIZHU_WORKERS",
    "PAIZHU_CIPHER",
    "PAIZHU_MASTER_KEY",
    *PACE,
    *ADMISSION,
)

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})

Progress = Callable[["System"], None]


@dataclass(frozen=True)
class Process:
    """One process as the supervisor last saw it. health: ready, not ready, silent, starting, restarting or stopped.

    ``metrics`` is where it tells what it measures, "" for the servers.
    """

    name: str
    pid: int | None
    health: str
    restarts: int
    cause: str
    log: str
    metrics: str = ""


@dataclass(frozen=True)
class System:
    """The system of one data directory. Every property reads the state anew."""

    data: Path

    @property
    def state(self) -> dict[str, Any]:
        """The supervisor's last report; its status is `stopped` when no supervisor lives."""
        found = state.load(self.data)
        if not self.is_up():
            found["status"] = "stopped"
            found["processes"] = [p | {"pid": None, "health": "stopped"} for p in found.get("processes", [])]
        return found

    def is_up(self) -> bool:
        """True while the supervisor that wrote the state lives."""
        return child.is_alive(state.load(self.data).get("supervisor", {}))

    @property
    def province(self) -> str:
        """The two figures of the province that the system serves."""
        return str(state.load(self.data).get("province", PROVINCE))

    @property
    def gateway_url(self) -> str:
        """Where the gateway answers, without a slash at the end."""
        return str(state.load(self.data)["gateway"])

    @property
    def amqp_url(self) -> str:
        """The broker, as Paizhu's own user."""
        return str(state.load(self.data)["broker"])

    def city_amqp_url(self, city: str) -> str:
        """The broker, as the subscriber of a city (4-digit code)."""
        return str(state.load(self.data)["subscribers"][city])

    def database_url(self, service: str) -> str:
        """The database of a service (or `gateway`), as its application role."""
        return str(state.load(self.data)["databases"][service])

    def auditor_url(self, service: str) -> str:
        """The database of a service (or `gateway`), as one who may only read log and read models."""
        return str(state.load(self.data)["auditors"][service])

    @property
    def security_url(self) -> str:
        """The database of personal data's keys, as the role that rewraps them."""
        return str(state.load(self.data)["security"])

    @property
    def keys(self) -> Path:
        """The directory of the system's keys (token signing, personal data)."""
        return Path(state.load(self.data)["keys"])

    @property
    def processes(self) -> list[Process]:
        """All processes, servers first, in the order they start."""
        return [Process(**entry) for entry in self.state.get("processes", [])]

    def process(self, name: str) -> Process:
        """One process by name, such as `allocation`, `allocation-relay`, `gateway`. Raises KeyError."""
        for found in self.processes:
            if found.name == name:
                return found
        raise KeyError(f"no process {name} in {self.data}")

    def wait_ready(self, seconds: float = READY_WITHIN, progress: Progress | None = None) -> None:
        """Wait until every process is ready. Raises StartFailed, naming those that are not."""
        deadline = time.monotonic() + seconds
        while self.state.get("status") != "ready":
            if progress is not None:
                progress(self)
            if time.monotonic() > deadline:
                late = [f"{p.name}: {p.health} {p.cause}, see {p.log}" for p in self.processes if p.health != "ready"]
                raise StartFailed(f"not ready after {seconds:g} s:\n" + "\n".join(late))
            time.sleep(0.1)


def start(data: Path, services: Collection[str] | None = None, progress: Progress | None = None) -> System:
    """Bring a system up and leave it running. Raises AlreadyRunning, NotOurs, StartFailed."""
    state.claim(data)
    system = System(data.resolve())
    if system.is_up():
        raise state.AlreadyRunning(data)
    command = _supervisor(system.data, services)
    log = _log(system.data)
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    said = _size(log)
    with private_file.appended(log) as out:
        process = subprocess.Popen(
            command.argv,
            env=dict(command.env),
            cwd=command.cwd,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            umask=child.PRIVATE,
            start_new_session=True,
        )
    try:
        _await(system, process.poll, progress, said)
    except BaseException:
        process.send_signal(SIGTERM)
        process.wait(STOPPED_WITHIN)
        raise
    process.returncode = 0  # it goes on without us; nothing to wait for
    return system


def stop(data: Path) -> bool:
    """Take a system down, or end what a killed supervisor left. False if there was nothing. Raises RuntimeError."""
    if not data.exists():
        return False
    place.made(data)  # whoever plants a directory must not choose what is ended
    if not state.is_one(data):  # a directory of somebody's that was named by mistake
        return False
    system = System(data.resolve())
    if not system.is_up():
        with state.hold(system.data):
            return bool(end_leftovers(system.data))
    known = state.load(system.data).get("supervisor", {})
    if child.is_alive(known):
        os.kill(known["pid"], SIGTERM)
    deadline = time.monotonic() + STOPPED_WITHIN
    while system.is_up():
        if time.monotonic() > deadline:
            raise RuntimeError(f"the system in {data} did not stop within {STOPPED_WITHIN:g} s")
        time.sleep(0.1)
    return True


@contextmanager
def running(
    data: Path,
    services: Collection[str] | None = None,
    *,
    fresh: bool = False,
    progress: Progress | None = None,
    told: Mapping[str, str] = NOTHING,
) -> Iterator[System]:
    """A system for the life of the block; it ends with the block, or with this process.

    `fresh` removes what the data directory held. `services` limits it to the named ones (`gateway` is one of them).
    `told` are settings besides those of the environment. Raises AlreadyRunning, NotOurs, StartFailed.
    """
    state.claim(data)
    system = System(data.resolve())
    if system.is_up():
        raise state.AlreadyRunning(data)
    if fresh:
        wipe(system.data)
    said = _size(_log(system.data))
    supervisor = Child(_supervisor(system.data, services, told), system.data)
    try:
        _await(system, supervisor.exit_code, progress, said)
        yield system
    finally:
        supervisor.stop()


def _supervisor(data: Path, services: Collection[str] | None, told: Mapping[str, str] = NOTHING) -> Command:
    argv = (sys.executable, "-m", "deploy.local", str(data), *(services or ()))
    env = {name: os.environ[name] for name in TOLD if name in os.environ} | {"PYTHONPATH": str(ROOT), **told}
    return Command("supervisor", argv, env, ROOT, last_signal=SIGTERM, patience=STOPPED_WITHIN)


def _log(data: Path) -> Path:
    return data / "logs" / "supervisor.log"


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _await(system: System, ended: Callable[[], int | None], progress: Progress | None, said: int) -> None:
    def look(found: System) -> None:
        if ended() is not None:
            log = _log(system.data).read_bytes()[said:].decode(errors="replace")  # what it said this time
            raise StartFailed("the supervisor ended at start:\n" + "\n".join(log.splitlines()[-12:]))
        if progress is not None:
            progress(found)

    system.wait_ready(progress=look)
