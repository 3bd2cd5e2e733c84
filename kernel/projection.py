"""Projections: read models as tables that events write rows into.

A projection is a pure function from a recorded event to row operations, so one piece of code serves the appending
transaction, a rebuild beside the live tables, an as-of view in memory and the tests. Tables hold nothing that is not
in the log; they are made from their declaration and never migrated: a changed table is rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from kernel.frozen import maker_of
from kernel.messages import Event

Value = Any
_SQL = {"text": "text", "int": "bigint", "bool": "boolean", "date": "date", "json": "jsonb"}
_EMPTY: dict[str, Any] = {"text": "''", "int": "0", "bool": "false", "date": "null", "json": "'{}'::jsonb"}


@dataclass(frozen=True, slots=True)
class Op:
    """One change of one row: ``set`` overwrites columns, ``add`` adds to integer columns, ``drop`` removes the row.

    A row that does not exist is made first, its other columns empty ('' or 0 or false or null).
    """

    table: Table
    key: tuple[Value, ...]
    set: Mapping[str, Value] = field(default_factory=dict)
    add: Mapping[str, int] = field(default_factory=dict)
    drop: bool = False


_op = maker_of(Op)


@dataclass(frozen=True, eq=False)
class Table:
    """A read model: ``key`` and ``columns`` map names to text, int, bool, date or json; ``indexes`` list columns."""

    name: str
    key: Mapping[str, str]
    columns: Mapping[str, str]
    indexes: tuple[tuple[str, ...], ...] = ()

    def put(self, *key: Value, **values: Value) -> Op:
        """Write ``values`` into the row of ``key``; columns not named keep what they hold."""
        return _op(self, key, values, {}, False)

    def of(self, event: Event, /, **values: Value) -> Op:
        """Write the row that the fields of ``event`` name: its key, every column of a field's name, and ``values``.

        Raises:
            KeyError: for a part of the key that neither has.
        """
        key, columns = _shared(self, type(event), frozenset(values))
        place = tuple(values.pop(name) if name in values else getattr(event, name) for name in key)
        return _op(self, place, {name: getattr(event, name) for name in columns} | values, {}, False)

    def add(self, *key: Value, **amounts: int) -> Op:
        """Add ``amounts`` to integer columns of the row of ``key``."""
        return _op(self, key, {}, amounts, False)

    def drop(self, *key: Value) -> Op:
        """Remove the row of ``key``."""
        return _op(self, key, {}, {}, True)

    @cached_property
    def empty(self) -> dict[str, Value]:
        """A row that holds nothing yet; to be copied. The empty object of a json column is shared and never changed."""
        empty = {"text": "", "int": 0, "bool": False, "date": None, "json": {}}
        return {name: empty[kind] for name, kind in self.columns.items()} | dict.fromkeys(self.key)

    def ddl(self, schema: str) -> str:
        """The statements that make the table in ``schema``; text columns sort by code point (COLLATE "C")."""

        def column(name: str, kind: str, empty: bool) -> str:
            collate = ' collate "C"' if kind == "text" else ""
            default = f" not null default {_EMPTY[kind]}" if empty and kind != "date" else ""
            return f"{name} {_SQL[kind]}{collate}{default}"

        lines = [column(n, k, False) for n, k in self.key.items()] + [
            column(n, k, True) for n, k in self.columns.items()
        ]
        lines.append(f"primary key ({', '.join(self.key)})")
        statements = [f"create table {schema}.{self.name} ({', '.join(lines)})"]
        statements += [f"create index on {schema}.{self.name} ({', '.join(i)})" for i in self.indexes]
        return ";\n".join(statements) + ";"


@cache
def _shared(table: Table, kind: type[Event], named: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The key of ``table``, and those of its columns that are fields of ``kind`` and not ``named``."""
    fields = set(kind.__struct_fields__)
    if missing := set(table.key) - fields - named:
        raise KeyError(f"{kind.__name__} does not say {sorted(missing)} of {table.name}")
    if unknown := named - set(table.columns) - set(table.key):
        raise KeyError(f"{table.name} has no column {sorted(unknown)}")
    return tuple(table.key), tuple(name for name in table.columns if name in fields and name not in named)


def merged(ops: Iterable[Op]) -> list[Op]:
    """``ops`` with all changes of one row folded into one, in the order of each row's first change.

    A row dropped and written again afterwards keeps both steps, so that old columns do not come back.
    """
    rows: dict[tuple[str, tuple[Value, ...]], list[Op]] = {}
    for op in ops:
        steps = rows.setdefault((op.table.name, op.key), [])
        last = steps[-1] if steps else None
        if op.drop:
            steps[:] = [op]
        elif last is None or last.drop:
            steps.append(op)
        else:
            values, sums = dict(last.set), dict(last.add)
            for name, value in op.set.items():
                values[name] = value
                sums.pop(name, None)
            for name, amount in op.add.items():
                if name in values:
                    values[name] += amount
                else:
                    sums[name] = sums.get(name, 0) + amount
            steps[-1] = _op(op.table, op.key, values, sums, False)
    return [op for steps in rows.values() for op in steps]


class Rows:
    """Tables in memory: the twin of the database's read schema, for tests and as-of views."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[tuple[Value, ...], dict[str, Value]]] = {}

    def apply(self, ops: Iterable[Op]) -> None:
        """Carry out ``ops`` in order."""
        for op in ops:
            table, key = op.table, op.key
            rows = self.tables.get(table.name)
            if rows is None:
                rows = self.tables[table.name] = {}
            if op.drop:
                rows.pop(key, None)
                continue
            row = rows.get(key)
            if row is None:
                row = rows[key] = table.empty.copy()
                row.update(zip(table.key, key, strict=True))
            if op.set:
                row.update(op.set)
            for name, amount in op.add.items() if op.add else ():
                row[name] += amount

    def of(self, table: Table) -> list[dict[str, Value]]:
        """The rows of ``table``, sorted by key."""
        rows = self.tables.get(table.name, {})
        return [rows[key] for key in sorted(rows)]
