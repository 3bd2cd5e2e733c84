"""A process we start: its command, its log, its identity, its end.

Invariant: a signal goes only to a process proved to be ours: by being our unreaped child, or by pid and start time
together. A child does not outlive its parent: the kernel sends it `last_signal` when the parent dies.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from deploy import private_file

PRIVATE: Final = 0o077
"""The umask of everything that is started: what it makes is for its own user."""


@dataclass(frozen=True)
class Command:
    """How to start one process. `last_signal` is what it gets if its parent dies; `stop_signal` when asked to end."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    user: Sequence[str] = ()  # setpriv options for another user
    stop_signal: signal.Signals = signal.SIGTERM
    last_signal: signal.Signals = signal.SIGKILL
    patience: float = 10.0  # seconds between stop_signal and SIGKILL


class Child:
    """A running process of a data directory: output goes to `logs/<name>.log`, its identity to `pids/<name>.json`."""

    def __init__(self, command: Command, data: Path) -> None:
        self.command = command
        self.log = data / "logs" / f"{command.name}.log"
        self.log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # setpriv sets the parent-death signal and then becomes the program, so the pid is the program's own.
        prefix = ["setpriv", *command.user, "--pdeathsig", command.last_signal.name.removeprefix("SIG"), "--"]
        with private_file.appended(self.log) as out:
            self._process = subprocess.Popen(
                [*prefix, *command.argv],
                env=dict(command.env),
                cwd=command.cwd,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                umask=PRIVATE,
                start_new_session=True,  # Ctrl-C reaches us alone, and we stop the others in order
            )
        self.pid = self._process.pid
        self._note = write_note(data, command.name, identity(self.pid) | {"signal": int(command.stop_signal)})

    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll()

    def kill(self) -> None:
        """End it at once."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._note.unlink(missing_ok=True)

    def ask_to_stop(self) -> None:
        """Send its stop signal and return."""
        if self._process.poll() is None:
            self._process.send_signal(self.command.stop_signal)

    def stop(self, patience: float | None = None) -> None:
        """Ask it to stop, wait `patience` seconds (its command's by default), then end it."""
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(self.command.patience if patience is None else patience)
        self.kill()

    def last_words(self, lines: int = 12) -> str:
        """The end of its log, for a message that says why it failed."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def identity(pid: int) -> dict[str, Any]:
    """What tells this process from a later one with the same pid: the boot and the start time in clock ticks."""
    return {"pid": pid, "started": _start_ticks(pid), "boot": _boot()}


def write_note(data: Path, name: str, known: Mapping[str, Any]) -> Path:
    """Keep the identity of the data directory's process `name`, with the signal that ends it."""
    note = _note(data, name)
    private_file.replace(note, json.dumps(dict(known)))
    return note


def read_note(data: Path, name: str) -> dict[str, Any]:
    """The identity kept for `name`, {} if there is none or its writer was killed in the middle of it."""
    try:
        known = json.loads(_note(data, name).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return dict(known)


def _note(data: Path, name: str) -> Path:
    return data / "pids" / f"{name}.json"


def is_alive(known: Mapping[str, Any]) -> bool:
    """True if the process of this identity still runs."""
    pid, started = known.get("pid"), known.get("started")
    return pid is not None and started is not None and known.get("boot") == _boot() and _start_ticks(pid) == started


def end_stale(data: Path, name: str, patience: float = 10.0) -> bool:
    """End the process `name` that an earlier, killed holder of the data directory left running. True if there was one.

    Raises RuntimeError when it does not end.
    """
    known = read_note(data, name)
    found = is_alive(known)
    for number in (known.get("signal", signal.SIGTERM), signal.SIGKILL):
        deadline = time.monotonic() + patience
        if is_alive(known):
            with contextlib.suppress(ProcessLookupError):
                os.kill(known["pid"], number)
        while is_alive(known) and time.monotonic() < deadline:
            time.sleep(0.05)
    if is_alive(known):
        raise RuntimeError(f"{name}, pid {known['pid']}, left over from an earlier start, does not end")
    _note(data, name).unlink(missing_ok=True)
    return found


def _start_ticks(pid: int) -> int | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else int(fields[19])


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
