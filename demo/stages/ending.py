"""The end of the run: subscribers catch up, and every read model is rebuilt from its log and compared."""

from __future__ import annotations

import json
import subprocess
import sys
import time

from demo.subscribers import Subscribers
from demo.world import Unexpected, World
from deploy import ROOT
from deploy.local.system import System

SETTLED_WITHIN = 120.0


def settle(world: World) -> None:
    """Wait until what one service decided has arrived everywhere else and nothing new follows from it."""
    deadline = time.monotonic() + SETTLED_WITHIN
    last: dict[str, int] = {}
    while True:
        heads = world.gateway.read(world.province(), "heads")
        now = {service: entry["position"] for service, entry in heads["services"].items()}
        lagging = [
            (service, source)
            for service, entry in heads["services"].items()
            for source, position in entry["taken_in"].items()
            if position < now[source]
        ]
        if not lagging and now == last:
            return
        if time.monotonic() > deadline:
            raise Unexpected(f"after {SETTLED_WITHIN:g} s these are still behind: {lagging}")
        last = now
        time.sleep(0.5)


def subscribers(world: World, system: System, subscribers: Subscribers) -> None:
    """The one that was killed half-way has been started again; both must have everything."""
    world.expect(len(subscribers.cities))
    settle(world)
    world.notes["subscribers"] = subscribers.wait()
    world.advance(len(subscribers.cities))


def replay(world: World, system: System, subscribers: Subscribers) -> None:
    """`paizhu audit replay`, as an auditor would type it."""
    world.expect(1)
    argv = [sys.executable, "-m", "cli.main", "audit", "replay", "--json", "--data", str(system.data)]
    answer = subprocess.run(argv, cwd=ROOT, capture_output=True, timeout=300)
    if answer.returncode not in (0, 1) or not answer.stdout:
        raise Unexpected(f"audit replay ended with {answer.returncode}: {answer.stderr.decode()[-2000:]}")
    world.notes["replay"] = json.loads(answer.stdout)
    world.advance(1)
