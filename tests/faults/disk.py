"""Fault 5: the disk of PostgreSQL is full: its directory is a small file system of its own that a ballast fills."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deploy.faults import CannotRun
from deploy.local.supervisor import wipe
from tests.faults.report import Screen, Verdict
from tests.faults.stage import Stage

COMMANDS = 2_400
RATE = 60.0
MEGABYTES = 320
FULL = 20.0
"""Seconds for which the disk stays full."""
AGAIN_WITHIN = 60.0
"""Seconds after which commands must be taken again by themselves."""


class OnSmallDisk(Stage):
    """A stage whose PostgreSQL lives on the small file system, mounted by the caller at ``folder``/postgres."""

    def prepare(self) -> None:
        """The folder is empty but for the mount."""


def run(folder: Path, seed: int, screen: Screen) -> Verdict:
    """Load; a third of it done the disk is filled, and after FULL seconds there is room again. Raises CannotRun."""
    wipe(folder)
    with _small_disk(folder / "postgres") as disk, OnSmallDisk(folder, seed, screen) as stage:
        sender = stage.load(COMMANDS, RATE)
        stage.reach(sender, COMMANDS // 3, "before")
        refused, before = dict(sender.answers), sender.acknowledged
        ballast = disk / "ballast"
        filled, until = 0, time.monotonic() + FULL
        while time.monotonic() < until:
            filled += _fill(ballast)  # what the server itself gives back is taken, too
            stage.go_on(sender, 0.5, "the disk is full")
        meanwhile, last = sender.acknowledged - before, sender.answers.copy()
        ballast.unlink()
        freed = time.monotonic()
        again = stage.look(sender, lambda: sender.last_answer > freed, 180.0, "there is room again")
        after = sender.last_answer - freed
        stage.answered(sender, 300.0)
        stage.ready()
        rest = stage.rest()
        clean = {status: last[status] - refused.get(status, 0) for status in last if status != "200"}
        broken = [] if again and after <= AGAIN_WITHIN else [f"no command was taken within {AGAIN_WITHIN:.0f} s"]
        if not clean.get("503") and not clean.get("0"):
            broken.append("the full disk was not felt")
        facts = {
            "disk": f"{MEGABYTES} MB, filled by a ballast of {filled / 1e6:.0f} MB for {FULL:.0f} s",
            "answers meanwhile": {"200": meanwhile, **clean},
            "taken again": f"{after:.1f} s after there was room; complete {rest:.1f} s after the last answer",
            "broken": broken,
        }
        return stage.verdict("disk", sender, facts)


def _fill(ballast: Path) -> int:
    """Write until there is no room; gives the bytes written."""
    written = 0
    handle = os.open(ballast, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        for size in (1 << 20, 4096):
            with suppress(OSError):
                while True:
                    written += os.write(handle, bytes(size))
    finally:
        os.close(handle)
    return written


@contextmanager
def _small_disk(at: Path) -> Iterator[Path]:
    """A file system in memory mounted ``at`` for the block. Raises CannotRun where that is not allowed."""
    at.mkdir()
    options = f"size={MEGABYTES}m,mode=0755"
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(at)], capture_output=True, text=True)
    if done.returncode:
        raise CannotRun(f"a small disk cannot be mounted here: {done.stderr.strip()}")
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)
