"""`paizhu privacy`: the commands its chapter names are there, and each acts with the holder's own token."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli.main import main
from cli.privacy.commands import privacy

ROOT = Path(__file__).parents[3]
SHOWN = re.findall(r"^ {4}paizhu (privacy .*)$", (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8"), re.M)


def test_the_chapter_shows_how_to_erase_hold_and_rotate() -> None:
    asked = {"request", "approve", "erase", "hold", "lift", "approve-lift", "status", "rotate"}
    assert {line.split()[1] for line in SHOWN} == asked


@pytest.mark.parametrize("line", sorted(set(SHOWN)))
def test_every_command_of_the_chapter_is_understood(line: str) -> None:
    _, name, *arguments = shlex.split(line)
    command = privacy.commands[name]
    context = command.make_context(name, arguments)
    assert isinstance(command, click.Command)
    assert "PERSON" not in arguments or context.params["person"] == "PERSON"


@pytest.mark.parametrize(
    "command", [["request", "p", "--reason", "x"], ["approve", "p"], ["erase", "p", "--export", "d"]]
)
def test_nobody_acts_without_a_token_of_the_own(tmp_path: Path, command: list[str]) -> None:
    done = CliRunner(env={"PAIZHU_TOKEN": ""}).invoke(main, ["privacy", *command, "--data", str(tmp_path)])
    assert (done.exit_code, "PAIZHU_TOKEN" in done.output) == (2, True)


def test_nothing_is_said_of_a_person_without_a_token(tmp_path: Path) -> None:
    done = CliRunner(env={"PAIZHU_TOKEN": ""}).invoke(main, ["privacy", "status", "p", "--data", str(tmp_path)])
    assert (done.exit_code, "PAIZHU_TOKEN" in done.output) == (2, True)


@pytest.mark.parametrize("command", [["rotate"], ["status"]])
def test_where_nothing_runs_it_says_so(tmp_path: Path, command: list[str]) -> None:
    done = CliRunner(env={"PAIZHU_TOKEN": ""}).invoke(main, ["privacy", *command, "--data", str(tmp_path)])
    assert (done.exit_code, "no system runs" in done.output) == (1, True)


def test_a_database_that_is_away_is_one_sentence(tmp_path: Path) -> None:
    asked = ["privacy", "rotate", "--database", "postgresql://x@127.0.0.1:1/x", "--keys", str(tmp_path)]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 1
    assert "Traceback" not in done.output
