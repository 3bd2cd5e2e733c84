"""What a process loads before anybody asks anything of it: a system is some twenty processes, and each pays for that.

What solves, and what sets a page, is loaded by whoever solves or sets one.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Final

import pytest

from services import SERVICES

HEAVY: Final = frozenset({"numpy", "scipy", "ortools", "docx", "typst", "rich", "dns", "pytest"})
WIRED: Final = tuple(f"services.{service}.{module}" for service in SERVICES for module in ("wiring", "service"))
PROCESSES: Final = {
    "serving": ("kernel.nameko_host", *WIRED),
    "reactor": ("kernel.bus.reactor", "kernel.opening"),
    "planner": ("kernel.jobs.worker", "kernel.opening"),
    "checkpointer": ("deploy.layout", "kernel.proof.checkpointer"),
    "relay": ("kernel.bus.relay", "kernel.bus.outlet"),
    "feeds": ("gateway.feeds.process",),
    "gateway": ("gateway.service",),
}
"""The modules that ``deploy.run`` imports for each kind of process."""
NO_SERVICE: Final = ("relay", "checkpointer", "feeds")


def loaded(*modules: str) -> set[str]:
    """The modules there are in a process that has imported these and ``deploy.run``."""
    code = f"import sys, {', '.join(('deploy.run', *modules))}; print(*sys.modules)"
    env = {"EVENTLET_NO_GREENDNS": "yes"}
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_loads_no_library_that_it_may_never_need(process: str) -> None:
    found = loaded(*PROCESSES[process])
    assert found.isdisjoint(HEAVY), sorted(found & HEAVY)
    if process in NO_SERVICE:
        assert not {name for name in found if name.split(".")[0] == "services" and name != "services"}
