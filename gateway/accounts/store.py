"""The tables of accounts and sessions, a statement each: nothing is decided here.

Every instant is in microseconds since 1970 UTC. Safe for threads. Raises Busy where the database is away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

import orjson

from gateway.accounts.account import Account
from gateway.accounts.refusals import ACCOUNTS_AWAY
from kernel.log.sessions import Lost, Readers

_COLUMNS: Final = ", ".join(one.name for one in fields(Account))
_DAY: Final = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Session:
    """A row of ``accounts.sessions``."""

    account: str | None
    stage: str
    seat: str
    token: Mapping[str, Any] | None
    begun: int
    seen: int
    ends: int


def digest(secret: str) -> bytes:
    """What is kept of the id of a session."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest()


class Store:
    """Accounts, sessions and failures in the database at ``url``."""

    def __init__(self, url: str, most: int = 4) -> None:
        self._sessions = Readers(url, most)

    def close(self) -> None:
        """Give the connections back."""
        self._sessions.close()

    # Accounts

    def account(self, name: str) -> Account | None:
        """The account of this name."""
        return self._account("name", name)

    def of_subject(self, subject: str) -> Account | None:
        """The account of whom an issuer calls ``subject``."""
        return self._account("subject", subject)

    def accounts(self) -> list[Account]:
        """All of them, by name."""
        return [_account(row) for row in self._rows(f"select {_COLUMNS} from accounts.accounts order by name")]

    def add(self, account: Account) -> bool:
        """Enter an account; False where its name, its person or its subject has one."""
        values = tuple(getattr(account, one.name) for one in fields(Account))
        places = ", ".join(["%s"] * len(values))
        sql = f"insert into accounts.accounts ({_COLUMNS}) values ({places}) on conflict do nothing returning name"
        return bool(self._rows(sql, values))

    def change(self, name: str, /, **values: Any) -> bool:
        """Write columns of an account; False where there is none."""
        written = ", ".join(f"{column} = %s" for column in values)
        sql = f"update accounts.accounts set {written} where name = %s returning name"
        return bool(self._rows(sql, (*values.values(), name)))

    def step(self, name: str, step: int) -> bool:
        """Note the step of a code that was taken; False where it, or a later one, was taken before."""
        sql = "update accounts.accounts set step = %s where name = %s and step < %s returning name"
        return bool(self._rows(sql, (step, name, step)))

    def did(self, at: int, act: str, account: str, by: str) -> None:
        """Write down what was done to an account, and by whom."""
        sql = "insert into accounts.acts (at, act, account, by) values (%s, %s, %s, %s) returning number"
        self._rows(sql, (at, act, account, by))

    # Sessions

    def begin(self, secret: str, session: Session) -> None:
        """Begin a session; what is long over goes."""
        self._rows("delete from accounts.sessions where ends < %s returning 1", (session.begun - _DAY,))
        token = None if session.token is None else orjson.dumps(session.token).decode()
        self._rows(
            "insert into accounts.sessions (id, account, stage, seat, token, begun, seen, ends)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s) returning 1",
            (
                digest(secret),
                session.account,
                session.stage,
                session.seat,
                token,
                session.begun,
                session.seen,
                session.ends,
            ),
        )

    def session(self, secret: str) -> Session | None:
        """The session of this id."""
        sql = "select account, stage, seat, token, begun, seen, ends from accounts.sessions where id = %s"
        rows = self._rows(sql, (digest(secret),))
        return Session(*rows[0]) if rows else None

    def used(self, secret: str, now: int) -> None:
        """Note that a session is used."""
        self._rows("update accounts.sessions set seen = %s where id = %s returning 1", (now, digest(secret)))

    def sit(self, secret: str, seat: str) -> None:
        """Go on in another of one's posts."""
        self._rows("update accounts.sessions set seat = %s where id = %s returning 1", (seat, digest(secret)))

    def end(self, secret: str) -> None:
        """End a session."""
        self._rows("delete from accounts.sessions where id = %s returning 1", (digest(secret),))

    def end_all(self, account: str) -> int:
        """End every session of an account; gives their number."""
        return len(self._rows("delete from accounts.sessions where account = %s returning 1", (account,)))

    # Failures

    def failures(self, name: str) -> tuple[int, int]:
        """How often signing in as ``name`` failed since it last succeeded, and when last."""
        rows = self._rows("select amount, last from accounts.failures where name = %s", (name,))
        return (int(rows[0][0]), int(rows[0][1])) if rows else (0, 0)

    def failed(self, name: str, now: int) -> int:
        """Count a failure; gives the number. What is a day old is forgotten."""
        self._rows("delete from accounts.failures where last < %s returning 1", (now - _DAY,))
        sql = (
            "insert into accounts.failures (name, amount, last) values (%s, 1, %s) on conflict (name) do update"
            " set amount = accounts.failures.amount + 1, last = excluded.last returning amount"
        )
        return int(self._rows(sql, (name, now))[0][0])

    def forgiven(self, name: str) -> None:
        """Forget the failures of ``name``."""
        self._rows("delete from accounts.failures where name = %s returning 1", (name,))

    # Who is on the way to another issuer

    def leave(self, secret: str, state: str, nonce: str, verifier: str, to: str, now: int, ends: int) -> None:
        """Note who was sent to the issuer, until when they may come back."""
        self._rows("delete from accounts.flows where ends < %s returning 1", (now,))
        self._rows(
            "insert into accounts.flows (id, state, nonce, verifier, next, ends) values (%s, %s, %s, %s, %s, %s)"
            " returning 1",
            (digest(secret), state, nonce, verifier, to, ends),
        )

    def back(self, secret: str, now: int) -> tuple[str, str, str, str] | None:
        """Who came back, once: state, nonce, verifier and where to go."""
        sql = "delete from accounts.flows where id = %s and ends > %s returning state, nonce, verifier, next"
        rows = self._rows(sql, (digest(secret), now))
        return rows[0] if rows else None

    def _account(self, column: str, value: str) -> Account | None:
        rows = self._rows(f"select {_COLUMNS} from accounts.accounts where {column} = %s", (value,))
        return _account(rows[0]) if rows else None

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        try:
            return self._sessions.query(sql, values)[0]
        except Lost as error:
            raise ACCOUNTS_AWAY() from error


def _account(row: tuple[Any, ...]) -> Account:
    told: Any = [bytes(one) if isinstance(one, memoryview) else one for one in row]
    return Account(*told)
