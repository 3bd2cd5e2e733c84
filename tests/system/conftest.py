"""One small run of the demo for all system tests.

One process of every kind is ended with SIGKILL while the demo runs. The supervisor brings each back, and the figures
must be what they are without a kill.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from deploy.demo.cli import play
from deploy.demo.performances import PERFORMANCES
from deploy.local.system import System

KILLED = ("allocation", "personnel-relay", "gateway", "attendance-reactor", "feeds", "attendance", "public-relay")
BETWEEN = 4.0  # seconds: long enough for the last one to be back


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
            pid = system.process(name).pid
            if pid is not None:
                os.kill(pid, signal.SIGKILL)
                killed.append(name)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        done.set()
        thread.join()


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], list[str]]:
    """A small run: its data directory, its summary, and what was killed meanwhile."""
    data = tmp_path_factory.mktemp("demo") / "system"
    with killing(data) as killed:
        return data, play(data, PERFORMANCES["small"], Console(quiet=True)), killed
