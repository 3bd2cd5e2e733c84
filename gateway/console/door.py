"""The console over HTTP: ``/`` the first page, ``/?part=body`` its facts alone, ``/sign-in`` and ``/sign-out``;
``/plans`` the frame of the page of plans, which asks the API itself.

Who comes without a session gets the page where one signs in: the token comes with the link (``/#token=…``, which no
browser sends) or is pasted, and stays in a cookie until the browser's session ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from gateway.api import UNASKED_LIMIT, Path, path
from gateway.console import session, view
from gateway.console.pages import Pages, elsewhere, guarded
from gateway.console.parts import Part, laid
from gateway.console.reading import READERS, Reading
from gateway.exchange import Reply, Request
from kernel.door_refusals import ROLE_NOT_ALLOWED
from kernel.errors import Unauthenticated
from kernel.rates import Kind
from programmes.roles import all_called, called

_OWN: Final = re.compile(r"/(?:[a-z]{1,20}(?:/[A-Za-z0-9_.]{1,80}){0,2})?")
"""The pages one is led to after signing in: those of the console, and no other address."""


_TAKEN: Final = ("part", "have")


class ConsoleDoor:
    """Answers ``GET /``, ``/plans``, ``/sign-in``, and ``POST /sign-in``, ``/sign-out``."""

    def __init__(self, reading: Reading, pages: Pages) -> None:
        self._reading = reading
        self._pages = pages
        styles, script = pages.text("style.css", "plans.css"), pages.text("plans.js")
        self._plan_headers = guarded(styles, script)

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        pages = self._pages
        return (
            path("GET", "/", self.show, query=_TAKEN, kind=lambda request, names: _costs(request), pages=pages),
            path("GET", "/system", self.system, query=_TAKEN, pages=pages),
            path("GET", "/plans", self.plans, kind=Kind.OPEN),
            path("GET", "/sign-in", self.door, query=("next",), kind=Kind.OPEN, pages=pages),
            path("POST", "/sign-in", self.sign_in, UNASKED_LIMIT, kind=Kind.OPEN, pages=pages),
            path("POST", "/sign-out", self.sign_out, UNASKED_LIMIT, kind=Kind.READS, pages=pages),
        )

    def show(self, request: Request, correlation: str) -> Reply:
        """The first page, or its facts alone. Raises Unauthenticated, Forbidden."""
        alone = request.one_of("part", "", "body") == "body"
        if not alone and "authorization" not in request.headers:
            return self.door(request, correlation)
        actor = self._pages.verify(request.headers.get("authorization"))
        if actor.role not in READERS:
            if not alone:
                return elsewhere("/due")
            raise ROLE_NOT_ALLOWED(role=called(actor.role), act="查看总览", roles=all_called(READERS))
        shown = view.page(self._reading.facts(actor), self._pages.areas)
        macros = self._pages.macros("home_parts.html")
        parts = {
            "figures": Part("figures", macros.figures(shown["programmes"], shown["away"])),
            "coverage": Part("coverage", macros.coverage(shown["picture"])),
            **{f"log-{log['service']}": Part(f"log-{log['service']}", macros.log(log)) for log in shown["logs"]},
        }
        if alone:
            return _alone(request, parts.values())
        laid_out = {name: part.whole() for name, part in parts.items()}
        logs = [laid_out.pop(name) for name in list(laid_out) if name.startswith("log-")]
        return self._pages.page("home.html", request, script="refresh.js", parts=laid_out, logs=logs)

    def system(self, request: Request, correlation: str) -> Reply:
        """How far logs, signatures, witnesses and feeds are. Raises Unauthenticated, Forbidden."""
        actor = self._pages.verify(request.headers.get("authorization"))
        if actor.role not in READERS:
            raise ROLE_NOT_ALLOWED(role=called(actor.role), act="查看系统", roles=all_called(READERS))
        shown = view.page(self._reading.facts(actor), self._pages.areas)
        part = Part("system", Markup(self._pages.text("system_body.html", **shown)))  # noqa: S704 -- the template escapes
        if request.one_of("part", "", "body") == "body":
            return _alone(request, [part])
        return self._pages.page("system.html", request, script="refresh.js", part=part.whole())

    def plans(self, request: Request, correlation: str) -> Reply:
        """The frame of the page of plans; it holds no fact, the API gives them to whoever may know them."""
        return Reply(200, self._pages.text("plans.html", province=self._pages.province), self._plan_headers)

    def door(self, request: Request, correlation: str, refusal: str = "", status: int = 200) -> Reply:
        """Where one signs in."""
        to = request.query.get("next", "/")
        return self._pages.page("sign_in.html", request, status=status, script="sign_in.js", refusal=refusal, next=to)

    def sign_in(self, request: Request, correlation: str) -> Reply:
        """The session begins, where the token is good; the page again, where it is not."""
        typed = session.entries(request)
        token = typed.get("token", "").strip()
        try:
            self._pages.verify(f"Bearer {token}" if token else None)
        except Unauthenticated as error:
            return self.door(request, correlation, refusal=error.sentence, status=401)
        to = typed.get("next", "/")
        cookie = session.kept(request, session.COOKIE, token)
        return elsewhere(to if _OWN.fullmatch(to) else "/", {"Set-Cookie": cookie})

    def sign_out(self, request: Request, correlation: str) -> Reply:
        """The session ends. Raises Forbidden: ``form_foreign``."""
        session.own(request, session.entries(request))
        return elsewhere("/sign-in", {"Set-Cookie": session.kept(request, session.COOKIE, "", 0)})


def _alone(request: Request, parts: Iterable[Part]) -> Reply:
    """Those parts that whoever asks does not have."""
    return Reply(200, laid(parts, request.query.get("have", "")[:2000]), guarded("", ""))


def _costs(request: Request) -> Kind:
    return Kind.READS if request.query.get("part") or "authorization" in request.headers else Kind.OPEN
