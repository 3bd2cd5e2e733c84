"""Places that cannot be used: one sentence that names the place and what to do, no success, no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.cli import LAZY as AUDIT
from audit.witness.cli import LAZY as WITNESS
from cli.main import LAZY
from tests.kit.unprivileged import unprivileged
from tests.kit.waiting import BOUND

ROOT = Path(__file__).parents[3]
READING = (
    "status", "token --area 21", "token --list", "bus parked", "audit verify", "audit replay", "audit as-of 2018-06-30",
    "audit diff 2018-06-30 2018-07-01", "audit trail LN2002.13", "audit export --out none", "audit prove allocation:1",
)  # fmt: skip
ALL = ("up", "up --foreground", "down", "demo", *READING)
ELSEWHERE = ("audit verify --bundle", "audit trail LN2002.13 --bundle", "audit prove --check")
"""Commands whose last option names a place, not that of a system."""


def asked(*questions: list[str], cwd: Path) -> list[tuple[int, str, str]]:
    """How each ended, what it said, and the exception that nobody told in words."""
    done = subprocess.run(
        [*unprivileged(), sys.executable, str(ROOT / "tests" / "kit" / "asked_closed.py")],
        input="".join(json.dumps(words) + "\n" for words in questions),
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=BOUND,
    )
    assert done.returncode == 0, done.stderr
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A directory of somebody else's, with blanks in its name."""
    place = tmp_path / "他人 数据"
    place.mkdir(mode=0)
    yield place
    place.chmod(0o700)


def named(words: str, place: Path) -> list[str]:
    return [*words.split(), *(() if words in ELSEWHERE else ("--data",)), str(place)]


def judged(questions: tuple[str, ...], place: Path, codes: set[int], *parts: str) -> None:
    told = asked(*(named(words, place) for words in questions), cwd=ROOT)
    for words, (ended, said, untold) in zip(questions, told, strict=True):
        assert (ended in codes, untold) == (True, ""), f"{words}: {said} {untold}"
        assert [part for part in parts if part not in said.replace("\n", "")] == [], f"{words}: {said}"


@pytest.mark.parametrize("inside", ["", "系统 一"])
def test_without_rights_everything_says_so_and_what_to_do(closed: Path, inside: str) -> None:
    judged(ALL, closed / inside, {2}, str(closed), "Permission denied", "act as the user it belongs to")


def test_where_nothing_may_be_written_no_system_begins(tmp_path: Path) -> None:
    place = tmp_path / "只读 数据"
    place.mkdir(mode=0o500)
    judged(("up", "up --foreground", "demo"), place, {2}, str(place), "Permission denied")
    assert list(place.iterdir()) == []


def test_a_file_is_no_directory(tmp_path: Path) -> None:
    place = tmp_path / "文件 一"
    place.write_text("mine", encoding="utf-8")
    judged(("up", "up --foreground", "demo"), place, {2}, str(place), "name a")
    judged((*READING, *ELSEWHERE, "up", "demo"), place / "system", {1, 2, 3}, str(place))
    assert place.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("made", [True, False], ids=["empty", "missing"])
def test_where_no_system_ever_was_nothing_fails_untold(tmp_path: Path, made: bool) -> None:
    place = tmp_path / "空 目录"
    if made:
        place.mkdir()
    told = asked(*(named(words, place) for words in (*READING, *ELSEWHERE, "down")), cwd=tmp_path)
    ends = dict(zip((*READING, *ELSEWHERE, "down"), told, strict=True))
    assert [words for words, (_, said, untold) in ends.items() if untold or not said.strip()] == []
    assert (ends["down"][0], ends["status"][0]) == (0, 3)
    rest = {words: code for words, (code, _, _) in ends.items() if words not in ("down", "status")}
    assert [words for words, code in rest.items() if code != (2 if words.startswith("audit") else 1)] == []


def test_every_command_has_a_help(tmp_path: Path) -> None:
    commands = [[name] for name in LAZY] + [["audit", name] for name in AUDIT] + [["witness", name] for name in WITNESS]
    told = asked(*([*words, "--help"] for words in commands), cwd=tmp_path)
    assert [
        words for words, (code, said, untold) in zip(commands, told, strict=True) if code or untold or not said
    ] == []
