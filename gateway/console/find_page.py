"""按姓名查找: the cadres within reach who are called so, each with the way to the card.

Invariant: a name stands in the body of the request and of the answer, in no address.
"""

from __future__ import annotations

from typing import Any, Final

from gateway import asked, problems
from gateway.api import Api, Path, path
from gateway.console import session
from gateway.console.cells import cell
from gateway.console.filters import Filter, Lookup, filters
from gateway.console.pages import Pages
from gateway.exchange import Reply, Request
from kernel.rates import Kind

_SHOWN: Final = ("name", "target", "role", "unit", "on_post_since")
_ROWS: Final = 200


class FindPage:
    """Answers ``/find``."""

    def __init__(self, api: Api, pages: Pages, lookup: Lookup) -> None:
        self._api = api
        self._pages = pages
        self._lookup = lookup

    def paths(self) -> tuple[Path, ...]:
        """The places of the page."""
        return (
            path("GET", "/find", self.form, pages=self._pages),
            path("POST", "/find", self.find, kind=Kind.DISCLOSURES, pages=self._pages),
        )

    def form(self, request: Request, correlation: str) -> Reply:
        """The form, empty."""
        return self._shown(request, self._fields(request, {}))

    def find(self, request: Request, correlation: str) -> Reply:
        """Who was found, or what is wrong with the question."""
        typed = session.entries(request)
        session.own(request, typed)
        actor = self._pages.verify(request.headers.get("authorization"))
        given = {name: value for name, value in typed.items() if not name.startswith("_")}
        fields = self._fields(request, given)
        if any(one.fault or (one.needed and not one.value) for one in fields):
            return self._shown(request, fields, status=400, lacking=True)
        params = {one.name: one.means for one in fields if one.means}
        ask = (self._api.services, "personnel", "cadres_named", params, actor, correlation)
        answer = asked.page(*ask, limit=_ROWS)
        if "problem" in answer:
            said = problems.body_of(answer["problem"], correlation)
            return self._shown(request, fields, status=said["status"], problem=said)
        names = self._lookup.names(actor)
        rows = [
            (f"/cadres/{row['posting']}", [cell(name, row.get(name), names).text for name in _SHOWN])
            for row in answer["items"]
        ]
        return self._shown(request, fields, rows=rows)

    def _fields(self, request: Request, given: dict[str, str]) -> tuple[Filter, ...]:
        actor = self._pages.verify(request.headers.get("authorization"))
        said = self._pages.described().get("personnel", {"queries": {}})["queries"].get("cadres_named")
        return filters(said, given, self._lookup, actor) if said else ()

    def _shown(self, request: Request, fields: tuple[Filter, ...], status: int = 200, **more: Any) -> Reply:
        told = {"rows": None, "problem": None, "lacking": False, **more}
        return self._pages.page("find.html", request, status=status, filters=fields, **told)
