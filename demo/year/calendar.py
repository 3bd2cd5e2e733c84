"""The days pass: the process of the days, as a system runs it, told which day it is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final

from demo.world import Unexpected
from demo.year.world import YearWorld
from deploy import ROOT
from deploy.local.system import System

PASSED_WITHIN: Final = 120.0
BEFORE: Final = date(2018, 12, 31)
"""The first day that passes."""


def until(world: YearWorld, system: System, day: date) -> None:
    """Have every day up to ``day`` pass. Raises Unexpected where they do not."""
    deadline = time.monotonic() + PASSED_WITHIN
    with _process(system, day) as process:
        while passed(world)["day"] != day.isoformat():
            if process.poll() is not None or time.monotonic() > deadline:
                raise Unexpected(f"{day} has not passed: {passed(world)}, see {system.data}/logs/days.log")
            time.sleep(0.1)


def passed(world: YearWorld) -> dict[str, object]:
    """The last day that passed, and how many have."""
    (found,) = world.gateway.query(world.province(), "allocation", "days_passed")
    return dict(found)


@contextmanager
def _process(system: System, day: date) -> Iterator[subprocess.Popen[bytes]]:
    told = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PAIZHU_AMQP": system.amqp_url,
        "PAIZHU_HEALTH_PORT": "0",
        "PAIZHU_PROVINCE": system.province,
        "PAIZHU_DAYS": day.isoformat(),
    }
    argv = (sys.executable, "-m", "deploy.run", "calendar")
    with (system.data / "logs" / "days.log").open("ab") as log:
        process = subprocess.Popen(argv, env=told, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
