"""What a data directory remembers: `system.json` (state) and `secrets.json` (passwords).

Invariant: a reader sees the old file or the new one, never a half-written one; nobody but the owner is a reader, since
the addresses in the state carry passwords.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

from deploy.local.faults import CannotRun

STATE = "system.json"
SECRETS = "secrets.json"
LOCK = "lock"


class AlreadyRunning(CannotRun):
    """Somebody else holds the data directory: a system already runs in it."""


class NotOurs(CannotRun):
    """A directory that holds other things than a system; it is left as it is."""


def load(data: Path) -> dict[str, Any]:
    """The last state written, {} when there is none."""
    return _read(data / STATE)


def save(data: Path, state: dict[str, Any]) -> None:
    """Replace the state as a whole."""
    _write(data / STATE, state)


def password(data: Path, name: str) -> str:
    """The password called `name`, generated at first use and kept; only the holder of the directory may call this."""
    known = _read(data / SECRETS)
    if name not in known:
        known[name] = secrets.token_urlsafe(24)
        _write(data / SECRETS, known)
    return str(known[name])


def claim(data: Path) -> None:
    """Make `data` the directory of a system, if it is empty or one already. Raises NotOurs."""
    data.mkdir(parents=True, exist_ok=True)
    if not (data / LOCK).exists() and any(data.iterdir()):
        raise NotOurs(f"{data} is not the data directory of a system; it is left as it is")
    (data / LOCK).touch()


@contextmanager
def hold(data: Path, name: str = LOCK) -> Iterator[None]:
    """Hold the data directory for the life of the block.

    Raises AlreadyRunning when another process (or thread) holds it. The kernel gives the lock back when the holder
    dies, however it dies.
    """
    data.mkdir(parents=True, exist_ok=True)
    handle = os.open(data / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"a system already runs in {data}; `paizhu down --data {data}` stops it") from None
        yield
    finally:
        os.close(handle)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f"{path} does not hold a JSON object")
    return found


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(content, out, indent=1, ensure_ascii=False)
            out.write("\n")
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
