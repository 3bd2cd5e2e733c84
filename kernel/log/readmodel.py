"""Read models in SQL: what projections ask for, as statements with inline values.

Invariant: a value that does not fit its column is refused here, by kind, before any store sees it; so the store in
memory, which runs its changes through the same functions, takes and refuses what PostgreSQL does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kernel.codec import canonical
from kernel.projection import Op, Table, merged

MOST_ROWS = 1_000
"""Rows of one statement: a longer text costs the server more room, and no less time a row."""
_FEW = 20
"""Rows up to which each is written out: lists are taken apart quicker, but have to be planned first."""


def changes(ops: Iterable[Op], schema: str = "read") -> list[str]:
    """``changing``, all at once; raises as it does."""
    return list(changing(ops, schema))


def changing(ops: Iterable[Op], schema: str = "read") -> Iterator[str]:
    """The statements that carry out ``ops``: the drops of each table, then upserts for each set of columns.

    A row dropped and written anew keeps both steps; drops going first gives the order ``merged`` asks for.

    Raises:
        TypeError: for a column the table has not, or a value that is not of the column's kind.
        ValueError: for what PostgreSQL cannot hold: text with a NUL character, integers wider than 64 bits.
    """
    drops: dict[str, tuple[Table, list[Op]]] = {}
    puts: dict[tuple[str, tuple[str, ...], tuple[str, ...]], tuple[Table, list[Op]]] = {}
    for op in merged(ops):
        if op.drop:
            drops.setdefault(op.table.name, (op.table, []))[1].append(op)
        else:
            puts.setdefault((op.table.name, tuple(op.set), tuple(op.add)), (op.table, []))[1].append(op)
    yield from (_delete(schema, table, some) for table, rows in drops.values() for some in _some(rows))
    for (_, sets, adds), (table, rows) in puts.items():
        yield from (_upsert(schema, table, sets, adds, some) for some in _some(rows))


def _some(rows: list[Op]) -> Iterator[list[Op]]:
    return (rows[first : first + MOST_ROWS] for first in range(0, len(rows), MOST_ROWS))


def _delete(schema: str, table: Table, ops: list[Op]) -> str:
    columns = _columns(table, table.key, table.key)
    rows = ",".join([f"({_row(columns, op.key)})" for op in ops])
    return f"delete from {schema}.{table.name} where ({','.join(table.key)}) in ({rows})"


def _upsert(schema: str, table: Table, sets: Sequence[str], adds: Sequence[str], ops: list[Op]) -> str:
    columns = [
        *_columns(table, table.key, table.key),
        *_columns(table, table.columns, sets),
        *_columns(table, {name: kind for name, kind in table.columns.items() if kind == "int"}, adds),
    ]
    given = [(*op.key, *op.set.values(), *op.add.values()) for op in ops]
    rows = _listed(table, (*table.key, *sets, *adds), given) if len(ops) > _FEW else None
    if rows is None:
        rows = "values " + ",".join([f"({_row(columns, values)})" for values in given])
    renewed = [f"{name} = excluded.{name}" for name in sets] + [f"{name} = t.{name} + excluded.{name}" for name in adds]
    action = f"({','.join(table.key)}) do " + (f"update set {', '.join(renewed)}" if renewed else "nothing")
    names = ",".join((*table.key, *sets, *adds))
    return f"insert into {schema}.{table.name} as t ({names}) {rows} on conflict {action}"


def _listed(table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> str | None:
    """``rows`` as one list a column, an item a line, which both sides take apart quicker than rows written out; None
    where something in them is no single line, or not of its column's kind: that is told of a row written out."""
    kinds = {**table.columns, **table.key}
    try:
        lists = [_LISTS[kinds[name]](column) for name, column in zip(names, zip(*rows, strict=True), strict=True)]
    except (TypeError, ValueError):
        return None
    return f"select * from unnest({','.join(lists)})"


def _lines(texts: Iterable[str], count: int) -> str:
    whole = "\n".join(texts)
    if whole.count("\n") >= count or "\0" in whole:
        raise ValueError("a text of several lines")
    return "string_to_array('" + whole.replace("'", "''") + "', e'\\n')"


def _of_kind(literal: Callable[[Any], str], kind: str) -> Callable[[Sequence[Any]], str]:
    return lambda values: _lines(map(literal, values), len(values)) + f"::{kind}[]"


def _dates(values: Sequence[Any]) -> str:
    if not all(value is None or type(value) is date for value in values):
        raise TypeError("no dates")
    days = ["" if value is None else value.isoformat() for value in values]
    return _lines(days, len(days)).removesuffix(")") + ", '')::date[]"


Column = tuple[str, Callable[[Any], str]]


def _columns(table: Table, known: Mapping[str, str], names: Iterable[str]) -> list[Column]:
    for name in names:
        if name not in known:
            raise TypeError(f"{table.name} has no column {name}, or none of that kind")
    return [(f"{table.name}.{name}", _LITERALS[known[name]]) for name in names]


def _row(columns: Sequence[Column], values: Sequence[Any]) -> str:
    if len(columns) != len(values):
        raise TypeError(f"a key of {columns[0][0].split('.')[0]} has other columns than {values!r}")
    try:
        return ",".join([literal(value) for (_, literal), value in zip(columns, values, strict=True)])
    except (TypeError, ValueError) as error:
        raise type(error)(f"{', '.join(name for name, _ in columns)} cannot hold {values!r}: {error}") from error


def quoted(value: Any) -> str:
    """Text as a literal of a session with standard_conforming_strings on and client_encoding UTF8.

    Raises:
        TypeError: where it is no text.
        ValueError: where it holds NUL, which would end the statement there.
    """
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    if "\0" in value:
        raise ValueError("text with a NUL character")
    return "'" + value.replace("'", "''") + "'"


def _int(value: Any) -> str:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no integer")
    if not -(2**63) <= value < 2**63:
        raise ValueError("wider than 64 bits")
    return str(value)


def _bool(value: Any) -> str:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is no truth value")
    return "true" if value else "false"


def _date(value: Any) -> str:
    if value is None:
        return "null::date"
    if type(value) is not date:
        raise TypeError(f"{value!r} is no date")
    return f"'{value.isoformat()}'::date"


def _json(value: Any) -> str:
    return quoted(canonical(value).decode()) + "::jsonb"


_LITERALS: dict[str, Callable[[Any], str]] = {"text": quoted, "int": _int, "bool": _bool, "date": _date, "json": _json}
_LISTS: dict[str, Callable[[Sequence[Any]], str]] = {
    "text": lambda values: _lines(values, len(values)),
    "int": _of_kind(_int, "bigint"),
    "bool": _of_kind(_bool, "boolean"),
    "date": _dates,
    "json": _of_kind(lambda value: canonical(value).decode(), "jsonb"),
}
