"""The console over HTTP: ``/`` the first page, ``/?part=body`` its facts alone; ``/plans`` the frame of the page of
plans, which asks the API itself. Who comes without a session is led to where one signs in (``gateway.accounts.door``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from gateway.api import Path, path
from gateway.console import view
from gateway.console.pages import Pages, elsewhere, guarded
from gateway.console.parts import Part, laid
from gateway.console.reading import READERS, Reading
from gateway.exchange import Reply, Request
from kernel.door_refusals import ROLE_NOT_ALLOWED
from kernel.rates import Kind
from programmes.roles import all_called, called

_TAKEN: Final = ("part", "have")


class ConsoleDoor:
    """Answers ``GET /`` and ``/plans``."""

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
        )

    def show(self, request: Request, correlation: str) -> Reply:
        """The first page, or its facts alone. Raises Unauthenticated, Forbidden."""
        alone = request.one_of("part", "", "body") == "body"
        if not alone and "authorization" not in request.headers:
            return elsewhere("/sign-in")
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


def _alone(request: Request, parts: Iterable[Part]) -> Reply:
    """Those parts that whoever asks does not have."""
    return Reply(200, laid(parts, request.query.get("have", "")[:2000]), guarded("", ""))


def _costs(request: Request) -> Kind:
    return Kind.READS if request.query.get("part") or "authorization" in request.headers else Kind.OPEN
