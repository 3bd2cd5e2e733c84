"""Pages: one frame for all of them, with who looks and where they can go; and refusals as pages.

Invariants: a page runs and is styled by files of this host alone (``gateway.console.assets``), none of it stands in the
page; nothing is asked of another host; a page is kept by nobody.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path as File
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gateway import problems
from gateway.api import Verify
from gateway.console import session
from gateway.console.assets import Assets
from gateway.console.chapters import CHAPTERS, OF
from gateway.console.reading import READERS
from gateway.described import Description
from gateway.exchange import Reply, Request
from kernel.errors import Busy, Unauthenticated
from kernel.messages import Actor
from programmes.areas import registered
from programmes.due import ROLES as OWERS
from programmes.roles import called

_HERE: Final = File(__file__).parent
_FIRST: Final = (("/due", "我的待办", OWERS), ("/", "总览", READERS))
_LAST: Final = (("/plans", "求解", READERS), ("/system", "系统", READERS))
"""Address, title and readers of the pages that are no chapters."""
_QUESTION: Final = re.compile("/ask/([a-z]+)/([a-z_]+)")


class Pages:
    """Makes pages, and is how the console's places differ from those of the API (``gateway.api.Pages``)."""

    def __init__(
        self, verify: Verify, province: str, described: Callable[[], Mapping[str, Description]] = dict
    ) -> None:
        """``described``: what the services say of their questions; a page of one that said nothing is shown to all."""
        self.verify = verify
        self.described = described
        self.assets = Assets()
        self.areas = registered(province)
        self.province = self.named(province)
        self._env = Environment(
            loader=FileSystemLoader(_HERE),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.globals["asset"] = self.assets.address
        self._env.filters["area"] = self.named
        self._env.filters["n"] = "{:,}".format

    def named(self, code: str) -> str:
        """The name of a division; its code where it has none."""
        division = self.areas.find(code)
        return division.name if division else code

    def text(self, *names: str, **values: Any) -> str:
        """The templates of these names, one after the other."""
        return "".join(self._env.get_template(name).render(**values) for name in names)

    def macros(self, template: str) -> Any:
        """The macros of a template, to be called as functions that give HTML."""
        return self._env.get_template(template).module

    def page(
        self,
        template: str,
        request: Request,
        *,
        status: int = 200,
        script: str = "",
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> Reply:
        """A page of the console, for whoever asks."""
        actor = self._actor(request)
        body = self.text(
            template,
            province=self.province,
            here=request.path,
            current=_current(request.path),
            who=actor and called(actor.role),
            where="、".join(map(self.named, (*actor.areas, *actor.units))) if actor else "",
            navigation=self.navigation(actor) if actor else [],
            proof=session.proof(request),
            script=script,
            **values,
        )
        return Reply(status, body, {**_POLICY, **(headers or {})})

    def navigation(self, actor: Actor) -> list[tuple[str, str]]:
        """Address and title of every page that has something for the role of ``actor``."""
        said = self.described()

        def open_to(service: str, name: str) -> bool:
            return service not in said or actor.role in said[service]["queries"].get(name, {}).get("roles", ())

        chapters = [(f"/{c.key}", c.title) for c in CHAPTERS if any(open_to(*question) for question in c.questions)]
        first, last = ([(to, title) for to, title, who in some if actor.role in who] for some in (_FIRST, _LAST))
        return [*first, ("/acts", "办理"), *chapters, *last, ("/ask", "查询")]

    def asked(self, request: Request) -> Request:
        """The request, the token of the session where the API looks for it."""
        return session.asked(request)

    def told(self, request: Request, problem: Mapping[str, Any], correlation: str) -> Reply:
        """The refusal as a page; who is not signed in, or no longer, is led to where one signs in."""
        said = problems.body_of(problem, correlation)
        if said["status"] == 401 and request.method in ("GET", "HEAD") and not request.query.get("part"):
            return elsewhere(f"/sign-in?next={quote(request.path, safe='')}")
        if request.query.get("part"):  # a script asked, which reads problems
            return problems.reply(problem, correlation)
        headers = problems.reply(problem, correlation).headers
        kept = {name: value for name, value in headers.items() if name != "Content-Type"}
        return self.page("problem.html", request, status=said["status"], headers=kept, problem=said)

    def _actor(self, request: Request) -> Actor | None:
        try:
            return self.verify(request.headers.get("authorization"))
        except (Unauthenticated, Busy):  # who it is cannot be told: the page says no more than why
            return None


def elsewhere(to: str, headers: Mapping[str, str] | None = None) -> Reply:
    """Sends the browser on to another page, which it then gets."""
    return Reply(303, "", {"Location": to, "Cache-Control": "no-store", "Content-Type": "text/html", **(headers or {})})


def _current(path: str) -> str:
    """The address in the navigation of the page at ``path``."""
    asked = _QUESTION.fullmatch(path)
    if asked and (chapter := OF.get((asked[1], asked[2]))):
        return f"/{chapter.key}"
    return "/" + path.split("/")[1]


_POLICY: Final = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
        " form-action 'self'; frame-ancestors 'none'"
    ),
}
"""The headers of a page: styles, scripts and pictures of this host alone, none of them in the page; no frame."""


def guarded(style: str, script: str) -> dict[str, str]:
    """The headers of a page that holds its own: only this style and script; forms to this host; no other origin."""
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": (
            f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script) if script else repr('none')};"
            " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        ),
    }


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
