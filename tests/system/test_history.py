"""The chapter on history shows what its commands print: each is run on the data the small demo left."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kit import trails
from tests.kit.trails import paizhu

ROOT = Path(__file__).resolve().parents[2]
# What another run makes anew: ids of persons (and with them which of equally good units a plan takes), moments of
# record, positions and the order within a pair. The chapter breaks long lines and leaves some out.
PASSING = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|\d\d:\d\d:\d\d|because of |pair/|unit=U|^        |^…")


def shown() -> list[tuple[str, list[str]]]:
    """Every command of the chapter with the lines it shows below it."""
    text = (ROOT / "docs" / "history.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^    \$ paizhu (audit .*)\n((?:    .*\n)*)", text, re.MULTILINE)
    return [(command, [line[4:] for line in lines.splitlines()]) for command, lines in blocks]


@pytest.fixture(scope="module")
def standing(played: tuple[Path, dict[str, Any], list[str]]) -> Iterator[Path]:
    """The demo's data directory with its databases answering and nothing else running."""
    with trails.standing(played[0]) as data:
        yield data


def test_the_chapter_shows_every_command() -> None:
    assert {command.split()[1] for command, _ in shown()} == {"as-of", "diff", "trail"}


def test_an_exported_bundle_answers_as_the_system_does(standing: Path, tmp_path: Path) -> None:
    exported = paizhu("audit", "export", "--data", standing, "--out", tmp_path / "bundle")
    assert exported.returncode == 0, exported.stderr
    for question in (("as-of", "2018-07-10"), ("diff", "2019-05-12", "2019-05-13"), ("trail", "LN2002.13")):
        live = paizhu("audit", *question, "--json", "--data", standing)
        assert live.stdout == paizhu("audit", *question, "--json", "--bundle", tmp_path / "bundle").stdout
        assert len(live.stdout) > 2_000


def test_the_commands_of_the_chapter_print_what_it_shows(standing: Path) -> None:
    for command, lines in shown():
        done = paizhu(*shlex.split(command), "--data", standing)
        assert done.returncode == (1 if command.startswith("audit diff") else 0), done.stderr
        printed = done.stdout.splitlines()
        lasting = [line for line in lines if not PASSING.search(line)]
        assert lasting, command
        assert [line for line in lasting if not any(found.startswith(line) for found in printed)] == [], command
