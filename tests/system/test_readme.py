"""The commands of the README run as they stand there, on the data the small demo left."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.kit.waiting import BOUND

ROOT = Path(__file__).resolve().parents[2]


def commands() -> list[str]:
    """The lines of the README's bash blocks, without comments."""
    blocks = re.findall(r"```bash\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


def test_the_readme_shows_how_to_work_with_a_system() -> None:
    assert {line.split()[1] for line in commands()} >= {"up", "status", "token", "audit", "down"}


def test_every_command_of_the_readme_works(played: tuple[Path, dict[str, Any], list[str]]) -> None:
    data = str(played[0])
    for line in commands():
        program, *arguments = (word.replace("var/demo", data) for word in shlex.split(line))
        assert program == "paizhu"
        ended = subprocess.run(
            [sys.executable, "-m", "cli.main", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=BOUND
        )
        assert ended.returncode == 0, f"{line}\n{ended.stdout}\n{ended.stderr}"
        assert ended.stdout.strip(), f"{line} prints nothing"
