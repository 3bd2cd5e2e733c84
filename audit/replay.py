"""Replay: every read model rebuilt from the log alone, beside the live one, and compared row by row.

One session, one snapshot: the log, the live tables and the rebuilt ones are seen at the same instant, so commands may
go on meanwhile. The rebuilt tables are temporary and vanish with the session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from kernel.errors import Corrupt
from kernel.log.readmodel import changes
from kernel.log.sessions import connect
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Service

PAGE = 2_000
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Compared:
    """One table: rows rebuilt, rows only in the live table, rows only in the rebuilt one, and a few of each."""

    table: str
    rows: int
    only_live: int
    only_rebuilt: int
    samples: list[dict[str, Any]] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        """True where the live table holds exactly the rebuilt rows."""
        return not (self.only_live or self.only_rebuilt)


@dataclass(frozen=True, slots=True)
class Replayed:
    """One service: the events replayed and every table compared."""

    service: str
    events: int
    tables: list[Compared]

    @property
    def equal(self) -> bool:
        """True where every table is equal."""
        return all(table.equal for table in self.tables)


def replay(service: Service, url: str, advance: Callable[[int, int], None]) -> Replayed:
    """Rebuild and compare all read models of ``service``. ``advance(done, of)`` is told of progress in events.

    Raises:
        Corrupt: where a position is missing or a line cannot be read.
    """
    with closing(connect(url)) as session:
        session.autocommit = False
        session.set_session(isolation_level="REPEATABLE READ")
        with session.cursor() as cur:
            cur.execute("select position from log.head")
            ((head,),) = cur.fetchall()
            for table in service.tables:
                cur.execute(table.ddl("pg_temp"))
            with session.cursor(name="log") as lines:
                lines.itersize = PAGE
                lines.execute("select line from log.events where position <= %s order by position", (head,))
                for done, ops in _pages(service, lines):
                    for statement in changes(ops, "pg_temp"):
                        cur.execute(statement)
                    advance(done, head)
            if head and done != head:
                raise Corrupt(f"{service.name}: the log ends at position {done}, its head says {head}")
            compared = [_compared(cur, table) for table in service.tables]
        session.rollback()
    return Replayed(service.name, head, compared)


def _pages(service: Service, lines: Iterable[tuple[str]]) -> Iterator[tuple[int, list[Op]]]:
    """(last position, row operations) of each page of events."""
    ops: list[Op] = []
    position = 0
    for (line,) in lines:
        recorded: Recorded = service.events.recorded(line)
        if recorded.position != position + 1:
            raise Corrupt(f"{service.name}: position {position + 1} is missing")
        position += 1
        ops += service.project(recorded)
        if position % PAGE == 0:
            yield position, ops
            ops = []
    if ops or position % PAGE:
        yield position, ops


def _compared(cur: Any, table: Table) -> Compared:
    names = ", ".join((*table.key, *table.columns))
    live, rebuilt = f"select {names} from read.{table.name}", f"select {names} from pg_temp.{table.name}"
    cur.execute(f"select count(*) from pg_temp.{table.name}")
    ((rows,),) = cur.fetchall()
    found: dict[str, int] = {}
    samples: list[dict[str, Any]] = []
    for side, query in (("live", f"{live} except all {rebuilt}"), ("rebuilt", f"{rebuilt} except all {live}")):
        cur.execute(f"select count(*) from ({query}) as difference")
        ((found[side],),) = cur.fetchall()
        if found[side]:
            cur.execute(f"{query} limit {SHOWN}")
            columns = [column.name for column in cur.description]
            samples += [{"only": side, **dict(zip(columns, map(str, row), strict=True))} for row in cur.fetchall()]
    return Compared(table.name, rows, found["live"], found["rebuilt"], samples)
