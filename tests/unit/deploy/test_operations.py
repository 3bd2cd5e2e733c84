"""The chapter on operations and the unit it gives: what they name is there."""

from __future__ import annotations

import configparser
import re
import shlex
from pathlib import Path

import click
import pytest
from prometheus_client import metrics as kinds

from cli.main import main
from kernel import metrics

ROOT = Path(__file__).parents[3]
CHAPTER = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
MEASURED = sorted(m._name for m in vars(metrics).values() if isinstance(m, kinds.MetricWrapperBase))


def test_every_metric_is_explained_under_the_name_prometheus_sees() -> None:
    told = set(re.findall(r"`(paizhu_\w+?)(?:_total)?`", CHAPTER))
    assert set(MEASURED) - told == set()
    assert told - set(MEASURED) == set()
    counters = {m._name for m in vars(metrics).values() if isinstance(m, kinds.Counter)}
    assert {name for name in counters if f"`{name}_total`" not in CHAPTER} == set()


def lines() -> list[str]:
    """The commands of the chapter that call paizhu."""
    blocks = [line.strip() for line in CHAPTER.splitlines() if line.startswith("    ")]
    inline = re.findall(r"`(paizhu (?!<)[^`]+)`", CHAPTER)
    return [line.partition(" | ")[0].replace("PORT", "1") for line in (*blocks, *inline) if line.startswith("paizhu ")]


@pytest.mark.parametrize("line", lines())
def test_every_command_named_is_one(line: str) -> None:
    _, *words = shlex.split(line, comments=True)
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group) and words:
        found = command.get_command(context, words.pop(0))
        assert found is not None, line
        command = found
    command.make_context(command.name, words)


def test_the_unit_starts_the_supervisor_where_the_chapter_says_it_lives() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((ROOT / "deploy" / "paizhu.service").read_text(encoding="utf-8"))
    program, name, *words = shlex.split(unit["Service"]["ExecStart"])
    assert program.endswith("/.venv/bin/paizhu")
    command = main.get_command(click.Context(main), name)
    assert command is not None
    asked = command.make_context(name, words).params
    assert (asked["foreground"], str(asked["data"])) == (True, "/var/lib/paizhu")
    assert "/var/lib/paizhu" in CHAPTER
    assert unit["Service"]["User"] != "root"
