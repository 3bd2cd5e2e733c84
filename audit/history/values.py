"""Values of rows as they are shown: as JSON has them, and as text for people. What is sealed is never shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kernel.codec import canonical
from kernel.projection import Table

SEALED = "sealed"
"""The name of every column and field that holds personal data, which is ciphertext; also what is shown instead."""


def shown(name: str, value: Any) -> Any:
    """A value as JSON data; ciphertext is told by its name and not shown."""
    if name == SEALED and value:
        return f"({SEALED})"
    return value.isoformat() if isinstance(value, date) else value


def shown_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON data, by column."""
    return {name: shown(name, value) for name, value in row.items()}


def text(value: Any) -> str:
    """A value as one word of text: what --where compares with."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else canonical(value).decode()


def words(table: Table, row: Mapping[str, Any]) -> str:
    """A row on one line: its key's values, then each column that holds something."""
    key = " ".join(text(row[name]) for name in table.key)
    held = [f"{n}={text(shown(n, row[n]))}" for n in table.columns if row[n] not in ("", None, {})]
    return " ".join((key, *held))
