"""A port that is somebody else's: said at once, by number and holder, before anything is started."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deploy.local import processes
from deploy.local.child import Command
from deploy.local.ports import PortTaken
from deploy.local.servers import StartFailed
from deploy.local.supervisor import TRIES, Supervisor
from deploy.local.watch import Answer, Watch
from tests.kit.waiting import BOUND

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port below those the kernel lends, on which this process listens."""
    with socket.socket() as listening:
        for port in range(19_000, 19_900):
            try:
                listening.bind(("127.0.0.1", port))
            except OSError:
                continue
            break
        listening.listen()
        yield listening.getsockname()[1]


def test_the_holder_of_a_port_is_named(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIZHU_HTTP_PORT", str(taken))
    with pytest.raises(PortTaken) as refused:
        processes.placed({"http": 20_000})
    assert f"port {taken} (PAIZHU_HTTP_PORT) is in use by " in str(refused.value)
    assert f"(pid {os.getpid()})" in str(refused.value)


def test_up_says_so_at_once_and_starts_nothing(taken: int, tmp_path: Path) -> None:
    data = tmp_path / "system"
    for more in ((), ("--foreground",)):
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", "up", "--data", str(data), *more],
            cwd=ROOT,
            env={**os.environ, "PAIZHU_HTTP_PORT": str(taken)},
            capture_output=True,
            text=True,
            timeout=BOUND,
        )
        assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (1, "", False)
        assert f"port {taken} (PAIZHU_HTTP_PORT) is in use by" in done.stderr
    assert sorted(path.name for path in (data / "logs").iterdir()) == ["supervisor.log"]


def test_a_process_that_never_answers_is_not_started_for_ever(tmp_path: Path) -> None:
    command = Command("mute", (sys.executable, "-c", "raise SystemExit(7)"), {}, tmp_path)
    watch = Watch(command, tmp_path, lambda: Answer.SILENT)
    supervisor = Supervisor(tmp_path)
    supervisor._processes.append(watch)
    watch.start()
    with ThreadPoolExecutor(1) as ask, pytest.raises(StartFailed) as failed:
        supervisor._wait(lambda: False, ask)
    watch.stop()
    assert watch.restarts == TRIES
    assert "mute does not start (" in str(failed.value)
    assert str(tmp_path / "logs" / "mute.log") in str(failed.value)
    assert "exit code 7" in str(failed.value)
