"""The logs of a system as its databases hold them, whether or not its services run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from typing import Any, TypeVar

import psycopg2
from psycopg2.extensions import BYTES, connection, register_type

from audit import stored
from audit.cursor_pages import cursor_pages
from audit.sources import PAGE, CommandRow, Head, NotAllowed, ParkedRow, RecordRow, Row, SubtreeRow, Unreadable
from kernel.log import prefetch
from kernel.log.sessions import Lost, connect
from kernel.proof import succession
from kernel.proof.signedstate import Damaged, Signed, SignedState
from services import SERVICES

Made = TypeVar("Made")
_NUMBERS = count()
_LAST = (1 << 63) - 1
GATEWAY = "gateway"
"""The name of the database in which the feeds of the cities stand, beside those of the services."""


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
        """See ``Source.head``; where there is not the one row, an end that no log has."""
        rows = self._all(service, stored.HEAD)
        return Head(*map(stored.number, rows[0])) if len(rows) == 1 else Head(stored.NONE, stored.NONE, stored.NONE)

    def pages(self, service: str, after: int = 0, upto: int | None = None) -> Iterator[Sequence[Row]]:
        """See ``Source.pages``. Lines are bytes as stored, readable or not."""
        return self._pages(service, stored.EVENTS, stored.event, (after, _LAST if upto is None else upto))

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
            cur.execute(stored.LINES, (after, upto))
            return [stored.blob(line) for (line,) in cur.fetchall()]

    def commands(self, service: str) -> Iterator[CommandRow] | None:
        """See ``Source.commands``."""
        return chain.from_iterable(self._pages(service, stored.COMMANDS, stored.command))

    def records(self, service: str) -> Iterator[Sequence[RecordRow]]:
        """The records (``kernel.log.records``) in order, in pages; those without a number come last."""
        return self._pages(service, stored.RECORDS, stored.record)

    def record_subtrees(self, service: str) -> Iterator[tuple[int, int, bytes]]:
        """The kept subtrees of the tree over the records: level, number, hash."""
        return chain.from_iterable(self._pages(service, stored.RECORD_SUBTREES, stored.record_subtree))

    def checkpoints(self, service: str) -> Iterator[str]:
        """See ``Source.checkpoints``."""
        return chain.from_iterable(self._pages(service, stored.NOTES, lambda row: stored.text(row[0])))

    def subtrees(self, service: str) -> Iterator[SubtreeRow]:
        """See ``Source.subtrees``."""
        return chain.from_iterable(self._pages(service, stored.SUBTREES, stored.subtree))

    def subtrees_kept(self, service: str) -> Mapping[int, int]:
        """How many stored subtrees there are, by level."""
        return dict(self._all(service, stored.SUBTREES_KEPT))

    def misfiled(self, service: str, most: int) -> Sequence[int]:
        """The first ``most`` sizes under which a checkpoint of another size stands."""
        return [int(size) for (size,) in self._all(service, stored.MISFILED, most)]

    def mistimed(self, service: str, most: int) -> Sequence[int]:
        """The first ``most`` sizes of checkpoints beside which another moment stands than was signed."""
        return [int(size) for (size,) in self._all(service, stored.MISTIMED, most)]

    def ahead(self, service: str, most: int) -> Sequence[tuple[str, int]]:
        """(name, position) of the first ``most`` followers that are said to have come further than the log."""
        return [(str(name), int(at)) for name, at in self._all(service, stored.AHEAD, most)]

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
        return {stored.text(source): stored.number(at) for source, at in self._all(service, stored.INBOX)}

    def parked(self, service: str) -> Sequence[ParkedRow]:
        """See ``Source.parked``."""
        return [row for page in self._pages(service, stored.PARKED, stored.parked) for row in page]

    def policy(self) -> str:
        """See ``Source.policy``."""
        return self._kept("policy.txt")

    def log_key(self, service: str) -> str:
        """See ``Source.log_key``."""
        return self._kept(f"checkpoint-{service}.vkey").strip()

    def successions(self, service: str) -> Sequence[str]:
        """See ``Source.successions``."""
        return list(succession.split(self._kept(succession.name_of(service))))

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
            raise NotAllowed(f"{service} may not be read with this address: {str(refused).strip()}") from None

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

    def _pages(
        self, service: str, sql: str, made: Callable[[tuple[Any, ...]], Made], params: tuple[Any, ...] = ()
    ) -> Iterator[list[Made]]:
        """The rows of ``sql``, texts as bytes, each handed through ``made``."""
        with self._cursor(service, named=f"c{next(_NUMBERS)}", as_bytes=True) as cur:
            cur.execute(sql, params or None)
            for page in cursor_pages(lambda: cur.fetchmany(PAGE)):
                yield [made(row) for row in page]

    def _all(self, service: str, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        with self._cursor(service) as cur:
            cur.execute(sql, params or None)
            found: list[tuple[Any, ...]] = cur.fetchall()
            return found
