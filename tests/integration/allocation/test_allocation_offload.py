"""While a plan of placement is worked out the service answers everybody else."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kernel.bus.rpc import Away
from kernel.switchboard import Switchboard
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import LN2018, PROVINCE, publish
from tests.kit.databases import fresh
from tests.kit.desk import Desk
from tests.kit.waiting import BOUND, eventually

ROOT = Path(__file__).parents[3]


@pytest.fixture
def board(postgres_server: Any, rabbit_server: Any, tmp_path: Path) -> Iterator[Switchboard]:
    """Calls to the held service as a process of its own, in whose log the profile of 2018 stands."""
    with fresh(postgres_server.url, "allocation") as made:
        desk = Desk(SERVICE, made["allocation"], tmp_path)
        publish(desk, PROVINCE, LN2018, "2018-04-16")
        desk.close()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        env = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HELD_IN": str(tmp_path), "PAIZHU_KEYS": str(tmp_path)}
        env |= {"PAIZHU_DB": made["allocation"].url, "PAIZHU_AMQP": rabbit_server.url, "PAIZHU_HEALTH_PORT": str(port)}
        target = "tests.kit.allocation.held:Allocation"
        process = subprocess.Popen([sys.executable, "-m", "kernel.nameko_host", target], cwd=ROOT, env=env)
        calls = Switchboard(rabbit_server.url, name="test", timeout=BOUND)
        try:
            eventually(lambda: answers(calls))
            yield calls
        finally:
            calls.close()
            process.kill()
            process.wait()


def ask(board: Switchboard, query: str) -> dict[str, Any]:
    request = {"query": query, "params": {"programme": LN2018}, "actor": asdict(PROVINCE)}
    return dict(board.call("allocation", "query", request))


def answers(board: Switchboard) -> bool:
    try:
        return "items" in ask(board, "targets")
    except Away:
        return False


def test_a_question_that_comes_during_the_solving_is_answered_before_it_ends(
    board: Switchboard, tmp_path: Path
) -> None:
    order: list[str] = []

    def asked(query: str) -> dict[str, Any]:
        answer = ask(board, query)
        order.append(query)
        return answer

    with ThreadPoolExecutor(2) as threads:
        plan = threads.submit(asked, "placement_plan")
        try:
            eventually((tmp_path / "started").exists)
            assert threads.submit(asked, "figures").result(BOUND)["items"][0]["programme"] == LN2018
        finally:
            (tmp_path / "go-on").touch()
        assert plan.result(BOUND)["total"] == 0
    assert order == ["figures", "placement_plan"]
