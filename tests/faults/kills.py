"""Fault 1: kill -9 of every kind of process, of the broker and of PostgreSQL, under load."""

from __future__ import annotations

from pathlib import Path

from tests.faults.killer import Killer, schedule
from tests.faults.report import Screen, Verdict
from tests.faults.stage import Stage
from tests.faults.workload import CITIES

LOAD_WITHIN = 1_800.0


def run(folder: Path, seed: int, screen: Screen, commands: int, kills: int, *, year: bool = True) -> Verdict:
    """Send ``commands`` while ``kills`` processes are killed, spread over them as ``seed`` says."""
    with Stage(folder, seed, screen, year=year) as stage:
        sender = stage.load(commands)
        plan = schedule(seed, kills, commands, CITIES)
        killer = Killer(stage.system, stage.subscribers, plan, lambda: sender.acknowledged, seed)
        killer.start()
        try:
            stage.answered(sender, LOAD_WITHIN)
            stage.look(sender, lambda: killer.done, 120.0, "last kills")
        finally:
            killer.stop()
        stage.ready()
        rest = stage.rest()
        total = sum(killer.killed.values())
        facts = {
            "kills": f"{total} of {kills} planned",
            "killed": dict(sorted(killer.killed.items())),
            "complete after": f"{rest:.1f} s",
            "broken": [] if total == kills else [f"only {total} of {kills} kills"],
        }
        return stage.verdict("kills", sender, facts)
