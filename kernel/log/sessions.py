"""Connections to PostgreSQL: one that writes, a few that read.

Every session says itself what it relies on (encoding, quoting, durability), whatever the server's configuration.
Nothing here needs threads: green threads of a patched process get a connection each just the same.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import orjson
import psycopg2
from psycopg2.extensions import BYTES, connection, cursor, get_wait_callback, register_type
from psycopg2.extras import register_default_jsonb

from kernel.log import statements

_SETTINGS = {
    "client_encoding": "UTF8",
    "standard_conforming_strings": "on",
    "datestyle": "ISO",
    "timezone": "UTC",
    "search_path": "read",
}
_WRITING = {
    "synchronous_commit": "on",
    # A writer that stalls with the head locked would stop every other writer of the log: the server ends its session.
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "10s",
    # Plans are kept while the tables grow: by index always. Their estimated costs would then set off the compiler.
    "enable_seqscan": "off",
    "jit": "off",
}


_AT_A_TIME = 1 << 20
"""Bytes of rows that are copied in."""


class Lost(Exception):
    """The connection is gone, or could not be made; what was sent may or may not have taken effect."""


def connect(url: str, settings: dict[str, str] | None = None) -> connection:
    """A session in autocommit mode. Raises Lost where the server does not answer."""
    options = " ".join(f"-c {name}={value}" for name, value in {**_SETTINGS, **(settings or {})}.items())
    try:
        made = psycopg2.connect(url, options=options, connect_timeout=5, keepalives_idle=10, application_name="paizhu")
    except psycopg2.OperationalError as error:
        raise Lost(str(error)) from error
    made.autocommit = True
    register_default_jsonb(made, loads=orjson.loads)
    return made


class Writer:
    """The session that appends. Used by one caller at a time; connects when needed, and anew after a loss."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: connection | None = None

    def ask(self, sql: bytes) -> list[tuple[Any, ...]]:
        """The rows of the last of the statements ``sql``, in one round trip. Raises Lost, psycopg2.Error."""
        with self._cursor() as cur:
            cur.execute(sql)
            return cur.fetchall()

    @staticmethod
    def copies() -> bool:
        """Whether rows can be copied in: psycopg2 cannot where green threads wait for it."""
        return get_wait_callback() is None

    def tell(self, piece: statements.Piece) -> None:
        """Run the statements of a piece in one round trip, or copy its rows in. Raises Lost, psycopg2.Error."""
        with self._cursor() as cur:
            if isinstance(piece, statements.Copy):
                cur.copy_expert(piece.sql, BytesIO(piece.rows), _AT_A_TIME)
            else:
                cur.execute(piece)

    @contextmanager
    def _cursor(self) -> Iterator[cursor]:
        if self._session is None:
            self._session = connect(self._url, _WRITING)
            with self._session.cursor() as cur:
                cur.execute(statements.PREPARE)
        session = self._session
        try:
            with session.cursor() as cur:
                yield cur
        except psycopg2.Error as error:
            if session.closed:
                self._session = None
                raise Lost(str(error)) from error
            raise
        except BaseException:  # the caller was stopped half-way: what the session is doing is not known
            self.close()
            raise

    def close(self) -> None:
        """End the session; the server rolls back what is open."""
        session, self._session = self._session, None
        if session is not None:
            session.close()


class Readers:
    """At most ``most`` sessions for reading, each lent to one caller at a time, kept for the next."""

    def __init__(self, url: str, most: int = 4) -> None:
        self._url = url
        self._free: list[connection] = []
        self._slots = threading.BoundedSemaphore(most)

    @contextmanager
    def cursor(self) -> Iterator[cursor]:
        """A cursor on a session that nobody else uses meanwhile. Raises Lost, psycopg2.Error."""
        with self._slots:
            session = self._kept() or connect(self._url)
            try:
                with session.cursor() as cur:
                    yield cur
            except psycopg2.Error as error:
                if session.closed:
                    self.close()  # the others are as old: a restarted server has forgotten them all
                    raise Lost(str(error)) from error
                self._free.append(session)
                raise
            except BaseException:
                session.close()
                raise
            self._free.append(session)

    def query(self, sql: str, params: tuple[Any, ...] = ()) -> tuple[list[tuple[Any, ...]], list[str]]:
        """The rows of one statement and their column names. Raises Lost, psycopg2.Error."""
        return self._fetched(sql, params, as_bytes=False)

    def lines(self, sql: str, *params: Any) -> list[bytes]:
        """The one column of a statement's rows, a text, as UTF-8: what is parsed or passed on needs no decoding."""
        return [line for (line,) in self._fetched(sql, params, as_bytes=True)[0]]

    def _fetched(
        self, sql: str, params: tuple[Any, ...], as_bytes: bool, again: bool = True
    ) -> tuple[list[tuple[Any, ...]], list[str]]:
        try:
            with self.cursor() as cur:
                if as_bytes:
                    register_type(BYTES, cur)
                cur.execute(sql, params or None)
                return cur.fetchall(), [column.name for column in cur.description or ()]
        except Lost:
            if not again:
                raise
        return self._fetched(sql, params, as_bytes, again=False)  # the session was an old one, the next is new

    def close(self) -> None:
        """End the sessions that are free."""
        while session := self._kept():
            session.close()

    def _kept(self) -> connection | None:
        """One that is free. Looking and taking are one step: between two another thread could come."""
        try:
            return self._free.pop()
        except IndexError:
            return None
