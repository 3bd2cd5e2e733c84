"""Processes killed one after the other while something runs."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.system import System

KILLED = ("allocation", "personnel-relay", "gateway", "attendance-reactor", "feeds", "attendance", "public-relay")
BETWEEN = 4.0  # seconds: long enough for the last one to be back


def killed_now(pid: int | None) -> bool:
    """True where a process of this id was there to be killed; it may have ended by itself meanwhile."""
    if pid is None:
        return False
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def killing(data: Path) -> Iterator[list[str]]:
    """Kill the processes of KILLED one after the other while the block runs; gives those that were killed."""
    killed: list[str] = []
    done = threading.Event()

    def kill() -> None:
        system = System(data)
        while not done.is_set() and not (data.exists() and system.state.get("status") == "ready"):
            done.wait(0.2)
        for name in KILLED:
            if done.wait(BETWEEN):
                return
            if killed_now(system.process(name).pid):
                killed.append(name)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        done.set()
        thread.join()
