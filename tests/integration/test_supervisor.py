"""The supervisor: brings back what dies and what hangs, leaves nothing behind, cleans up after a killed one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.local import child, state, supervisor
from deploy.local.system import System
from tests.kit.waiting import BOUND, eventually

ROOT = Path(__file__).parents[2]


def launch(data: Path) -> Any:
    script = ROOT / "tests" / "kit" / "small_system.py"
    env = dict(os.environ) | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, str(script), str(data)], cwd=ROOT, env=env)
    system = System(data)
    eventually(lambda: process.poll() is not None or (system.is_up() and system.state["status"] == "ready"))
    assert process.poll() is None
    return process, system


@pytest.fixture(scope="module")
def up(data: Path) -> Iterator[Any]:
    folder = data / "small"
    process, system = launch(folder)
    yield system
    identities = [child.identity(p.pid) for p in system.processes]
    assert len(identities) == len(system.processes) >= 2
    process.send_signal(signal.SIGTERM)
    assert process.wait(BOUND) == 0
    assert [known for known in identities if child.is_alive(known)] == []
    assert system.state["status"] == "stopped"
    assert list((folder / "pids").iterdir()) == []


@pytest.mark.parametrize(
    ("number", "cause"), [(signal.SIGKILL, "exit code -9"), (signal.SIGSTOP, "no answer for 10 s")]
)
def test_a_process_comes_back(up: Any, number: int, cause: Any) -> None:
    before = up.process("personnel")
    others = [p.pid for p in up.processes if p.name != "personnel"]
    os.kill(before.pid, number)
    eventually(lambda: up.process("personnel").restarts > before.restarts and up.state["status"] == "ready")
    after = up.process("personnel")
    assert after.pid != before.pid
    assert after.cause.endswith(cause)
    assert [p.pid for p in up.processes if p.name != "personnel"] == others
    assert not Path(f"/proc/{before.pid}").exists()


@pytest.mark.skipif("PAIZHU_DATABASE_URL" in os.environ, reason="the database server is not ours to kill")
def test_the_database_server_comes_back(up: Any) -> None:
    before = up.process("postgres")
    os.kill(before.pid, signal.SIGKILL)
    eventually(lambda: up.process("postgres").restarts > before.restarts and up.state["status"] == "ready")
    assert up.process("postgres").pid != before.pid


def test_a_killed_supervisor_leaves_nothing_that_the_next_start_does_not_end(data: Path) -> None:
    folder = data / "killed"
    process, system = launch(folder)
    identities = [child.identity(p.pid) for p in system.processes]
    process.kill()
    process.wait()
    assert system.state["status"] == "stopped"
    second, system = launch(folder)
    assert [known for known in identities if child.is_alive(known)] == []
    second.send_signal(signal.SIGTERM)
    assert second.wait(BOUND) == 0


def test_a_directory_that_is_not_a_system_is_never_wiped(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    for touch in (supervisor.wipe, state.claim, lambda data: supervisor.Supervisor(data).run()):
        with pytest.raises(state.NotOurs, match="is not the data directory of a system"):
            touch(tmp_path)
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("letter.txt", "mine")]


def test_a_start_that_was_cut_short_can_be_wiped(tmp_path: Path) -> None:
    data = tmp_path / "system"
    state.claim(data)
    (data / "logs").mkdir()
    supervisor.wipe(data)
    assert [p.name for p in data.iterdir()] == [state.LOCK]
