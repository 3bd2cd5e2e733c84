"""The names that streams claim, against those the log holds for them.

Only the events of types that claim anything are decoded. What they claim is put into a temporary table of the
database, which compares it; so memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg2.extras import execute_values

from audit.findings import Findings
from audit.lines import Event
from audit.live import Live
from audit.sources import Row
from kernel.errors import Corrupt
from kernel.messages import Event as Decided
from kernel.service import Service

_PAGE = 1_000
_MISSING = """
select key, min(stream), min(position) from pg_temp.claimed c
 where not exists (select from log.claims h where h.key = c.key and h.stream = c.stream)
 group by key order by 3 limit %s
"""
_UNFOUNDED = """
select key, stream from log.claims h where not exists (select from pg_temp.claimed c where c.key = h.key)
 order by key limit %s
"""


class Claims:
    """Checks the claims of one service in the session that holds its snapshot."""

    def __init__(self, service: Service, source: Live, findings: Findings) -> None:
        self._service = service
        self._source = source
        self._findings = findings
        self._claiming = {name for name, kind in service.events.by_name.items() if kind.claims is not Decided.claims}
        self._found: list[tuple[str, str, int]] = []
        self._unread = False
        with source.session(service.name).cursor() as cur:
            cur.execute('create temporary table claimed (key text collate "C", stream text, position bigint)')

    def page(self, rows: Sequence[Row], events: Sequence[Event | None]) -> None:
        """Note what these events claim."""
        if not self._claiming:
            return
        for row, event in zip(rows, events, strict=True):
            if event is None:
                self._unread = True
            elif event["type"] in self._claiming:
                try:
                    decoded = self._service.events.recorded(row.line).event
                except Corrupt:
                    self._unread = True
                    continue
                if decoded is not None:
                    self._found += [(key, event["stream"], row.position) for key in decoded.claims()]
        if len(self._found) >= _PAGE:
            self._write()

    def finish(self) -> None:
        """Compare. Where an event is not to be believed, a name without an event says nothing."""
        self._write()
        name, most = self._service.name, self._findings.most
        with self._source.session(name).cursor() as cur:
            cur.execute("create index on pg_temp.claimed (key); analyze pg_temp.claimed")
            cur.execute(_MISSING, (most,))
            for key, stream, position in cur.fetchall():
                self._findings.add("claim_missing", name, position, f"{stream} claims {key} and does not hold it")
            if self._unread:
                return
            cur.execute(_UNFOUNDED, (most,))
            for key, stream in cur.fetchall():
                self._findings.add("claim_unfounded", name, None, f"{stream} holds {key}, which no event claims")

    def _write(self) -> None:
        with self._source.session(self._service.name).cursor() as cur:
            if self._found:
                execute_values(cur, "insert into pg_temp.claimed values %s", self._found, page_size=_PAGE)
        self._found = []
