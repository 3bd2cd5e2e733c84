"""The first page over HTTP: ``/`` whole, ``/?part=body`` what changes. Nothing on it comes from elsewhere."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path as File

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gateway.api import Path, path
from gateway.console import view
from gateway.console.reading import Reading
from gateway.exchange import Reply, Request
from programmes.areas import registered

_HERE = File(__file__).parent


class ConsoleDoor:
    """Answers ``GET /``."""

    def __init__(self, reading: Reading, province: str) -> None:
        self._reading = reading
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
        """The page, or its body alone."""
        template = self._body if request.query.get("part") == "body" else self._page
        shown = view.page(self._reading.facts(), self._areas)
        return Reply(200, template.render(**shown, province=self._province), self._headers)


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
