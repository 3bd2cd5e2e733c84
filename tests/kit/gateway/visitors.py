"""Somebody at the pages of signing in, on a real database, with register of officers and clock of the test's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyotp
from argon2 import PasswordHasher

from gateway.accounts import codes
from gateway.accounts.account import INITIAL, SECOND, Account
from gateway.accounts.door import SignInDoor
from gateway.accounts.entrance import Entrance
from gateway.accounts.passwords import Passwords
from gateway.accounts.seats import Seats
from gateway.accounts.sessions import Sessions
from gateway.accounts.store import Store
from gateway.api import Api
from gateway.console import session
from gateway.console.pages import Pages
from gateway.exchange import Reply, Request
from gateway.toll import Toll
from kernel import keyfiles
from kernel.auth import Issuer, Verifier
from kernel.errors import Busy
from programmes.standing import standing

START = 1_780_000_000
"""Seconds since 1970: 28 May 2026."""
PASSWORD = "correct horse battery staple"


class Town:
    """A door with its accounts. ``held`` are the rows of the register by person; None where it does not answer."""

    def __init__(self, url: str, keys: Path) -> None:
        self.url = url
        self.now = float(START)
        self.day = date(2026, 5, 28)
        self.held: dict[str, list[dict[str, Any]]] | None = {}
        self.keys = keys
        self.issuer = Issuer(keys, clock=self.clock, fits=standing("21"))
        self.store = Store(url, most=2)
        self.seats = Seats(self._asked, clock=self.clock)
        verifier = Verifier(keys, clock=self.clock, fits=standing("21"))
        self.sessions = Sessions(self.store, self.seats, verifier, clock=self.clock, today=lambda: self.day)
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.passwords = Passwords(cheap)
        self.entrance = Entrance(self.sessions, self.passwords, lambda: keyfiles.key(keys, codes.KEY))
        toll = Toll(self.sessions.bearer, clock=self.clock)
        self.pages = Pages(self.sessions.bearer, "21")
        self.api = Api(self._services, self.sessions.bearer, {}, toll.charge)
        self.api.open(*SignInDoor(self.entrance, self.pages, toll.address).paths())

    def clock(self) -> float:
        return self.now

    def later(self, seconds: float) -> None:
        self.now += seconds

    def account(self, name: str, *, role: str = "", place: str = "", **told: Any) -> str:
        """An account with a first password, which is given."""
        first = "first-pass-word-zz"
        made: dict[str, Any] = {
            "name": name,
            "person": f"p-{name}",
            "role": role,
            "place": place,
            "since": date(2018, 1, 1),
            "until": None,
            "password": self.passwords.hash(first),
            "secret": b"",
            "step": 0,
            "locked": False,
            "initial": int(self.now) * SECOND + INITIAL,
            "subject": None,
        }
        assert self.store.add(Account(**{**made, **told}))
        return first

    def seat(self, name: str, organ: str, post: str, /, **told: Any) -> None:
        """The register has the holder of an account in a post."""
        row = {"organ": organ, "post": post, "since": "2018-01-01", "until": None, "stand_in": False, "name": ""}
        assert self.held is not None
        self.held.setdefault(f"p-{name}", []).append({**row, "holder": "", **told})

    def enrolled(self, name: str, **told: Any) -> Visitor:
        """A visitor with an account who has signed in for the first time."""
        first = self.account(name, **told)
        visitor = Visitor(self)
        visitor.sign_in(name, first)
        visitor.enrol()
        return visitor

    def _asked(self, person: str, on: date) -> Sequence[Mapping[str, Any]]:
        if self.held is None:
            raise Busy("没有答复")
        return self.held.get(person, [])

    def _services(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        raise Busy("没有答复")


class Visitor:
    """A browser with its cookies; over https where ``secure``."""

    def __init__(self, town: Town, address: str = "10.0.0.1", secure: bool = False) -> None:
        self.town = town
        self.address = address
        self.cookies: dict[str, str] = {}
        self.secret = ""
        self.more = {"x-forwarded-proto": "https"} if secure else {}

    def get(self, path: str, **query: str) -> Reply:
        return self._took(Request("GET", path, self._headers(), query, address=self.address))

    def post(self, path: str, /, **typed: str) -> Reply:
        headers = {**self._headers(), "content-type": session.MEDIA}
        return self._took(Request("POST", path, headers, {}, urlencode(typed).encode(), self.address))

    def proof(self, path: str = "/account") -> str:
        """What forms of this session hold."""
        (found,) = set(re.findall(r'name="_proof" value="(\w+)"', str(self.get(path).body)))
        return str(found)

    def sign_in(self, name: str, password: str = PASSWORD, code: str = "") -> Reply:
        return self.post("/sign-in", name=name, password=password, code=code)

    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(int(self.town.now))

    def enrol(self) -> Reply:
        page = str(self.get("/account/enrol").body)
        found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
        assert found is not None
        self.secret = found[1].replace(" ", "")
        return self.post("/account/enrol", _proof=self.proof("/account/enrol"), password=PASSWORD, code=self.code())

    def shown(self) -> str:
        """What the page of the own account says, without tags; "" for who is not signed in."""
        reply = self.get("/account")
        return " ".join(re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", " ", str(reply.body), flags=re.DOTALL).split())

    def _headers(self) -> dict[str, str]:
        return {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **self.more}

    def _took(self, request: Request) -> Reply:
        reply = self.town.api.answer(request, "k")
        if told := reply.headers.get("Set-Cookie"):
            name, _, value = told.partition(";")[0].partition("=")
            self.cookies[name] = value
            if "Max-Age=0" in told:
                del self.cookies[name]
        return reply
