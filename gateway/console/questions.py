"""The questions of the services as pages: a filter, a table, the next page, a workbook; asked in the name of who looks.

A page is made of what a service says of its question, so a new question has its page the day it is written. Invariant:
the console asks what the API asks, as its session's actor; nothing is on a page that the service did not give.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from gateway import asked, ledger, problems
from gateway.api import DISCLOSING, Api, Path, path
from gateway.console.after import Arrival
from gateway.console.cells import cell, columns, heading
from gateway.console.chapters import CHAPTERS, OF, Chapter
from gateway.console.filters import Filter, Lookup, filters
from gateway.console.pages import Pages
from gateway.console.rooms import ROOMS, room_of
from gateway.console.view import SERVICE_NAMES
from gateway.exchange import Reply, Request
from gateway.refusals import PATH_UNKNOWN
from gateway.roster_door import XLSX
from kernel.messages import Actor
from kernel.rates import Kind
from services import SERVICES

_ROWS: Final = 200
_ASK: Final = f"/ask/(?P<service>{'|'.join(SERVICES)})/(?P<name>[a-z_]{{1,60}})"
_HIDDEN: Final = frozenset({"daily", "due", "photo", "cadres_named"})
"""Questions of processes, and those that have a page of their own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered: a page of rows, or its problem."""

    rows: list[dict[str, Any]]
    next: str = ""
    position: int = 0
    problem: Mapping[str, Any] | None = None


class Questions:
    """Answers ``/ask``, ``/ask/<service>/<question>``, the same as a workbook, and the chapters' first pages."""

    def __init__(self, api: Api, pages: Pages, lookup: Lookup, arrival: Arrival) -> None:
        self._api = api
        self._pages = pages
        self._lookup = lookup
        self._arrival = arrival

    def paths(self) -> tuple[Path, ...]:
        """The places of the pages."""
        pages = self._pages
        keys = "|".join(chapter.key for chapter in CHAPTERS)
        return (
            path("GET", "/ask", self.all, pages=pages),
            path("GET", f"/(?P<key>{keys})", self.chapter, query=None, kind=_chapter_costs, pages=pages),
            path("GET", _ASK, self.show, query=None, kind=_costs, pages=pages),
            path("GET", rf"{_ASK}\.xlsx", self.export, query=None, kind=_costs, pages=pages),
        )

    def all(self, request: Request, correlation: str) -> Reply:
        """Every question that the role of who asks may ask, by service."""
        actor = self._pages.verify(request.headers.get("authorization"))
        found = []
        for service, said in self._pages.described().items():
            asks = sorted(
                (query["title"], f"/ask/{service}/{name}")
                for name, query in said["queries"].items()
                if actor.role in query["roles"] and name not in _HIDDEN
            )
            found.append((SERVICE_NAMES[service], asks))
        return self._pages.page("ask.html", request, services=[one for one in found if one[1]])

    def chapter(self, request: Request, correlation: str, key: str) -> Reply:
        """The first question of a chapter that the role may ask."""
        actor = self._pages.verify(request.headers.get("authorization"))
        (chapter,) = (one for one in CHAPTERS if one.key == key)
        first = next((one for one in chapter.questions if self._open(actor, *one)), chapter.questions[0])
        return self._shown(request, correlation, *first, chapter=chapter)

    def show(self, request: Request, correlation: str, service: str, name: str) -> Reply:
        """A question with its answer. Raises Unknown: ``path_unknown``."""
        return self._shown(request, correlation, service, name, chapter=OF.get((service, name)))

    def export(self, request: Request, correlation: str, service: str, name: str) -> Reply:
        """All rows of the answer as a workbook, in the columns of the page."""
        actor = self._pages.verify(request.headers.get("authorization"))
        query = self._said(service, name)
        given = self._given(request, actor, query)[1]
        found = asked.rows(self._api.services, service, name, given, actor, request, correlation)
        if isinstance(found, Reply):
            return self._pages.page("problem.html", request, status=found.status, problem=orjson.loads(found.body))
        names = self._lookup.names(actor)
        wanted = [(column, heading(column)) for column in columns(found)]
        rows = ({column: cell(column, row.get(column), names).text for column, _ in wanted} for row in found)
        body = ledger.sheet(query["title"], wanted, rows, tab=_tab(query["title"]))
        return asked.file(body, XLSX, f"{service}-{name}.xlsx")

    def _shown(self, request: Request, correlation: str, service: str, name: str, chapter: Chapter | None) -> Reply:
        actor = self._pages.verify(request.headers.get("authorization"))
        query = self._said(service, name)
        fields, given = self._given(request, actor, query)
        lacking = [one.label for one in fields if one.needed and not one.value]
        wrong = any(one.fault for one in fields)
        self._arrival.wait(request, (service,))
        answer = Answer([])
        if not lacking and not wrong:
            answer = self._asked(request, correlation, actor, service, name, given)
        names = self._lookup.names(actor)
        shown = columns(answer.rows)
        rows = [[cell(column, row.get(column), names) for column in shown] for row in answer.rows]
        own = {one.name: one.value for one in fields if one.value}
        address = f"/ask/{service}/{name}"
        again = address + (f"?{urlencode(own)}" if own else "")
        cursor = {**own, "cursor": answer.next}
        return self._pages.page(
            "question.html",
            request,
            status=int(answer.problem["status"]) if answer.problem else 400 if wrong else 200,
            title=query["title"],
            chapter=chapter.title if chapter else "",
            tabs=self.tabs(actor, chapter, (service, name)),
            acts=self.acts(actor, chapter),
            own=self._own(actor, chapter),
            address=address,
            filters=fields,
            asking="、".join(lacking),
            problem=answer.problem,
            columns=[(one, heading(one), any(row[at].number for row in rows)) for at, one in enumerate(shown)],
            rows=rows,
            again=again,
            later=bool(request.query.get("cursor")),
            more=f"{address}?{urlencode(cursor)}" if answer.next else "",
            export=f"{address}.xlsx" + (f"?{urlencode(own)}" if own else ""),
            position=answer.position,
            service=SERVICE_NAMES[service],
        )

    def _said(self, service: str, name: str) -> Mapping[str, Any]:
        """What the service says of the question. Raises Unknown: ``path_unknown``."""
        query: Mapping[str, Any] | None = self._pages.described().get(service, {"queries": {}})["queries"].get(name)
        if query is None or name in _HIDDEN:
            raise PATH_UNKNOWN()
        return query

    def _given(
        self, request: Request, actor: Actor, query: Mapping[str, Any]
    ) -> tuple[tuple[Filter, ...], dict[str, str]]:
        fields = filters(query, request.query, self._lookup, actor)
        return fields, {one.name: one.means for one in fields if one.means}

    def _asked(
        self, request: Request, correlation: str, actor: Actor, service: str, name: str, given: Mapping[str, str]
    ) -> Answer:
        cursor = request.query.get("cursor") or None
        said = asked.page(self._api.services, service, name, given, actor, correlation, cursor=cursor, limit=_ROWS)
        if "problem" in said:
            return Answer([], problem=problems.body_of(said["problem"], correlation))
        return Answer([dict(row) for row in said["items"]], said["next"] or "", said.get("position", 0))

    def _open(self, actor: Actor, service: str, name: str) -> bool:
        query = self._pages.described().get(service, {"queries": {}})["queries"].get(name)
        return query is not None and actor.role in query["roles"]

    def tabs(self, actor: Actor, chapter: Chapter | None, now: tuple[str, str]) -> list[tuple[str, str, bool]]:
        """The questions of the chapter that the role may ask: address, title, whether it is the one shown."""
        said = self._pages.described()
        return [
            (f"/ask/{one[0]}/{one[1]}", said[one[0]]["queries"][one[1]]["title"], one == now)
            for one in (chapter.questions if chapter else ())
            if self._open(actor, *one)
        ]

    def _own(self, actor: Actor, chapter: Chapter | None) -> list[tuple[str, str]]:
        """The chapter's own pages that the role has something to do on."""
        said = self._pages.described()
        return [
            (to, title)
            for to, title, (service, kind, name) in (chapter.pages if chapter else ())
            if actor.role in said.get(service, {}).get(kind, {}).get(name, {}).get("roles", ())
        ]

    def acts(self, actor: Actor, chapter: Chapter | None) -> list[tuple[str, str]]:
        """The acts of the chapter's rooms that the role may give."""
        wanted = chapter.acts if chapter else ()
        found = []
        for name, route in self._api.commands.items():
            entry = route.command.entry
            room = room_of(route.command)
            if entry is not None and room in wanted and room in ROOMS and actor.role in entry.roles:
                found.append((wanted.index(room), entry.title, f"/acts/{name}"))
        return [(to, title) for _, title, to in sorted(found)]


def _costs(request: Request, names: Mapping[str, str]) -> Kind:
    return Kind.DISCLOSURES if (names["service"], names["name"]) in DISCLOSING else Kind.READS


def _chapter_costs(request: Request, names: Mapping[str, str]) -> Kind:
    (chapter,) = (one for one in CHAPTERS if one.key == names["key"])
    return Kind.DISCLOSURES if chapter.questions[0] in DISCLOSING else Kind.READS


def _tab(title: str) -> str:
    """What a sheet may be called: at most 31 characters, none of those that workbooks use."""
    return re.sub(r"[\[\]:*?/\\]", "、", title)[:31]
