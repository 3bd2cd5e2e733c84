"""Replay: every read model rebuilt from the log alone, beside the live one, and compared row by row.

One session, one snapshot: the log, the live tables and the rebuilt ones are seen at the same instant, so commands may
go on meanwhile. The rebuilt tables are temporary and vanish with the session. Invariant: of a log in which an event is
missing or cannot be read no table is compared, since nothing follows from such a comparison; the event is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import psycopg2
from psycopg2.extensions import BYTES, register_type

from audit.findings import Finding, Findings
from kernel.log.readmodel import changes
from kernel.log.sessions import connect
from kernel.projection import Op, Table
from kernel.service import Service

PAGE = 2_000
SHOWN = 5
Advance = Callable[[int, int], None]


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
    """One service: the events replayed, every table compared, and what kept it from being so (``audit.findings``)."""

    service: str
    events: int
    tables: list[Compared]
    findings: list[Finding] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        """True where every table is equal."""
        return not self.findings and all(table.equal for table in self.tables)


def replay(service: Service, url: str, advance: Advance) -> Replayed:
    """Rebuild and compare all read models of ``service``. ``advance(done, of)`` is told of progress in events.

    Raises:
        Lost, psycopg2.OperationalError: the database does not answer.
        psycopg2.errors.InsufficientPrivilege: the address may not read it.
    """
    run = _Replay(service, advance)
    with closing(connect(url)) as session:
        session.autocommit = False
        session.set_session(isolation_level="REPEATABLE READ")
        try:
            run.rebuild(session)
        except (psycopg2.OperationalError, psycopg2.errors.InsufficientPrivilege):
            raise
        except psycopg2.Error as error:
            run.wrong("log_unreadable", None, f"it cannot be read: {_said(error)}")
        session.rollback()
    return Replayed(service.name, run.position, run.compared, list(run.findings))


class _Replay:
    """One run: ``position`` is that of the last event there is."""

    def __init__(self, service: Service, advance: Advance) -> None:
        self._service = service
        self._advance = advance
        self.findings = Findings()
        self.position = 0
        self.compared: list[Compared] = []

    def wrong(self, code: str, position: int | None, sentence: str, row: str = "") -> None:
        self.findings.add(code, self._service.name, position, sentence, row)

    def rebuild(self, session: Any) -> None:
        """Read the log, fill the tables from it and compare them. Raises psycopg2.Error."""
        with session.cursor() as cur:
            cur.execute("select position from log.head")
            head = next((row[0] for row in cur.fetchall() if isinstance(row[0], int)), 0)
            for table in self._service.tables:
                cur.execute(table.ddl("pg_temp"))
            with session.cursor(name="log") as rows:
                register_type(BYTES, rows)
                rows.itersize = PAGE
                rows.execute("select position, line from log.events where position <= %s order by position", (head,))
                for page in self._pages(rows):
                    for statement in self._changes(page):
                        cur.execute(statement)
                    self._advance(self.position, head)
            if self.position != head:
                self.wrong("head_differs", self.position, f"the log ends here, its head row says {head}")
            if not len(self.findings):
                self.compared = [made for table in self._service.tables if (made := self._table(cur, table))]

    def _pages(self, rows: Iterable[tuple[int, bytes | None]]) -> Iterator[list[tuple[int, list[Op]]]]:
        """(position, row operations) of the events that can be read, in pages; of the others it is said."""
        page: list[tuple[int, list[Op]]] = []
        for position, line in rows:
            if position != self.position + 1:
                first, last = self.position + 1, position - 1
                which = "the event is" if first == last else f"the events {first} to {last} are"
                self.wrong("position_missing", first, f"{which} missing, the one behind is there")
            self.position = position
            try:
                recorded = self._service.events.recorded(bytes(line or b""))
                if recorded.position != position:
                    sentence = f"position is {position} where the line says {recorded.position}"
                    self.wrong("column_differs", position, sentence)
                    continue
                page.append((position, list(self._service.project(recorded))))
            except Exception as error:  # whatever stands there, it is this line that is at fault
                self.wrong("line_unreadable", position, f"nothing follows from the line: {_said(error)}")
            if len(page) == PAGE:
                yield page
                page = []
        yield page

    def _changes(self, page: list[tuple[int, list[Op]]]) -> list[str]:
        """The statements of a page; where an event asks for what no table can hold, none, and it is named."""
        try:
            return changes([op for _, ops in page for op in ops], "pg_temp")
        except (TypeError, ValueError):
            for position, ops in page:
                try:
                    changes(ops, "pg_temp")
                except (TypeError, ValueError) as error:
                    self.wrong("line_unreadable", position, f"no read model can hold what it says: {_said(error)}")
            return []

    def _table(self, cur: Any, table: Table) -> Compared | None:
        cur.execute("savepoint comparing")
        try:
            return _compared(cur, table)
        except psycopg2.Error as error:
            cur.execute("rollback to comparing")
            self.wrong("log_unreadable", None, f"it cannot be compared: {_said(error)}", f"read model {table.name}")
            return None


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0][:200]}"


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
