"""Runs of pytest in processes of their own: one that notes lines, or one with a mutant."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from tests.mutants.mutation import Site
from tests.mutants.plugin import MUTANT, ROOT, TRACE

Colour = Literal["red", "green", "endless"]
SECONDS: Final = 300.0
"""No run of one mark's tests takes as long on whatever machine: a mutant that does not end by then was noticed."""
_GREEN = 0


class NotGreen(Exception):
    """Tests that no mutant was put under fail, or none was found: nothing can be told of their marks."""


def traced(tests: Sequence[str], environment: Mapping[str, str]) -> dict[str, dict[str, list[int]]]:
    """By mark the lines that its tests among ``tests`` execute. Raises NotGreen."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trace.json"
        done = _pytest(tests, {**environment, TRACE: str(path)}, folder, None)
        if done.returncode != _GREEN:
            raise NotGreen(done.stdout[-4000:] + done.stderr[-1000:])
        found: dict[str, dict[str, list[int]]] = json.loads(path.read_text(encoding="utf-8"))
        return found


def under(site: Site, tests: Sequence[str], environment: Mapping[str, str]) -> Colour:
    """What tests say where a site is changed. They are green without: whatever else pytest ends with is the change."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = _pytest(tests, {**environment, MUTANT: f"{site.path}:{site.number}"}, folder, SECONDS)
        except subprocess.TimeoutExpired:
            return "endless"
    return "green" if done.returncode == _GREEN else "red"


def _pytest(
    tests: Sequence[str], environment: Mapping[str, str], folder: str, seconds: float | None
) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "tests.mutants.plugin", "-p", "no:cacheprovider", *tests]
    nothing_written = {"PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_STORAGE_DIRECTORY": folder}
    return subprocess.run(
        argv, cwd=ROOT, env={**os.environ, **nothing_written, **environment}, capture_output=True, text=True,
        timeout=seconds, check=False,
    )  # fmt: skip
