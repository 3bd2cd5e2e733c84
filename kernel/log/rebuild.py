"""Rebuilding read models: what is new or declared otherwise is replayed beside the old, then takes its place.

A table remembers the digest of its declaration in its comment. Invariant: a table named as declared holds exactly what
the log gives up to its head; the old gives way under the head's lock, after the last event, so none is missed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from psycopg2.extensions import cursor

from kernel.log import Project
from kernel.log.readmodel import changes, quoted
from kernel.messages import Recorded
from kernel.projection import Op, Table

PAGE = 1_000
Read = Callable[[int], Iterable[Recorded]]
"""All events after a position, in order."""


def digest(table: Table) -> str:
    """What tells one declaration of a table from another."""
    return hashlib.sha256(table.ddl("read").encode()).hexdigest()


def stale(cur: cursor, tables: Sequence[Table]) -> list[Table]:
    """Those of ``tables`` that are not there, or were made from another declaration."""
    cur.execute(
        "select relname, obj_description(oid, 'pg_class') from pg_class where relnamespace = 'read'::regnamespace"
    )
    standing = dict(cur.fetchall())
    return [table for table in tables if standing.get(table.name) != digest(table)]


def rebuild(cur: cursor, tables: Sequence[Table], read: Read, project: Project) -> None:
    """Fill ``tables`` from the log and put them in the place of what stands there. ``cur`` is in autocommit mode.

    Appends go on meanwhile, but for the last few events. Raises whatever reading and projecting raise; what stands
    is untouched then.
    """
    fresh = {table.name: replace(table, name=f"{table.name}__next") for table in tables}
    for table in fresh.values():
        cur.execute(f"drop table if exists read.{table.name}; {table.ddl('read')}")
    reached = _replay(cur, fresh, read(0), project, 0)
    cur.execute("begin; select from log.head for update")
    try:
        _replay(cur, fresh, read(reached), project, reached)
        for table in tables:
            cur.execute(
                f"drop table if exists read.{table.name}; alter table read.{table.name}__next rename to {table.name};"
                f"comment on table read.{table.name} is {quoted(digest(table))}"
            )
    except BaseException:
        cur.execute("rollback")
        raise
    cur.execute("commit")


def _replay(cur: cursor, fresh: dict[str, Table], events: Iterable[Recorded], project: Project, reached: int) -> int:
    for page in _pages(events):
        reached = page[-1].position
        ops = [
            Op(fresh[op.table.name], op.key, op.set, op.add, op.drop)
            for recorded in page
            for op in project(recorded)
            if op.table.name in fresh
        ]
        if ops:
            cur.execute(";".join(changes(ops)))
    return reached


def _pages(events: Iterable[Recorded]) -> Iterator[list[Recorded]]:
    source = iter(events)
    while page := list(islice(source, PAGE)):
        yield page
