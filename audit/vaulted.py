"""The keys of persons against the log: whoever was registered has one, whoever was erased has none and gets no other.

What is compared is whose keys there are, never a key. A key of somebody the log does not know is no finding: it is made
before the event it is needed for, and stays where the command is refused after all. Invariant: the vault is read after
the head of the log and before its events, and only events up to that head ask for anything; so a system at work gives
no finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from psycopg2.extras import execute_values

from audit.findings import Findings
from audit.lines import Event
from audit.live import Live
from audit.sources import NotAllowed, Row
from kernel.log.sessions import connect
from services.personnel.persons.person import PersonRegistered
from services.personnel.privacy.privacy import PersonErased

_TELLING: Final = (PersonRegistered.__name__, PersonErased.__name__)
_PAGE: Final = 1_000
_THERE: Final = "select exists (select from pg_catalog.pg_namespace where nspname = 'vault')"
_HEAD: Final = "select coalesce(max(position), 0) from log.events"
_KEPT: Final = """
create temporary table kept as
select subject, false as gone from vault.keys union all select subject, true from vault.destroyed
"""
_TOLD: Final = 'create temporary table told (subject text collate "C", erased boolean, position bigint)'
_INDEX: Final = "create index on pg_temp.kept (subject); create index on pg_temp.told (subject); analyze pg_temp.told"
_UNFOUNDED: Final = """
select k.subject from pg_temp.kept k
 where k.gone and not exists (select from pg_temp.told t where t.subject = k.subject and t.erased) order by 1 limit %s
"""
_UNDESTROYED: Final = """
select t.subject, t.position, k.subject is not null
  from pg_temp.told t left join pg_temp.kept k on k.subject = t.subject and not k.gone
 where t.erased and t.position <= %s
   and (k.subject is not null or not exists (select from pg_temp.kept d where d.subject = t.subject and d.gone))
 order by 2 limit %s
"""
_LOST: Final = """
select t.subject, min(t.position) from pg_temp.told t
 where t.position <= %s and not exists (select from pg_temp.kept k where k.subject = t.subject)
   and not exists (select from pg_temp.told e where e.subject = t.subject and e.erased)
 group by t.subject order by 2 limit %s
"""


class Vaulted:
    """Checks the keys in the database of ``service``, where it has a vault. Make it before the log is read.

    Each key is read in one statement of a session of its own: a table that is emptied and filled again, as for every
    erasure, is empty in a snapshot that was taken before.
    """

    def __init__(self, service: str, source: Live, findings: Findings) -> None:
        self._service = service
        self._findings = findings
        self._told: list[tuple[str, bool, int]] = []
        self._unread = False
        self._reads = False
        with source.answering(service):
            self._session = connect(source.url(service))
            try:
                with source.answering(service):
                    self._reads = self._read()
            except NotAllowed as error:
                sentence = f"whose keys there are was not compared: {error.message}"
                findings.add("log_unreadable", service, None, sentence, "schema vault")

    def close(self) -> None:
        """Let go of the session."""
        self._session.close()

    def page(self, rows: Sequence[Row], events: Sequence[Event | None]) -> None:
        """Note who is registered and who is erased by these events."""
        if not self._reads:
            return
        for row, event in zip(rows, events, strict=True):
            if event is None:
                self._unread = True
            elif event["type"] in _TELLING:
                person = event["data"].get("person") if isinstance(event["data"], dict) else None
                if isinstance(person, str) and "\0" not in person:
                    self._told.append((person, event["type"] == PersonErased.__name__, row.position))
                else:
                    self._unread = True
        if len(self._told) >= _PAGE:
            self._write()

    def finish(self) -> None:
        """Compare. Where an event is not to be believed, a destroyed key without an event says nothing."""
        if not self._reads:
            return
        self._write()
        most = self._findings.most
        with self._session.cursor() as cur:
            cur.execute(_INDEX)
            cur.execute(_UNDESTROYED, (self._head, most))
            for person, position, kept in cur.fetchall():
                why = "has a key all the same" if kept else "nothing in the vault keeps from having another key"
                self._add("key_not_destroyed", position, person, f"{person} was erased, and {why}")
            cur.execute(_LOST, (self._head, most))
            for person, position in cur.fetchall():
                self._add("key_lost", position, person, f"{person} was registered, not erased, and has no key")
            cur.execute(_UNFOUNDED, (0 if self._unread else most,))
            for (person,) in cur.fetchall():
                sentence = f"the key of {person} stands as destroyed, and no event says that {person} was erased"
                self._add("key_destroyed_unfounded", None, person, sentence)

    def _read(self) -> bool:
        """Whether there is a vault; what is in it is then in the temporary table."""
        with self._session.cursor() as cur:
            cur.execute(_THERE)
            if not cur.fetchall()[0][0]:
                return False
            cur.execute(_HEAD)
            self._head = int(cur.fetchall()[0][0])
            cur.execute(_KEPT)
            cur.execute(_TOLD)
            return True

    def _write(self) -> None:
        if self._told:
            with self._session.cursor() as cur:
                execute_values(cur, "insert into pg_temp.told values %s", self._told, page_size=_PAGE)
        self._told = []

    def _add(self, code: str, position: int | None, person: str, sentence: str) -> None:
        self._findings.add(code, self._service, position, sentence, f"person {person}")
