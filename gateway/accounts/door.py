"""The pages of coming in and going out: ``/sign-in``, ``/sign-out``, ``/account``, and the first sign-in at
``/account/enrol``.

Invariant: a session that is there is replaced by its own page alone, so that no other site and no link signs anybody
in as somebody else unasked (login CSRF; OWASP ASVS 5.0 V3.5, V7.2.4).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from gateway.accounts import codes
from gateway.accounts.entrance import Entrance, Opened
from gateway.accounts.refusals import SESSION_ENDED
from gateway.accounts.sessions import secret_of
from gateway.api import UNASKED_LIMIT, Path, path
from gateway.console import session
from gateway.console.pages import Pages, elsewhere
from gateway.exchange import Reply, Request
from gateway.problems import status_of
from gateway.refusals import PATH_UNKNOWN
from kernel.errors import BadInput, Busy, PaizhuError, TooOften, Unauthenticated
from kernel.rates import Kind

if TYPE_CHECKING:
    from gateway.accounts.oidc import Oidc

_OWN: Final = re.compile(r"/(?:[a-z]{1,20}(?:/[A-Za-z0-9_.]{1,80}){0,2})?")
"""The pages one is led to after signing in: those of the console, and no other address."""


_FLOW: Final = "paizhu-flow"
_BACK: Final = ("code", "state", "iss", "session_state", "error", "error_description", "error_uri", "scope")


class SignInDoor:
    """Answers all of them. ``address`` tells whose address a request comes from; ``oidc`` is the issuer beside."""

    def __init__(
        self, entrance: Entrance, pages: Pages, address: Callable[[Request], str], oidc: Oidc | None = None
    ) -> None:
        self._entrance = entrance
        self._sessions = entrance.sessions
        self._pages = pages
        self._address = address
        self._oidc = oidc

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        pages = self._pages
        return (
            path("GET", "/sign-in", self.door, query=("next",), kind=Kind.OPEN, pages=pages),
            path("POST", "/sign-in", self.sign_in, UNASKED_LIMIT, kind=Kind.OPEN, pages=pages),
            path("GET", "/sign-in/oidc", self.leave, query=("next",), kind=Kind.OPEN, pages=pages),
            path("GET", "/sign-in/oidc/back", self.back, query=_BACK, kind=Kind.OPEN, pages=pages),
            path("POST", "/sign-out", self.sign_out, UNASKED_LIMIT, kind=Kind.READS, pages=pages),
            path("GET", "/account", self.show, pages=pages),
            path("POST", "/account/seat", self.sit, UNASKED_LIMIT, kind=Kind.READS, pages=pages),
            path("GET", "/account/enrol", self.first, kind=Kind.OPEN, pages=pages),
            path("POST", "/account/enrol", self.enrol, UNASKED_LIMIT, kind=Kind.OPEN, pages=pages),
        )

    def door(
        self, request: Request, correlation: str, refusal: PaizhuError | None = None, name: str = "", to: str = ""
    ) -> Reply:
        """Where one signs in."""
        return self._pages.page(
            "sign_in.html",
            request,
            status=status_of(refusal) if refusal else 200,
            script="sign_in.js",
            refusal=str(refusal) if refusal else "",
            next=to or request.query.get("next", "/"),
            name=name,
            oidc=self._oidc is not None,
        )

    def sign_in(self, request: Request, correlation: str) -> Reply:
        """The session begins; the page again, where it does not. Raises Forbidden: ``form_foreign``."""
        typed = session.entries(request)
        before = secret_of(request.headers.get("authorization"))
        if self._signed_in(request):
            session.own(request, typed)
        to, name = typed.get("next", "/"), typed.get("name", "").strip()
        try:
            if token := typed.get("token", "").strip():
                opened = Opened(self._sessions.begin_token(self._sessions.admitted(token)))
            else:
                told = (name, typed.get("password", ""), typed.get("code", ""))
                opened = self._entrance.by_password(*told, self._address(request))
        except (Unauthenticated, TooOften) as refusal:
            return self.door(request, correlation, refusal, name[:64], to)
        return self.opened(request, opened, to, before)

    def leave(self, request: Request, correlation: str) -> Reply:
        """The browser is sent to the issuer. Raises Unknown: ``path_unknown`` where there is none; Busy."""
        if self._oidc is None:
            raise PATH_UNKNOWN()
        url, flow = self._oidc.leave(request.query.get("next", "/"))
        return elsewhere(url, {"Set-Cookie": session.kept(request, _FLOW, flow, 600, "Lax")})

    def back(self, request: Request, correlation: str) -> Reply:
        """The issuer sent the browser back: the session begins, or the page where one signs in says why not."""
        if self._oidc is None:
            raise PATH_UNKNOWN()
        flow = session.cookies(request).get(_FLOW, "")
        try:
            opened, to = self._oidc.back(flow, request.query, self._address(request))
        except (Unauthenticated, Busy) as refusal:
            return self.door(request, correlation, refusal)
        before = secret_of(request.headers.get("authorization"))
        reply = self.opened(request, opened, to, before)
        # A redirect that another site began carries no strict cookie: the browser is led on from a page of our own.
        page = self._pages.page("signed_in.html", request, next=reply.headers["Location"])
        onward = {"Set-Cookie": reply.headers["Set-Cookie"], "Refresh": f"0; url={reply.headers['Location']}"}
        return Reply(200, page.body, {**page.headers, **onward})

    def opened(self, request: Request, opened: Opened, to: str, before: str) -> Reply:
        """The browser is given the session; the one before ends."""
        if before:
            self._sessions.end(before)
        cookie = session.kept(request, session.COOKIE, opened.secret)
        place = "/account/enrol" if opened.enrol else to if _OWN.fullmatch(to) else "/"
        return elsewhere(place, {"Set-Cookie": cookie})

    def sign_out(self, request: Request, correlation: str) -> Reply:
        """The session ends, here and in the browser. Raises Forbidden: ``form_foreign``."""
        session.own(request, session.entries(request))
        if secret := secret_of(request.headers.get("authorization")):
            self._sessions.end(secret)
        gone = {"Set-Cookie": session.kept(request, session.COOKIE, "", 0), "Clear-Site-Data": '"cache", "storage"'}
        return elsewhere("/sign-in", gone)

    def show(self, request: Request, correlation: str) -> Reply:
        """Who and where I am, and in which post. Raises Unauthenticated."""
        actor = self._pages.verify(request.headers.get("authorization"))
        secret = secret_of(request.headers.get("authorization"))
        account = self._sessions.account(secret) if secret else None
        seats = self._sessions.seats.of(account, self._sessions.today()) if account else ()
        held = next((seat.key for seat in seats if seat.actor == actor), "")
        told: dict[str, Any] = {"account": account.name if account else "", "organ": actor.organ, "post": actor.post}
        return self._pages.page("account.html", request, seats=seats, held=held, **told)

    def sit(self, request: Request, correlation: str) -> Reply:
        """Go on in another post. Raises Forbidden: ``form_foreign``; Unauthenticated."""
        typed = session.entries(request)
        session.own(request, typed)
        secret = secret_of(request.headers.get("authorization"))
        if not secret:
            raise SESSION_ENDED()
        self._sessions.sit(secret, typed.get("seat", ""))
        return elsewhere("/account")

    def first(self, request: Request, correlation: str, refusal: PaizhuError | None = None) -> Reply:
        """The first sign-in: the secret for the authenticator, and the form. Raises Unauthenticated."""
        name, secret = self._entrance.pending(secret_of(request.headers.get("authorization")))
        return self._pages.page(
            "enrol.html",
            request,
            status=status_of(refusal) if refusal else 200,
            refusal=str(refusal) if refusal else "",
            name=name,
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            address=codes.address(secret, name),
        )

    def enrol(self, request: Request, correlation: str) -> Reply:
        """Take the holder's own password and second factor. Raises Unauthenticated; Forbidden: ``form_foreign``."""
        typed = session.entries(request)
        session.own(request, typed)
        secret = secret_of(request.headers.get("authorization"))
        try:
            opened = self._entrance.enrol(secret, typed.get("password", ""), typed.get("code", ""))
        except BadInput as refusal:
            return self.first(request, correlation, refusal)
        return self.opened(request, opened, "/", "")

    def _signed_in(self, request: Request) -> bool:
        try:
            self._pages.verify(request.headers.get("authorization"))
        except Unauthenticated:
            return False
        return True
