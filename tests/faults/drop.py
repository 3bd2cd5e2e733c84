"""Fault 3: the broker confirms and drops one message in a hundred, for as long as the system runs."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from tests.faults.report import Screen, Verdict
from tests.faults.stage import Stage
from tests.faults.supervised import DROPPED

COMMANDS = 2_000
RATE = 60.0
SHARE = 0.01
WITHIN = 60.0
"""Seconds after the last event within which every consumer must be complete."""


def run(folder: Path, seed: int, screen: Screen) -> Verdict:
    """Load, with every relay behind a proxy that lies; nothing else is done."""
    with Stage(folder, seed, screen, {"drop": SHARE, "seed": seed}) as stage:
        sender = stage.load(COMMANDS, RATE)
        stage.answered(sender, 300.0)
        rest = stage.rest()
        notes = (stage.folder / DROPPED).read_text(encoding="utf-8").splitlines()
        keys = Counter(_exchange(json.loads(note)["key"]) for note in notes)
        broken = [f"{WITHIN:.0f} s"] if rest > WITHIN else []
        facts = {
            "dropped": dict(keys),
            "complete": f"{rest:.1f} s after the last answer",
            "broken": broken if keys else [*broken, "nothing was dropped"],
        }
        return stage.verdict("drop", sender, facts)


def _exchange(key: str) -> str:
    """Whose relay published it: a service's, or the public one."""
    source = key.split(".", 1)[0]
    return "public" if source.isdigit() else source
