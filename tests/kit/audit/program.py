"""The program of a bundle, run as whoever was given the bundle runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.kit.unprivileged import unprivileged


def verified(*words: str | Path, cwd: Path) -> tuple[int, str]:
    """How the program ends that was asked so, and the first words it says."""
    argv = (*unprivileged(), sys.executable, "-I", "verify.py", *map(str, words))
    done = subprocess.run(argv, cwd=cwd, env={"PATH": os.defpath}, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, (done.stdout + done.stderr).strip()
