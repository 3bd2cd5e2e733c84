"""The SQL a group sends: one string to lock and ask, one to write everything and commit.

Values stand inline, because a string of several statements takes no parameters. Invariant: every text passes through
``quoted``; the session has standard_conforming_strings on and client_encoding UTF8, so doubling the quote is enough.
The server never gets a NUL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kernel.codec import canonical
from kernel.log.batch import Batch, Facts, Needs
from kernel.projection import Op, Table, merged

PREPARE = """
prepare facts(text[], text[], text[], text[]) as
select 0, null, null, position, recorded_at, null::bytea from log.head
union all
select 1, s, null, (select version from log.events where stream = s order by version desc limit 1), null, null
  from unnest($1) s
union all
select 2, id, receipt, null, null, digest from log.commands where id = any($2)
union all
select 3, key, stream, null, null, null from log.claims where key = any($3)
union all
select 4, source, null, position, null, null from log.inbox where source = any($4)
"""

# The second statement starts after the lock is held, so it sees everything committed before.
LOCK = "begin isolation level read committed; select from log.head for update; "


def quoted(text: str) -> str:
    """``text`` as a literal. Raises ValueError where it holds NUL, which would end the statement there."""
    if "\0" in text:
        raise ValueError("text with a NUL character")
    return "'" + text.replace("'", "''") + "'"


def ask(needs: Needs) -> str:
    """Begin, lock the head and fetch the facts; see ``PREPARE`` for the rows."""
    return f"{LOCK}execute facts({', '.join(_array(names) for names in needs)})"


def _array(names: Iterable[str]) -> str:
    return "array[" + ",".join(map(quoted, names)) + "]::text[]"


def facts(rows: Iterable[tuple[Any, ...]]) -> Facts:
    """The answer to ``ask``."""
    found = Facts()
    for kind, key, text, number, time, blob in rows:
        if kind == 0:
            found.position, found.recorded_at = number, time
        elif kind == 1:
            found.versions[key] = number or 0
        elif kind == 2:
            found.commands[key] = (bytes(blob), text.encode())
        elif kind == 3:
            found.claims[key] = text
        else:
            found.inbox[key] = number
    return found


def write(batch: Batch) -> str:
    """Everything the batch has collected, the new head and the commit."""
    parts: list[str] = []
    if batch.events:
        rows = ",".join(
            f"({e.position},{quoted(e.stream)},{e.version},{quoted(e.type)},{quoted(e.line.decode())},'\\x{e.leaf.hex()}')"
            for e in batch.events
        )
        parts.append(f"insert into log.events values {rows}")
    if batch.commands:
        rows = ",".join(
            f"({quoted(c.id)},'\\x{c.digest.hex()}',{quoted(c.receipt.decode())},{c.position})" for c in batch.commands
        )
        parts.append(f"insert into log.commands values {rows}")
    if batch.claims:
        rows = ",".join(f"({quoted(key)},{quoted(stream)})" for key, stream in batch.claims)
        parts.append(f"insert into log.claims values {rows}")
    if batch.parked:
        rows = ",".join(
            f"({quoted(p.source)},{p.position},{quoted(p.command)},{quoted(p.reason)},{p.parked_at})"
            for p in batch.parked
        )
        parts.append(f"insert into log.parked values {rows}")
    if batch.inbox:
        rows = ",".join(f"({quoted(source)},{position})" for source, position in batch.inbox.items())
        parts.append(
            f"insert into log.inbox values {rows} on conflict (source) do update set position = excluded.position"
        )
    parts += changes(batch.ops)
    if batch.events:
        parts.append(f"update log.head set position = {batch.position}, recorded_at = {batch.recorded_at}")
    parts.append("commit")
    return ";".join(parts)


def changes(ops: Iterable[Op], schema: str = "read") -> list[str]:
    """The statements that carry out ``ops``: the drops of a table, then one upsert for each set of columns.

    A row dropped and written anew keeps both steps; drops going first gives the order ``merged`` asks for.
    """
    drops: dict[str, tuple[Table, list[Op]]] = {}
    puts: dict[tuple[str, tuple[str, ...], tuple[str, ...]], tuple[Table, list[Op]]] = {}
    for op in merged(ops):
        if op.drop:
            drops.setdefault(op.table.name, (op.table, []))[1].append(op)
        else:
            puts.setdefault((op.table.name, tuple(op.set), tuple(op.add)), (op.table, []))[1].append(op)
    statements = []
    for table, dropped in drops.values():
        rows = ",".join(f"({_values(table.key.values(), op.key)})" for op in dropped)
        statements.append(f"delete from {schema}.{table.name} where ({','.join(table.key)}) in ({rows})")
    statements += [_upsert(schema, table, *names[1:], rows) for names, (table, rows) in puts.items()]
    return statements


def _upsert(schema: str, table: Table, sets: Sequence[str], adds: Sequence[str], ops: list[Op]) -> str:
    kinds = [*table.key.values(), *(table.columns[name] for name in (*sets, *adds))]
    columns = ",".join((*table.key, *sets, *adds))
    rows = ",".join(f"({_values(kinds, (*op.key, *op.set.values(), *op.add.values()))})" for op in ops)
    renewed = [f"{name} = excluded.{name}" for name in sets] + [f"{name} = t.{name} + excluded.{name}" for name in adds]
    action = f"({','.join(table.key)}) do " + (f"update set {', '.join(renewed)}" if renewed else "nothing")
    return f"insert into {schema}.{table.name} as t ({columns}) values {rows} on conflict {action}"


def _values(kinds: Iterable[str], values: Iterable[Any]) -> str:
    return ",".join([_literal(kind, value) for kind, value in zip(kinds, values, strict=True)])


def _literal(kind: str, value: Any) -> str:
    if kind == "text":
        return quoted(value)
    if kind == "json":
        return quoted(canonical(value).decode()) + "::jsonb"
    if kind == "date":
        return "null::date" if value is None else f"'{value.isoformat()}'::date"
    return str(value) if kind == "int" else ("true" if value else "false")
