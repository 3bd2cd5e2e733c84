"""The logs of a system as its databases hold them, whether or not its services run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extensions import BYTES, connection, register_type

from audit.cursor_pages import cursor_pages
from audit.sources import PAGE, CommandRow, Head, ParkedRow, Row, SubtreeRow, Unreadable
from kernel.log import prefetch
from kernel.log.sessions import Lost, connect
from kernel.proof.signedstate import Damaged, Signed, SignedState
from services import SERVICES

_EVENTS = (
    "select position, stream, version, type, line, leaf from log.events"
    " where position > %s and position <= %s order by position"
)
_LAST = (1 << 63) - 1
GATEWAY = "gateway"
"""The name of the database in which the feeds of the cities stand, beside those of the services."""
_LINES = "select line from log.events where position > %s and position <= %s order by position"
_COMMANDS = "select id, receipt, position from log.commands order by position, id"
_NOTES = """
select note || coalesce(string_agg(rtrim(signature, e'\n') || e'\n', '' order by witness), '')
  from log.checkpoints c left join log.cosignatures s using (size) group by c.size, note order by c.size
"""
_SUBTREES = """
select level, number, sha256, sm3 from log.subtrees order by (number + 1) * power(256::numeric, level), level
"""
# A trigger of that name is not enough: it must refuse every change (tgtype 58: before update, delete and truncate, for
# a statement) on whatever condition, by a function that raises; and nothing may stand between a reader and the rows.
_GUARDS = """
select name from unnest(array['events', 'commands', 'claims', 'subtrees', 'checkpoints', 'cosignatures']) as name
 where not exists (select from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
                    where c.relnamespace = 'log'::regnamespace and c.relname = name
                      and c.relkind = 'r' and not c.relrowsecurity and not c.relhasrules
                      and t.tgname = 'append_only' and t.tgenabled = 'A' and t.tgtype = 58 and t.tgqual is null
                      and p.prosrc ~* '^\\s*begin\\s+raise exception [^;]+;\\s*end;?\\s*$')
