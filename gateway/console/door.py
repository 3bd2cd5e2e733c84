"""The console over HTTP: ``/`` the first page's frame, without any fact; ``/?part=body`` its facts, for who shows a
token; ``/plans`` the frame of the page of plans, which asks the API itself.

The token comes with the link (``/#token=…``, which no browser sends) or is pasted, and stays in the tab.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path as File

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gateway.api import Path, Verify, path
from gateway.console import view
from gateway.console.reading import READERS, Reading
from gateway.exchange import Reply, Request
from kernel.door_refusals import ROLE_NOT_ALLOWED
from kernel.rates import Kind
from programmes.areas import registered
from programmes.roles import all_called, called

_HERE = File(__file__).parent


class ConsoleDoor:
    """Answers ``GET /`` and ``GET /plans``."""

    def __init__(self, reading: Reading, verify: Verify, province: str) -> None:
        self._reading = reading
        self._verify = verify
        self._areas = registered(province)
        division = self._areas.find(province)
        self._province = division.name if division else province
        templates = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined)
        self._page, self._body, self._plans = map(templates.get_template, ("page.html", "body.html", "plans.html"))

        def text(*names: str) -> str:
            return "".join(templates.get_template(name).render() for name in names)

        self._headers = _headers(text("style.css"), text("page.js"))
        self._plan_headers = _headers(text("style.css", "plans.css"), text("plans.js"))

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        return (
            path("GET", "/", self.show, query=("part",), kind=lambda request, names: _costs(request)),
            path("GET", "/plans", self.plans, kind=Kind.OPEN),
        )

    def show(self, request: Request, correlation: str) -> Reply:
        """The frame, or the facts. Raises Unauthenticated, Forbidden."""
        if request.one_of("part", "", "body") != "body":
            return Reply(200, self._page.render(province=self._province), self._headers)
        actor = self._verify(request.headers.get("authorization"))
        if actor.role not in READERS:
            raise ROLE_NOT_ALLOWED(role=called(actor.role), act="查看工作一览", roles=all_called(READERS))
        shown = view.page(self._reading.facts(actor), self._areas)
        return Reply(200, self._body.render(**shown), self._headers)

    def plans(self, request: Request, correlation: str) -> Reply:
        """The frame of the page of plans; it holds no fact, the API gives them to whoever may know them."""
        return Reply(200, self._plans.render(province=self._province), self._plan_headers)


def _costs(request: Request) -> Kind:
    return Kind.READS if request.query.get("part") else Kind.OPEN


def _headers(style: str, script: str) -> dict[str, str]:
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        # Only this page's own style and script, by their digests; no other origin, no frame, no form.
        "Content-Security-Policy": (
            f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)};"
            " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
    }


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
