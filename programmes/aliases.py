"""Printed names of organisations, forms and notices, and the one name each of them stands for (X-013).

Invariant: every printed form of one thing gives the same id, whatever blanks the printer put into it. Divisions are
resolved elsewhere (``areas``), because their names repeat.
"""

from __future__ import annotations

from functools import cache

from programmes import registers


def same(printed: str) -> str:
    """The name without any blanks, as names are compared."""
    return "".join(printed.split())


def canonical(kind: str, printed: str) -> str | None:
    """The id (canonical name) of a printed name of ``kind`` (enterprise, form, notice, unit, …); None if not known."""
    return _table().get((kind, same(printed)))


@cache
def _table() -> dict[tuple[str, str], str]:
    table: dict[tuple[str, str], str] = {}
    for row in registers.rows("aliases.csv"):
        table[(row["kind"], same(row["printed"]))] = row["canonical"]
        table[(row["kind"], same(row["canonical"]))] = row["canonical"]
    return table
