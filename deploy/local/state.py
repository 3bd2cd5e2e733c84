"""What a data directory remembers of its system, and who holds it: `system.json`, the owner's alone, and `lock`."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

from deploy import private_file
from deploy.faults import CannotRun
from deploy.local import place

STATE = "system.json"
LOCK = "lock"


class AlreadyRunning(CannotRun):
    """Somebody else holds the data directory: a system already runs in it."""

    def __init__(self, data: Path) -> None:
        super().__init__(f"a system already runs in {data}; `paizhu down --data {shlex.quote(str(data))}` stops it")


class NotOurs(CannotRun):
    """A directory that holds other things than a system; it is left as it is."""


def load(data: Path) -> dict[str, Any]:
    """The last state written, {} when there is none."""
    return private_file.read(data / STATE)


def save(data: Path, state: dict[str, Any]) -> None:
    """Replace the state as a whole."""
    private_file.write(data / STATE, state)


def is_one(data: Path) -> bool:
    """Whether ``data`` was ever the directory of a system."""
    return any((data / name).exists() for name in (LOCK, STATE))


def claim(data: Path) -> str:
    """Make `data` the directory of a system, if it is empty or one already; gives what was mended of it, or "".

    Raises NotOurs, and Foreign where another user has a hand in it.
    """
    place.made(data)
    if not is_one(data) and any(data.iterdir()):
        raise NotOurs(f"{data} is not the data directory of a system; it is left as it is")
    mended = place.closed(data)
    os.close(_lock_file(data, LOCK))
    return mended


@contextmanager
def hold(data: Path, name: str = LOCK) -> Iterator[None]:
    """Hold the data directory for the life of the block.

    Raises AlreadyRunning when another process (or thread) holds it, Foreign where another user has a hand in it. The
    kernel gives the lock back when the holder dies, however it dies.
    """
    place.made(data)
    place.closed(data)
    handle = _lock_file(data, name)
    try:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(data) from None
        yield
    finally:
        os.close(handle)


def _lock_file(data: Path, name: str) -> int:
    return os.open(data / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
