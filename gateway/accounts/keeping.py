"""What is done to accounts: entered, locked, unlocked, reset; each act is written down with who did it.

Invariant: an account is given no role by hand but those nobody holds by a post (the three administrative ones, and a
cadre's), and nobody has two accounts. A reset ends every session and asks for the second factor anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gateway.accounts import codes
from gateway.accounts.account import INITIAL, OWN_ROLES, SECOND, Account
from gateway.accounts.passwords import Passwords, initial
from gateway.accounts.store import Store
from kernel import personal, text


class Keeping:
    """Acts on accounts, in the name of ``by``. Raises ValueError where one cannot be done."""

    def __init__(
        self, store: Store, passwords: Passwords, key: Callable[[], bytes], clock: Callable[[], float], by: str
    ) -> None:
        self._store = store
        self._passwords = passwords
        self._key = key
        self._clock = clock
        self._by = by

    def add(
        self,
        name: str,
        person: str,
        since: date,
        *,
        role: str = "",
        place: str = "",
        until: date | None = None,
        subject: str | None = None,
    ) -> str:
        """Enter an account; gives its first password, "" where an issuer says who it is."""
        if not text.is_account(name):
            raise ValueError("an account is named by 1 to 64 small letters and digits, . _ @ - between them")
        if not person or text.unseen(person) or personal.holds_number(person):
            raise ValueError("a person is told by the id in the register of officers, and by no number of theirs")
        if role and role not in OWN_ROLES:
            raise ValueError(f"the role {role} is held by a post: record the office, and leave the role out")
        if bool(place) != (bool(role) and role != "cadre"):
            raise ValueError("an administrator has the province as its place, and nobody else any")
        first = "" if subject else initial()
        account = Account(
            name=name,
            person=person,
            role=role,
            place=place,
            since=since,
            until=until,
            password=self._passwords.hash(first) if first else "",
            initial=self._now() + INITIAL if first else 0,
            secret=b"",
            step=0,
            locked=False,
            subject=subject,
        )
        if not self._store.add(account):
            raise ValueError("this name, person or subject has an account: one of each")
        self._did("added", name)
        return first

    def lock(self, name: str) -> int:
        """Lock an account; gives how many of its sessions ended."""
        self._change(name, locked=True)
        self._did("locked", name)
        return self._store.end_all(name)

    def unlock(self, name: str) -> None:
        """Unlock an account, and forget its failures."""
        self._change(name, locked=False)
        self._store.forgiven(name)
        self._did("unlocked", name)

    def reset(self, name: str) -> str:
        """Give an account a new first password, and take its second factor; its sessions end."""
        first = initial()
        until = self._now() + INITIAL
        self._change(name, password=self._passwords.hash(first), initial=until, secret=b"", step=0)
        self._store.end_all(name)
        self._store.forgiven(name)
        self._did("reset", name)
        return first

    def enrol(self, name: str) -> str:
        """Give an account a second factor here instead of at its first sign-in; gives what an authenticator reads."""
        secret = codes.fresh()
        self._change(name, secret=codes.sealed(self._key(), secret, name), step=0)
        self._did("enrolled", name)
        return codes.address(secret, name)

    def _change(self, name: str, **values: object) -> None:
        if not self._store.change(name, **values):
            raise ValueError(f"there is no account {name}")

    def _did(self, act: str, name: str) -> None:
        self._store.did(self._now(), act, name, self._by)

    def _now(self) -> int:
        return int(self._clock() * SECOND)
