"""The first page over HTTP: ``/`` the frame, without any fact; ``/?part=body`` the facts, for who shows a token.

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
from kernel.errors import Forbidden
from programmes.areas import registered

_HERE = File(__file__).parent


class ConsoleDoor:
    """Answers ``GET /``."""

    def __init__(self, reading: Reading, verify: Verify, province: str) -> None:
        self._reading = reading
        self._verify = verify
        self._areas = registered(province)
        division = self._areas.find(province)
        self._province = division.name if division else province
        templates = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined)
        self._page, self._body = templates.get_template("page.html"), templates.get_template("body.html")
        style, script = (_digest(templates.get_template(name).render()) for name in ("style.css", "page.js"))
        self._headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            # Only this page's own style and script, by their digests; no other origin, no frame, no form.
            "Content-Security-Policy": (
                f"default-src 'none'; style-src {style}; script-src {script};"
                " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            ),
        }

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        return (path("GET", "/", self.show),)

    def show(self, request: Request, correlation: str) -> Reply:
        """The frame, or the facts. Raises Unauthenticated, Forbidden."""
        if request.query.get("part") != "body":
            return Reply(200, self._page.render(province=self._province), self._headers)
        actor = self._verify(request.headers.get("authorization"))
        if actor.role not in READERS:
            raise Forbidden(
                f"角色 {actor.role} 不能查看工作一览。", code="role_not_allowed", accepted="、".join(sorted(READERS))
            )
        shown = view.page(self._reading.facts(actor), self._areas)
        return Reply(200, self._body.render(**shown), self._headers)


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
