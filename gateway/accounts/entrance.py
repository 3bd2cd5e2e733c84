"""Signing in: name, password and one-time code; the second factor at the first sign-in; a token of an operator.

Invariants: nobody learns whether name, password or code was wrong; a try is counted before it is looked at, so many at
once are no way round; every refusal is logged, with the account and without anything that was typed beside.
Source: OWASP ASVS 5.0 V6.3 (guessing, no telling of accounts), V6.5 (one-time codes), V16.3.1 (log of sign-ins).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gateway.accounts import codes
from gateway.accounts.account import Account, waiting
from gateway.accounts.passwords import Passwords, weak
from gateway.accounts.refusals import CODE_WRONG, PASSWORD_WEAK, SIGN_IN_FAILED, SIGN_IN_TOO_OFTEN
from gateway.accounts.sessions import ENROL, OPEN, Sessions
from kernel import logs, text
from kernel.errors import PaizhuError
from kernel.rates import Buckets, Rate

TRIES: Final = Rate(0.5, 60)
"""Tries from one address, right or wrong."""
_LOG = logs.get("accounts")


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that was begun: its id, and whether the second factor is still to be enrolled."""

    secret: str
    enrol: bool = False


class Entrance:
    """Where sessions of accounts begin. Safe for threads."""

    def __init__(self, sessions: Sessions, passwords: Passwords, key: Callable[[], bytes]) -> None:
        self.sessions = sessions
        self._store = sessions.store
        self._passwords = passwords
        self._key = key
        self._tries = Buckets(TRIES)
        self._lock = threading.Lock()

    def by_password(self, name: str, password: str, code: str, address: str) -> Opened:
        """A session for whoever knows all three.

        Raises:
            Unauthenticated: ``sign_in_failed``, ``post_not_held``, ``roles_overlap``.
            TooOften: ``sign_in_too_often``.
            Busy: ``register_away``.
        """
        known = text.account(name)
        shown = known if text.is_account(known) else "-"
        try:
            opened = self._opened(shown, password, code, address)
        except PaizhuError as refusal:
            _LOG.warning("sign-in refused", account=shown, address=address, code=refusal.code)
            raise
        _LOG.info("signed in", account=shown, address=address, enrol=opened.enrol)
        return opened

    def by_subject(self, subject: str, address: str) -> Opened:
        """A session for whom another issuer vouches. Raises as ``by_password`` does."""
        account = self._store.of_subject(subject)
        try:
            if account is None or not account.holds(self.sessions.today()):
                raise SIGN_IN_FAILED()
            opened = self._begun(account)
        except PaizhuError as refusal:
            shown = account.name if account else "-"
            _LOG.warning("sign-in refused", account=shown, address=address, code=refusal.code, by="oidc")
            raise
        _LOG.info("signed in", account=account.name, address=address, by="oidc")
        return opened

    def pending(self, secret: str) -> tuple[str, str]:
        """The account that a session enrols, and the secret its authenticator is to have. Raises Unauthenticated."""
        account, sealed = self.sessions.enrolling(secret)
        return account.name, codes.opened(self._key(), bytes.fromhex(sealed), account.name)

    def enrol(self, secret: str, password: str, code: str) -> Opened:
        """Take the holder's own password and second factor; the session begins anew.

        Raises:
            Unauthenticated: ``session_ended``.
            BadInput: ``password_weak``, ``code_wrong``.
        """
        account, sealed = self.sessions.enrolling(secret)
        if why := weak(password, account.name):
            raise PASSWORD_WEAK(why=why)
        now = self.sessions.now()
        plain = codes.opened(self._key(), bytes.fromhex(sealed), account.name)
        step = codes.taken(plain, code, now / 1e6, 0)
        if not step:
            raise CODE_WRONG()
        kept = self._passwords.hash(password)
        self._store.change(account.name, password=kept, initial=0, secret=bytes.fromhex(sealed), step=step)
        self._store.did(now, "enrolled", account.name, account.name)
        self.sessions.end_all(account.name)
        _LOG.info("enrolled", account=account.name)
        return self._begun(account)

    def _opened(self, name: str, password: str, code: str, address: str) -> Opened:
        now = self.sessions.now()
        with self._lock:
            seconds = self._tries.take(address, now / 1e6)
        if seconds:
            raise SIGN_IN_TOO_OFTEN(seconds=seconds).again_in(seconds)
        before, last = self._store.failures(name)
        seconds = waiting(before, last, now)
        # Of many at once that all found the way free, those that count on from another's count wait like the next one.
        if not seconds and (counted := self._store.failed(name, now)) > before + 1:
            seconds = waiting(counted - 1, now, now)
        if seconds:
            raise SIGN_IN_TOO_OFTEN(seconds=seconds).again_in(seconds)
        account = self._store.account(name)
        good = self._passwords.holds(account.password if account else "", password)
        if account is None or not good or not self._usable(account, code, now):
            raise SIGN_IN_FAILED()
        self._store.forgiven(name)
        return self._begun(account) if account.secret else self._to_enrol(account)

    def _usable(self, account: Account, code: str, now: int) -> bool:
        if not account.holds(self.sessions.today()) or (account.initial and now >= account.initial):
            return False
        if not account.secret:
            return True
        secret = codes.opened(self._key(), account.secret, account.name)
        step = codes.taken(secret, code, now / 1e6, account.step)
        return bool(step) and self._store.step(account.name, step)

    def _begun(self, account: Account) -> Opened:
        seats = self.sessions.seats.of(account, self.sessions.today())
        return Opened(self.sessions.begin(account, OPEN, seats[0].key))

    def _to_enrol(self, account: Account) -> Opened:
        sealed = codes.sealed(self._key(), codes.fresh(), account.name)
        return Opened(self.sessions.begin(account, ENROL, sealed.hex()), enrol=True)
