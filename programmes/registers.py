"""The CSV tables beside the profiles, read as plain rows.

Invariant: a cell keeps its printed text; only whole numbers of columns named as numbers become integers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

# Columns of counts; codes such as 2107 are names and stay text.
_COUNTS = ("no", "pair", "row", "seq", "places", "city_each", "county_each", "township_each", "persons", "required")


def rows(name: str) -> list[dict[str, str]]:
    """Every row of ``data/<name>`` as printed."""
    return [dict(row) for row in _read(name)]


@cache
def _read(name: str) -> tuple[Mapping[str, str], ...]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def typed(name: str, where: Mapping[str, str] | None = None, kept: list[str] | None = None) -> list[dict[str, Any]]:
    """The rows of a table that match ``where``, columns ``kept`` or all; counts as integers, an empty cell as None."""
    return [
        {column: _cell(column, row[column]) for column in kept or row}
        for row in _read(name)
        if all(row.get(column) == wanted for column, wanted in (where or {}).items())
    ]


def _cell(column: str, text: str) -> Any:
    if text == "":
        return None
    return int(text) if column in _COUNTS else text


def exists(name: str) -> bool:
    """True where a table of this name stands in ``data/``."""
    return "/" not in name and (DATA / name).is_file()


def columns(name: str) -> tuple[str, ...]:
    """The header of a table."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return tuple(next(csv.reader(lines)))


def of_programme(name: str, programme: str) -> Iterator[dict[str, str]]:
    """The rows of a shared table that belong to one programme, as printed."""
    return (dict(row) for row in _read(name) if row["programme"] == programme)
