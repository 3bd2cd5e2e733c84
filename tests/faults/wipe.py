"""Fault 2: the broker loses its whole data directory under load."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP

from tests.faults.report import Screen, Verdict
from tests.faults.stage import Stage

COMMANDS = 1_500
RATE = 40.0
WITHIN = 60.0
"""Seconds within which every consumer must be complete again."""


def run(folder: Path, seed: int, screen: Screen) -> Verdict:
    """Load; half-way kill the broker, delete what it had, let it start empty; measure until all is there again."""
    with Stage(folder, seed, screen) as stage:
        sender = stage.load(COMMANDS, RATE)
        stage.reach(sender, COMMANDS // 3, "before the wipe")
        starts = stage.system.process("rabbitmq").restarts
        bytes_lost = _wipe(stage)
        screen.say("the broker starts empty")
        stage.look(sender, lambda: stage.come_back("rabbitmq", starts), 120.0, "the broker is away")
        back = time.monotonic()
        heads = stage.heads()
        stage.look(sender, lambda: stage.complete(heads), 240.0, "after the wipe")
        complete = time.monotonic() - back
        stage.answered(sender, 300.0)
        stage.ready()
        rest = stage.rest()
        facts = {
            "deleted": f"{bytes_lost:,} bytes of the broker's",
            "complete again": f"{complete:.1f} s after the broker was back, {rest:.1f} s after the last answer",
            "broken": [f"{WITHIN:.0f} s"] if max(complete, rest) > WITHIN else [],
        }
        return stage.verdict("wipe", sender, facts)


def _wipe(stage: Stage) -> int:
    """Kill the broker and delete its data before it can be started again; gives the bytes deleted."""
    supervisor, broker = stage.supervisor(), stage.pid("rabbitmq")
    stored = stage.folder / "rabbitmq" / "mnesia"
    size = sum(path.stat().st_size for path in stored.rglob("*") if path.is_file())
    os.kill(supervisor, SIGSTOP)  # so that nobody starts it anew while its files are being deleted
    try:
        if broker is not None:
            os.kill(broker, SIGKILL)
            while not _dead(broker):
                time.sleep(0.02)
        shutil.rmtree(stored)
        stored.mkdir()
    finally:
        os.kill(supervisor, SIGCONT)
    return size


def _dead(pid: int) -> bool:
    """True for a process that is gone, or is only waiting for its parent to hear of it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