"""
_SUBTREES_KEPT = "select level, count(*) from log.subtrees group by level order by level"
_MISFILED = """
select size from log.checkpoints where split_part(note, e'\\n', 2) <> size::text order by size limit %s
"""


class Live:
    """The databases at ``urls``, by service. ``keys`` is the directory of policy and public keys, where there is one.

    ``hint`` tells what to do where a database does not answer; ``remembered`` is the directory in which the
    checkpointers keep what they signed last, where it can be seen.
    """

    city: str | None = None

    def __init__(
        self, urls: Mapping[str, str], keys: Path | None = None, hint: str = "", remembered: Path | None = None
    ) -> None:
        self._urls = dict(urls)
        self._keys = keys
        self._hint = hint
        self._remembered = remembered
        self._sessions: dict[str, connection] = {}

    @classmethod
    def of(cls, data: Path, keys: Path | None = None) -> Live:
        """The system in the directory ``data``, with its own keys unless ``keys`` names others.

        Raises:
            Unreadable: with what to do, where none was ever started.
        """
        path = data / "system.json"
        try:
            known = json.loads(path.read_text(encoding="utf-8"))
            found = known.get("auditors") or known["databases"]
        except FileNotFoundError:
            raise Unreadable(
                f"no system in {data}: start one with `paizhu up --data {data}`, or name another directory with --data"
            ) from None
        except (KeyError, ValueError):
            raise Unreadable(f"{path} names no databases: is the system still starting?") from None
        urls = {name: str(found[name]) for name in (*SERVICES, GATEWAY) if name in found}
        hint, remembered = f"`paizhu up --data {data}` starts it", data / "checkpoints"
        return cls(urls, keys or Path(known.get("keys") or data / "keys"), hint, remembered)

    def services(self) -> tuple[str, ...]:
        """See ``Source.services``."""
        return tuple(name for name in self._urls if name != GATEWAY)

    @property
    def has_feeds(self) -> bool:
        """Whether the database of the gateway is named, so that the feeds can be read."""
        return GATEWAY in self._urls

    def url(self, service: str) -> str:
        """The address of a service's database. Raises Unreadable where it is not known."""
        try:
            return self._urls[service]
        except KeyError:
            raise Unreadable(f"no database of {service} is named") from None

    def head(self, service: str) -> Head:
        """See ``Source.head``."""
        return Head(*self._all(service, "select position, recorded_at from log.head")[0])

    def pages(self, service: str, after: int = 0, upto: int | None = None) -> Iterator[Sequence[Row]]:
        """See ``Source.pages``. Lines are bytes as stored, readable or not."""
        with self._cursor(service, named="events", as_bytes=True) as cur:
            cur.execute(_EVENTS, (after, _LAST if upto is None else upto))
            for page in cursor_pages(lambda: cur.fetchmany(PAGE)):
                yield [
                    Row(position, _text(stream), version, _text(kind), line, bytes(leaf))
                    for position, stream, version, kind, line, leaf in page
                ]

    def rows(self, service: str, after: int = 0, upto: int | None = None) -> Iterator[Row]:
        """See ``Source.rows``."""
        return chain.from_iterable(self.pages(service, after, upto))

    def lines(self, service: str) -> Iterator[Sequence[bytes]]:
        """See ``Source.lines``; the next page is fetched while one is worked on."""
        return prefetch.pages(
            lambda after, upto: self._lines(service, after, upto), 0, self.head(service).position, PAGE
        )

    def _lines(self, service: str, after: int, upto: int) -> list[bytes]:
        with self._cursor(service, as_bytes=True) as cur:
            cur.execute(_LINES, (after, upto))
            return [line for (line,) in cur.fetchall()]

    def commands(self, service: str) -> Iterator[CommandRow] | None:
        """See ``Source.commands``."""
        return chain.from_iterable(self._commands(service))

    def _commands(self, service: str) -> Iterator[Sequence[CommandRow]]:
        with self._cursor(service, named="commands", as_bytes=True) as cur:
            cur.execute(_COMMANDS)
            for page in cursor_pages(lambda: cur.fetchmany(PAGE)):
                yield [CommandRow(_text(name), receipt, position) for name, receipt, position in page]

    def checkpoints(self, service: str) -> Iterator[str]:
        """See ``Source.checkpoints``."""
        with self._cursor(service, named="notes") as cur:
            cur.execute(_NOTES)
            for (note,) in cur:
                yield str(note)

    def subtrees(self, service: str) -> Iterator[SubtreeRow]:
        """See ``Source.subtrees``."""
        with self._cursor(service, named="subtrees") as cur:
            cur.execute(_SUBTREES)
            for level, number, sha256, sm3 in cur:
                yield SubtreeRow(level, number, bytes(sha256), bytes(sm3))

    def unguarded(self, service: str) -> Sequence[str]:
        """See ``Source.unguarded``."""
        return [str(name) for (name,) in self._all(service, _GUARDS)]

    def subtrees_kept(self, service: str) -> Mapping[int, int]:
        """How many stored subtrees there are, by level."""
        return dict(self._all(service, _SUBTREES_KEPT))

    def misfiled(self, service: str, most: int) -> Sequence[int]:
        """The first ``most`` sizes under which a checkpoint of another size stands."""
        with self._cursor(service) as cur:
            cur.execute(_MISFILED, (most,))
            return [int(size) for (size,) in cur.fetchall()]

    def remembering(self, folder: Path) -> None:
        """Take what the checkpointers keep from ``folder``. Raises Unreadable where it holds nothing of any service."""
        if not any((folder / f"{service}.json").is_file() for service in self.services()):
            names = ", ".join(f"{service}.json" for service in self.services())
            raise Unreadable(f"no checkpointer keeps anything in {folder}: none of {names} is there")
        self._remembered = folder

    def remembered(self, service: str) -> Signed | None:
        """See ``Source.remembered``."""
        if self._remembered is None:
            return None
        try:
            return SignedState(self._remembered / f"{service}.json").load()
        except (Damaged, OSError) as reason:
            raise Unreadable(f"what the checkpointer of {service} remembers cannot be read: {reason}") from None

    def end(self, service: str) -> int:
        """See ``Source.end``."""
        with self.answering(service), closing(connect(self.url(service))) as session, session.cursor() as cur:
            cur.execute("select coalesce(max(position), 0) from log.events")
            return int(cur.fetchall()[0][0])

    def inbox(self, service: str) -> Mapping[str, int]:
        """See ``Source.inbox``."""
        return dict(self._all(service, "select source, position from log.inbox"))

    def parked(self, service: str) -> Sequence[ParkedRow]:
        """See ``Source.parked``."""
        sql = "select source, position, command, reason from log.parked order by source, position"
        return [ParkedRow(*row) for row in self._all(service, sql)]

    def policy(self) -> str:
        """See ``Source.policy``."""
        return self._kept("policy.txt")

    def log_key(self, service: str) -> str:
        """See ``Source.log_key``."""
        return self._kept(f"checkpoint-{service}.vkey").strip()

    def _kept(self, name: str) -> str:
        if self._keys is not None:
            with suppress(FileNotFoundError):
                return (self._keys / name).read_text(encoding="utf-8")
        return ""

    def asked(self, service: str) -> Callable[..., list[tuple[Any, ...]]]:
        """``rows(sql, *params)`` in the snapshot of ``service``, text as bytes (``kernel.proof.tree.Rows``)."""

        def rows(sql: str, *params: int) -> list[tuple[Any, ...]]:
            with self._cursor(service, as_bytes=True) as cur:
                cur.execute(sql, params)
                return list(cur.fetchall())

        return rows

    def session(self, service: str) -> connection:
        """The session that holds the snapshot of ``service``, for what no other method reads. Raises Lost."""
        if service not in self._sessions:
            session = connect(self.url(service))
            session.set_session(isolation_level="REPEATABLE READ", autocommit=False)
            self._sessions[service] = session
        return self._sessions[service]

    def release(self, service: str) -> None:
        """See ``Source.release``."""
        session = self._sessions.pop(service, None)
        if session is not None:
            session.close()

    @contextmanager
    def answering(self, service: str) -> Iterator[None]:
        """See ``Source.answering``."""
        try:
            yield
        except (Lost, psycopg2.OperationalError) as lost:
            hint = f"; {self._hint}" if self._hint else ""
            raise Unreadable(f"the database of {service} does not answer{hint} ({str(lost).strip()})") from None
        except psycopg2.errors.InsufficientPrivilege as refused:
            raise Unreadable(f"{service} may not be read with this address: {str(refused).strip()}") from None

    def close(self) -> None:
        """See ``Source.close``."""
        for service in list(self._sessions):
            self.release(service)

    @contextmanager
    def _cursor(self, service: str, named: str | None = None, as_bytes: bool = False) -> Iterator[Any]:
        with self.answering(service), self.session(service).cursor(name=named) as cur:
            if as_bytes:
                register_type(BYTES, cur)
            if named:
                cur.itersize = PAGE
            yield cur

    def _all(self, service: str, sql: str) -> list[tuple[Any, ...]]:
        with self._cursor(service) as cur:
            cur.execute(sql)
            found: list[tuple[Any, ...]] = cur.fetchall()
            return found


def _text(value: bytes) -> str:
    """A column's text; what is no UTF-8 stays visible instead of ending the reading."""
    return value.decode("utf-8", "backslashreplace")
