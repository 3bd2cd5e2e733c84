"""Trails of what a demo left: its databases answer, nothing else runs, and the auditor's command is typed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deploy import ROOT
from deploy.local.postgres import Postgres
from deploy.local.servers import given_database, serve
from tests.kit.waiting import BOUND

Line = tuple[str, str, str]
"""Title, what it rests on, and one of its facts ("title value", "" for none)."""


@contextmanager
def standing(data: Path) -> Iterator[Path]:
    """The data directory of a demo with its databases answering."""
    if given_database():
        yield data
        return
    address = json.loads((data / "system.json").read_text(encoding="utf-8"))["databases"]["allocation"]
    with serve(data, Postgres(data, {"postgres": urlsplit(address).port or 0})):
        yield data


def paizhu(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """What the command line answers."""
    argv = [sys.executable, "-m", "cli.main", *map(str, words)]
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=BOUND)


def who(data: Path, table: str, condition: str) -> str:
    """The one person of a row of personnel's read models, by the end of time."""
    asked = ("--service", "personnel", "--table", table, "--where", condition, "--json", "--data", data)
    answer = json.loads(paizhu("audit", "as-of", "2099-12-31", *asked).stdout)
    (row,) = answer["services"][0]["tables"][0]["rows"]
    return str(row["person"])


def trail(data: Path, subject: str) -> list[dict[str, Any]]:
    """The events of a trail."""
    done = paizhu("audit", "trail", subject, "--json", "--data", data)
    assert done.returncode == 0, done.stderr
    events: list[dict[str, Any]] = json.loads(done.stdout)["events"]
    return events


def missing(events: Iterable[dict[str, Any]], story: Iterable[Line]) -> list[Line]:
    """The lines of a story that no event tells, each looked for behind the one before it."""
    left = iter(events)
    return [line for line in story if not any(_tells(event, line) for event in left)]


def _tells(event: dict[str, Any], line: Line) -> bool:
    title, rests, fact = line
    said = [f"{one['title']} {one['value']}" for one in event["facts"]]
    return event["title"] == title and event["basis"] == rests and (not fact or fact in said)


def untold(events: Iterable[dict[str, Any]], stories: dict[str, tuple[Line, ...]]) -> dict[str, list[Line]]:
    """By service the lines of its story that no event of its log tells in their order; none where all are there."""
    events = list(events)
    found = {name: missing((e for e in events if e["service"] == name), story) for name, story in stories.items()}
    return {name: lines for name, lines in found.items() if lines}
