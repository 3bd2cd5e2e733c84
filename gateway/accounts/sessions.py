"""Sessions: the cookie holds a random id, the server everything else, and ends it.

A session's id stands where a token does (``Authorization: Bearer ps_…``): whatever asks who is there asks in one way.
Invariant: who somebody is, is worked out anew from account and register while the session lasts: a locked account, an
office that was left, a token that was revoked end it at the next request, within ``_FRESH`` and what ``Seats`` keeps.
Source: OWASP ASVS 5.0 V7.2 (ids drawn, held on the server), V7.3 (time limits), V7.4 (ending).
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Final

from gateway.accounts.account import ENROLLING, SECOND, WHOLE, Account, over
from gateway.accounts.refusals import POST_NOT_HELD, SESSION_ENDED
from gateway.accounts.seats import Seat, Seats
from gateway.accounts.store import Session, Store
from kernel import logs
from kernel.auth import Admitted, Verifier
from kernel.calendar import day_of
from kernel.door_refusals import TOKEN_REVOKED
from kernel.errors import PaizhuError
from kernel.messages import Actor

MARK: Final = "ps_"
"""Before the id of a session; no token begins so."""
OPEN, ENROL = "open", "enrol"
_FRESH: Final = SECOND
"""Microseconds for which a look at the database is good."""
_NOTED: Final = 60 * SECOND
"""How often it is noted that a session is used."""
_KEPT: Final = 4096
_LOG = logs.get("accounts")


class Sessions:
    """Begins, finds and ends sessions. ``today`` is the day it is where the clock does not say so. Safe for threads."""

    def __init__(
        self,
        store: Store,
        seats: Seats,
        verifier: Verifier,
        clock: Callable[[], float] = time.time,
        today: Callable[[], date] | None = None,
    ) -> None:
        self.store = store
        self.seats = seats
        self._verifier = verifier
        self._clock = clock
        self._today = today
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[int, Actor]] = OrderedDict()

    def now(self) -> int:
        """The instant, in microseconds since 1970 UTC."""
        return int(self._clock() * SECOND)

    def today(self) -> date:
        """The day it is in China."""
        return self._today() if self._today else day_of(self.now())

    def bearer(self, header: str | None) -> Actor:
        """Who is asking: by a session's id or a token. Raises as ``of`` and ``Verifier.bearer`` do."""
        secret = secret_of(header)
        return self.of(secret) if secret else self._verifier.bearer(header)

    def of(self, secret: str) -> Actor:
        """Who sits in the session.

        Raises:
            Unauthenticated: ``session_ended``, ``token_revoked``, ``post_not_held``, ``roles_overlap``.
            Busy: ``register_away``.
        """
        now = self.now()
        with self._lock:
            at, actor = self._held.get(secret, (0, None))
        if actor is not None and 0 <= now - at < _FRESH:
            return actor
        row = self._row(secret, now)
        try:
            if row.stage != OPEN:
                raise SESSION_ENDED()
            actor = self._of_token(row.token) if row.token is not None else self._of_account(row)
        except PaizhuError as error:
            if error.kind != "busy" and row.stage == OPEN:
                self.end(secret)
                _LOG.info("session ended", account=row.account, code=error.code)
            raise
        if now - row.seen >= _NOTED:
            self.store.used(secret, now)
        with self._lock:
            self._held[secret] = now, actor
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
        return actor

    def begin(self, account: Account, stage: str, seat: str) -> str:
        """A session of an account; gives its id."""
        now = self.now()
        life = WHOLE if stage == OPEN else ENROLLING
        return self._begun(Session(account.name, stage, seat, None, now, now, now + life))

    def begin_token(self, admitted: Admitted) -> str:
        """A session of a token's holder, which ends with the token; gives its id."""
        now = self.now()
        said = {**asdict(admitted.actor), "id": admitted.id}
        return self._begun(Session(None, OPEN, "", said, now, now, min(now + WHOLE, admitted.expires * SECOND)))

    def admitted(self, token: str) -> Admitted:
        """What a token says. Raises Unauthenticated."""
        return self._verifier.admitted(token or None)

    def enrolling(self, secret: str) -> tuple[Account, str]:
        """The account that is being enrolled, and its secret as the session keeps it. Raises Unauthenticated."""
        row = self._row(secret, self.now())
        account = self.store.account(row.account) if row.account and row.stage == ENROL else None
        if account is None or not account.holds(self.today()):
            raise SESSION_ENDED()
        return account, row.seat

    def account(self, secret: str) -> Account | None:
        """The account of a session; None for a token's. Raises Unauthenticated."""
        row = self._row(secret, self.now())
        return self.store.account(row.account) if row.account else None

    def sit(self, secret: str, key: str) -> None:
        """Go on in another of one's posts. Raises Unauthenticated: ``post_not_held``."""
        account = self.account(secret)
        if account is None or key not in {seat.key for seat in self.seats.of(account, self.today())}:
            raise POST_NOT_HELD()
        self.store.sit(secret, key)
        self._forget(secret)

    def end(self, secret: str) -> None:
        """End a session, for this process at once."""
        self.store.end(secret)
        self._forget(secret)

    def end_all(self, account: str) -> int:
        """End every session of an account, for this process at once."""
        ended = self.store.end_all(account)
        with self._lock:
            self._held.clear()
        return ended

    def _forget(self, secret: str) -> None:
        with self._lock:
            self._held.pop(secret, None)

    def _begun(self, session: Session) -> str:
        secret = MARK + secrets.token_urlsafe(32)
        self.store.begin(secret, session)
        return secret

    def _row(self, secret: str, now: int) -> Session:
        row = self.store.session(secret)
        if row is None:
            raise SESSION_ENDED()
        if over(row.begun, row.seen, row.ends, now):
            self.end(secret)
            raise SESSION_ENDED()
        return row

    def _of_token(self, said: Mapping[str, object]) -> Actor:
        told = dict(said)
        if self._verifier.revoked(str(told.pop("id"))):
            raise TOKEN_REVOKED()
        return replace(Actor(**told), areas=tuple(told["areas"]), units=tuple(told["units"]))  # type: ignore[arg-type]

    def _of_account(self, row: Session) -> Actor:
        account = self.store.account(row.account or "")
        if account is None or not account.holds(self.today()):
            raise SESSION_ENDED()
        return chosen(self.seats.of(account, self.today()), row.seat).actor


def secret_of(header: str | None) -> str:
    """The id of a session in an Authorization header, "" where it holds none."""
    token = (header or "").strip().partition(" ")[2].strip()
    return token if token.startswith(MARK) else ""


def chosen(seats: tuple[Seat, ...], key: str) -> Seat:
    """The seat of this key. Raises Unauthenticated: ``post_not_held``, where it is held no more."""
    for seat in seats:
        if seat.key == key:
            return seat
    raise POST_NOT_HELD()
