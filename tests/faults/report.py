"""What a run shows: a line of progress while it goes, its verdict as a table and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tests.faults.history import KINDS, Finding

SHOWN: Final = 20
"""Findings printed of one run; the JSON has all."""


@dataclass
class Verdict:
    """One run: what was done, what was found."""

    fault: str
    seed: int
    acknowledged: int
    answers: Mapping[str, int]
    events: Mapping[str, int]
    public: int
    received: Mapping[str, int]
    findings: Sequence[Finding]
    facts: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each kind."""
        found = Counter(finding.kind for finding in self.findings)
        return {kind: found[kind] for kind in KINDS}

    @property
    def failed(self) -> list[str]:
        """Why the run did not pass: findings, and promises of its own that it did not keep."""
        return [kind for kind, count in self.counts.items() if count] + list(self.facts.get("broken", ()))

    def plain(self) -> dict[str, Any]:
        """All of it as JSON data."""
        found = [finding._asdict() for finding in self.findings]
        return asdict(self) | {"counts": self.counts, "findings": found, "passed": not self.failed}

    def save(self, path: Path) -> None:
        """Write it to ``path`` as JSON."""
        path.write_text(json.dumps(self.plain(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


class Screen:
    """The progress of a run on a terminal; a quiet one says nothing."""

    def __init__(self, console: Console) -> None:
        columns = (TextColumn("{task.description:<44}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Progress(*columns, console=console)
        self._console = console
        self._fault = ""

    def __enter__(self) -> Screen:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def begin(self, fault: str) -> None:
        """A run begins."""
        self._fault = fault
        self._task = self._bars.add_task(fault, total=None)

    def say(self, what: str) -> None:
        """What it does now."""
        self._bars.update(self._task, description=f"{self._fault}: {what}")

    def progress(self, what: str, done: int, of: int, answers: Mapping[str, int]) -> None:
        """How many commands are acknowledged, and what else was answered (0: nothing)."""
        others = " ".join(f"{status}:{count}" for status, count in sorted(answers.items()) if status != "200")
        text = f"{self._fault}: {what} {others}"
        self._bars.update(self._task, completed=done, total=of, description=text)


def table(verdicts: Sequence[Verdict]) -> Table:
    """One row a run."""
    shown = Table(title=None)
    for name in ("fault", "seed", "acknowledged", "events", *KINDS, "seconds"):
        shown.add_column(name, justify="left" if name == "fault" else "right")
    for verdict in verdicts:
        counts = [str(count) for count in verdict.counts.values()]
        events = f"{sum(verdict.events.values()):,}"
        row = (verdict.fault, str(verdict.seed), f"{verdict.acknowledged:,}", events, *counts, f"{verdict.seconds:g}")
        shown.add_row(*row, style="bold red" if verdict.failed else None)
    return shown


def details(verdict: Verdict) -> list[str]:
    """What else is to be said of one run."""
    lines = [f"{verdict.fault}: {name} {_text(value)}" for name, value in verdict.facts.items()]
    answers = ", ".join(f"{_status(s)} {count:,}" for s, count in sorted(verdict.answers.items()))
    lines.append(f"{verdict.fault}: answers {answers}")
    received = ", ".join(f"{city} {count:,}" for city, count in verdict.received.items())
    lines.append(f"{verdict.fault}: {verdict.public:,} items in all cities' feeds; subscribers received {received}")
    lines += [f"{f.kind}  {f.where}  {f.sentence}" for f in verdict.findings[:SHOWN]]
    return lines


def _status(status: str) -> str:
    return "none" if status == "0" else status


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {count}" for name, count in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value)
