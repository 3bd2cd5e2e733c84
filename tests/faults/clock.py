"""Fault 6: every process's clock a day ahead, then a day behind, then right again."""

from __future__ import annotations

import time
from pathlib import Path

from tests.faults import evidence
from tests.faults.report import Screen, Verdict
from tests.faults.stage import Stage

COMMANDS = 1_200
RATE = 30.0
DAY = 24 * 3600
EACH = 10.0
"""Seconds at the least that each clock is kept."""


def run(folder: Path, seed: int, screen: Screen) -> Verdict:
    """Load; at each quarter of it the clock is set. PostgreSQL's and the broker's own clocks stay right."""
    skew = folder.parent / f"{folder.name}.skew"
    _set(skew, 0)
    try:
        with Stage(folder, seed, screen, {"skew": str(skew)}) as stage:
            sender = stage.load(COMMANDS, RATE)
            taken = {}
            for quarter, (name, seconds) in enumerate((("a day ahead", DAY), ("a day behind", -DAY), ("right", 0)), 1):
                stage.reach(sender, COMMANDS * quarter // 4, f"until the clock is {name}")
                _set(skew, seconds)
                taken[name] = stage.go_on(sender, EACH, f"the clock is {name}")
            stage.answered(sender, 300.0)
            stage.ready()
            rest = stage.rest()
            ahead = {name: at - time.time() for name, at in evidence.recorded(stage.system).items()}
            broken = [f"no command was taken with the clock {name}" for name, count in taken.items() if not count]
            broken += [f"{name} never felt the clock" for name, seconds in ahead.items() if seconds < DAY / 2]
            facts = {
                f"taken within {EACH:.0f} s": {name: f"{count} commands" for name, count in taken.items()},
                "complete": f"{rest:.1f} s after the last answer",
                "last recorded_at": {name: f"{seconds / 3600:.1f} h ahead" for name, seconds in ahead.items()},
                "broken": broken,
            }
            return stage.verdict("clock", sender, facts)
    finally:
        skew.unlink()


def _set(skew: Path, seconds: int) -> None:
    """Set the clock of all processes, at once."""
    fresh = skew.with_suffix(".new")
    fresh.write_text(str(seconds), encoding="ascii")
    fresh.replace(skew)
