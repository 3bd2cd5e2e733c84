"""What a hostile day showed: the bystander under each attack, and what held, beside what was counted before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from rich.table import Table

BOUND: Final = 1000.0
"""Milliseconds within which 99 of 100 answers to the bystander come."""
BEFORE: Final[Mapping[str, str]] = {
    "tampered cursors and filters": "59,978: 0 foreign rows",
    "command probes": "23,511: 0 server errors",
    "cases of the API's own description": "74,200: 0 server errors",
    "statements as database roles": "4,448 as 20 roles: 0 did harm",
    "changes by a superuser": "200 bytes: 200 named",
    "personal data in files": "0",
}
"""What held on 22 November 2026, as it was written down then."""


@dataclass(frozen=True)
class Endured:
    """One attack: what it was answered, and how the bystander fared (milliseconds)."""

    point: str
    title: str
    answers: Mapping[str, int]
    bystander: Mapping[str, int]
    unserved: int
    median: float
    p99: float
    worst: float
    slowest: str = ""
    restarted: Sequence[str] = ()

    @property
    def failed(self) -> bool:
        """Whether somebody without right cost others their service."""
        return self.p99 > BOUND or bool(self.restarted) or self.unserved > 0


@dataclass
class Held:
    """What must go on holding: how much was tried, what did not hold."""

    what: str
    tried: int
    wrong: Sequence[str] = ()
    told: str = ""
    answers: Mapping[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether something did not hold."""
        return bool(self.wrong) or self.tried == 0

    @property
    def now(self) -> str:
        """What is said of it."""
        return f"{self.tried:,}: {len(self.wrong)} {self.told}"


def endured_table(rows: Sequence[Endured]) -> Table:
    """One row an attack."""
    shown = Table(title=None)
    for name in (
        "point",
        "attack",
        "attacker was answered",
        "bystander",
        "unserved",
        "p50",
        "p99",
        "worst",
        "restarts",
    ):
        left = name in ("point", "attack", "attacker was answered")
        shown.add_column(name, justify="left" if left else "right", overflow="fold")
    for row in rows:
        figures = [f"{value:,.0f} ms" for value in (row.median, row.p99, row.worst)]
        cells = (row.point, row.title, _counts(row.answers), _counts(row.bystander), str(row.unserved), *figures)
        restarts = ", ".join(row.restarted) or "0"
        shown.add_row(*cells, restarts, style="bold red" if row.failed else None)
    return shown


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{kind} {count:,}" for kind, count in sorted(counts.items()))


def held_table(rows: Sequence[Held]) -> Table:
    """One row a promise: before, and now."""
    shown = Table(title=None)
    for name in ("what", "22 November", "now"):
        shown.add_column(name)
    for row in rows:
        shown.add_row(row.what, BEFORE.get(row.what, "not counted"), row.now, style="bold red" if row.failed else None)
    return shown


def plain(endured: Sequence[Endured], held: Sequence[Held]) -> dict[str, Any]:
    """All of it as JSON data."""
    return {
        "attacks": [asdict(row) | {"failed": row.failed} for row in endured],
        "held": [asdict(row) | {"failed": row.failed} for row in held],
    }
