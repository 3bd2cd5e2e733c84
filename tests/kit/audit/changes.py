"""What a superuser does to a log, one thing at a time, and what `audit verify` must say of it and of nothing else.

    with ground(server, folder) as found:
        for change in drawn(found, "seed", 40):  # tests.kit.audit.drawing
            assert found.judged(change) == ""

A ``Change`` is data: other rooms add their own kinds with ``Change(...)`` and judge them the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.findings import Finding
from audit.live import Live
from audit.verify import Verification
from tests.kit.audit.archive import SERVICES, Archive, archive
from tests.kit.audit.tampering import Victim
from tests.kit.databases import rows_of, run


@dataclass(frozen=True)
class Change:
    """``sql``, run by a superuser in the database of ``service``, is to be named with one of ``codes``.

    ``position`` and ``row`` (its beginning) are those of the finding, None where they may be any; ``beside`` are codes
    that may follow from the same thing. When it was judged, ``undo`` is run and ``tables`` are put back as they were.
    """

    kind: str
    service: str
    sql: str
    codes: frozenset[str]
    position: int | None = None
    row: str | None = None
    beside: frozenset[str] = frozenset()
    tables: tuple[str, ...] = ()
    undo: str = ""
    named: str = ""

    def judged(self, findings: Iterable[Finding]) -> str:
        """What is wrong with ``findings`` where this alone was done; empty where it is named, and nothing else."""
        found = list(findings)
        named = [one for one in found if self._names(one)]
        others = [one for one in found if one not in named and one.code not in self.beside]
        if not named:
            return f"{self.kind}: not named: {self.sql}; found {found}"
        return f"{self.kind}: something else was named: {self.sql}; {others}" if others else ""

    def _names(self, finding: Finding) -> bool:
        return (
            finding.code in self.codes
            and finding.service == (self.named or self.service)
            and self.position in (None, finding.position)
            and finding.row.startswith(self.row or "")
        )


class Ground:
    """A signed archive with parked events and a checkpointer's memory, whose databases are changed and put back."""

    def __init__(self, found: Archive) -> None:
        self.archive = found

    def rows(self, service: str, sql: str) -> list[tuple[Any, ...]]:
        """The rows of ``sql`` in the database of ``service``."""
        return rows_of(self.archive.victims[service].superuser, sql)

    def verify(self) -> list[Finding]:
        """What verification finds."""
        memory = self.archive.folder / "signed"
        with closing(Live(self.archive.addresses(), self.archive.folder, remembered=memory)) as source:
            verification = Verification(source, self.archive.policy, {})
            verification.run(SERVICES, lambda service: lambda done, of: None)
            return list(verification.findings)

    def judged(self, change: Change) -> str:
        """What is wrong with what verification says of ``change``, which is undone again."""
        with applied(self.archive.victims[change.service], change):
            return change.judged(self.verify())


@contextmanager
def applied(victim: Victim, change: Change) -> Iterator[None]:
    """``change`` stands in the block, and is undone after it."""
    app = victim.database.app
    names = {table: f"read.kept_{table.replace('.', '_')}" for table in change.tables}
    sql = [f"create table {name} as table {table}; alter table {name} owner to {app}" for table, name in names.items()]
    if change.tables:
        victim.force("; ".join([*sql, change.sql]))
    else:
        run(victim.superuser, change.sql)
    try:
        yield
    finally:
        if change.undo:
            run(victim.superuser, change.undo)
        back = [f"delete from {table}" for table in names]
        back += [f"insert into {table} table {name}; drop table {name}" for table, name in reversed(names.items())]
        if back:
            victim.force("; ".join(back))


@contextmanager
def ground(server: str, folder: Path) -> Iterator[Ground]:
    """A small archive: some 60 events a log, four checkpoints, three parked events, and what is not signed yet."""
    with archive(server, folder) as found:
        for commands in (12, 9, 7):
            found.grow(commands)
            found.sign()
        found.park(3)
        found.grow(5)
        found.sign()
        found.grow(2)
        yield Ground(found)
