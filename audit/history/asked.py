"""What was asked for: which tables of which services, and which of their rows.

Raises Unreadable for a table or column that is not there, and names what there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit.history.values import text
from audit.sources import Unreadable
from kernel.projection import Table
from kernel.service import Service

Where = tuple[tuple[str, str], ...]
"""Columns and the text their values must have, all of them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One service and those of its tables that are wanted."""

    service: Service
    tables: tuple[Table, ...]


def asked(services: Sequence[Service], tables: Iterable[str], where: Where = ()) -> list[Asked]:
    """The tables named (``table`` or ``service.table``; all where none is) that have every column of ``where``."""
    wanted = set(tables)
    named = {f"{s.name}.{t.name}": (s, t) for s in services for t in s.tables}
    for name in sorted(wanted):
        if name not in named and not any(full.endswith(f".{name}") for full in named):
            raise Unreadable(f"there is no read model {name}; {_listed(services)}")
    chosen = [(s, t) for full, (s, t) in named.items() if not wanted or full in wanted or t.name in wanted]
    fitting = [(s, t) for s, t in chosen if all(column in (*t.key, *t.columns) for column, _ in where)]
    if not fitting:
        columns = "; ".join(f"{s.name}.{t.name}: {', '.join((*t.key, *t.columns))}" for s, t in chosen[:20])
        raise Unreadable(f"no table has the column {' and '.join(column for column, _ in where)}; {columns}")
    found = [Asked(s, tuple(t for of, t in fitting if of is s)) for s in services]
    return [one for one in found if one.tables]


def _listed(services: Iterable[Service]) -> str:
    return "; ".join(f"{s.name}: {', '.join(sorted(t.name for t in s.tables))}" for s in services)


def where_of(conditions: Iterable[str]) -> Where:
    """``column=value`` of each condition. Raises Unreadable where one has no ``=``."""
    found = []
    for condition in conditions:
        column, equals, value = condition.partition("=")
        if not (column and equals):
            raise Unreadable(f"--where takes column=value, not {condition!r}")
        found.append((column, value))
    return tuple(found)


def fits(row: Mapping[str, Any] | None, where: Where) -> bool:
    """True where the row is there and has every value asked for."""
    return row is not None and all(text(row[column]) == value for column, value in where)


def fitting(rows: Iterable[Mapping[str, Any]], where: Where) -> Iterator[Mapping[str, Any]]:
    """Those of ``rows`` that fit."""
    return (row for row in rows if fits(row, where))
