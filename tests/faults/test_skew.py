"""The wrong clock: what dates is moved, what measures is not, and a change is felt while the process runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.faults.supervised import SKEW

PROGRAM = """
import time
from datetime import date
from pathlib import Path
print(time.time(), time.time_ns(), time.monotonic(), date.today().toordinal(), flush=True)
input()
time.sleep(0.3)
print(time.time(), flush=True)
"""
DAY = 24 * 3600
SLACK = 0.001  # seconds, for what is lost in printing a time


def test_a_day_ahead_and_back_again(tmp_path: Path) -> None:
    skew = tmp_path / "skew"
    skew.write_text(str(DAY))
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SKEW), "PAIZHU_SKEW": str(skew), "TZ": "UTC"}
    argv = [sys.executable, "-c", PROGRAM]
    before, began = time.time(), time.monotonic()
    with subprocess.Popen(argv, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        seconds, nanoseconds, monotonic, today = map(float, process.stdout.readline().split())
        skew.write_text("0")
        process.stdin.write("\n")
        process.stdin.flush()
        back = float(process.stdout.readline())
    after = time.time()
    assert before + DAY - SLACK <= seconds <= after + DAY + SLACK
    assert before + DAY - SLACK <= nanoseconds / 1e9 <= after + DAY + SLACK
    assert began - SLACK <= monotonic <= time.monotonic() + SLACK
    assert 719_163 + (before + DAY) // DAY <= today <= 719_163 + (after + DAY) // DAY
    assert before - SLACK <= back <= after + SLACK
