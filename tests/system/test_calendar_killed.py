"""The process of the days on a running system, killed fifty times in ten days: each day's commands once, in order."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from deploy.local.system import System, running
from kernel.bus.rpc import Client
from kernel.days import Days, Later, actor_in
from programmes import loader
from services import FOLLOWS, SERVICES
from tests.kit.databases import rows_of
from tests.kit.desk import organ
from tests.kit.waiting import BOUND, eventually

ROOT = Path(__file__).resolve().parents[2]
BEFORE = date(2019, 4, 24)
TEN = [BEFORE + timedelta(days=n) for n in range(1, 11)]
KILLS = 50
ASKED = {
    "allocation": ("CheckBatch/LN2018", "EndSwaps/LN2002", "PassDay"),
    "personnel": ("EndTerms/LN2002",),
    "attendance": (),
    "evaluation": ("RaiseDueTriggers",),
}
STEPS = ("giving", "given", "passed", "waiting")
A_DAY = 2 * sum(map(len, ASKED.values())) + 1
"""The steps of a day in what the process says: each command is being given and was given, and the day passed."""


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A system that knows two programmes, and of which one day has passed."""
    with running(tmp_path_factory.mktemp("calendar")) as started:
        client = Client(started.amqp_url, name="test", timeout=BOUND)
        for name in ("LN2018", "JZ", "LN2002"):
            asked = {"command": "PublishProfile", "id": f"publish-{name}", "occurred_on": "2018-05-01"}
            data = {"profile": loader.load(name).published()}
            by = asdict(organ("province_org", "21"))
            assert "receipt" in client.call("allocation", "execute", {**asked, "data": data, "actor": by})
        days = Days(client.call, FOLLOWS, SERVICES[0], actor_in("21"), lambda: BEFORE, threading.Event())
        eventually(lambda: caught_up(days))
        client.close()
        yield started


def caught_up(days: Days) -> bool:
    """Whether everybody had heard of the programmes and the day passed."""
    try:
        return days.catch_up() == 1
    except Later:
        return False


@contextmanager
def calendar(system: System) -> Iterator[subprocess.Popen[str]]:
    """A process of the days to which it is the last of the ten."""
    told = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PAIZHU_AMQP": system.amqp_url,
        "PAIZHU_HEALTH_PORT": "0",
        "PAIZHU_DAYS": f"{TEN[-1]}",
        "PAIZHU_LOG_LEVEL": "debug",
    }
    argv = (sys.executable, "-m", "deploy.run", "calendar")
    with subprocess.Popen(argv, env=told, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def steps(process: subprocess.Popen[str]) -> Iterator[str]:
    """What the process is at, as it says."""
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("{") and (step := json.loads(line).get("event")) in STEPS:
            yield step


def stored(system: System, service: str, sql: str) -> list[Any]:
    return [row[0] for row in rows_of(system.auditor_url(service), sql)]


@pytest.mark.req("X-055")
def test_killed_fifty_times_in_ten_days_each_command_is_given_once_and_in_order(system: System) -> None:
    chance = random.Random(55)
    for kill in range(KILLS):
        # Four of five lives end within a day, the fifth gets over its end.
        until = chance.randint(1, A_DAY - 1) if kill % 5 < 4 else chance.randint(A_DAY, A_DAY + 5)
        with calendar(system) as process:
            for number, step in enumerate(steps(process), 1):
                if number == until or step == "waiting":
                    break
    with calendar(system) as process:
        assert "waiting" in steps(process)
    passed = stored(system, "allocation", "select line from log.events where type = 'DayPassed' order by position")
    assert [json.loads(line)["data"] for line in passed] == [{"day": f"{day}", "refused": []} for day in (BEFORE, *TEN)]
    for service, asked in ASKED.items():
        given = stored(system, service, "select id from log.commands where id like 'day/%' order by record")
        assert given == [f"day/{day}/{command}" for day in (BEFORE, *TEN) for command in asked]
