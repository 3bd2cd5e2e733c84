"""The acts: which commands a role may give, and a form for each, made of its contract.

A form goes the way of every command (``Api.command``), under a key that stands in it, so it takes effect once however
often its button is pressed. Refused, it comes back as it was typed, with what is wrong at its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast
from uuid import uuid4

import marshmallow as ma
import orjson

from gateway import problems
from gateway.api import Api, Path, path
from gateway.console import after, session, view
from gateway.console.after import Arrival
from gateway.console.entered import begun, data_of, numbers, settled
from gateway.console.faults import Fault, faults, places
from gateway.console.fields import OCCURRED, Field, fields_of
from gateway.console.pages import Pages
from gateway.console.rooms import ROOMS, room_of
from gateway.exchange import Reply, Request
from gateway.routes import Route
from kernel.door_refusals import COMMAND_UNKNOWN
from kernel.errors import PaizhuError
from kernel.messages import Entry
from kernel.rates import Kind
from kernel.refusals import FIELD_UNKNOWN
from kernel.schema import refused, schema_of
from programmes.roles import all_called

_KEY: Final = "_key"
_DO: Final = "_do"


class Acts:
    """Answers ``/acts`` and ``/acts/<command>``."""

    def __init__(self, api: Api, pages: Pages, arrival: Arrival) -> None:
        self._api = api
        self._pages = pages
        self._arrival = arrival

    def paths(self) -> tuple[Path, ...]:
        """The places of the pages."""
        one = "/acts/(?P<name>[A-Za-z]{1,80})"
        return (
            path("GET", "/acts", self.all, pages=self._pages),
            path("GET", one, self.form, query=None, pages=self._pages),
            path("POST", one, self.give, kind=_costs, pages=self._pages),
        )

    def all(self, request: Request, correlation: str) -> Reply:
        """What the role of who asks may give, by room."""
        role = self._pages.verify(request.headers.get("authorization")).role
        rooms: dict[str, list[dict[str, str]]] = {}
        for name, route in self._api.commands.items():
            entry = route.command.entry
            if entry is not None and role in entry.roles:
                act = {"name": name, "title": entry.title, "who": all_called(entry.roles)}
                rooms.setdefault(room_of(route.command), []).append(act)
        order = [room for room in ROOMS if room in rooms]
        shown = [(ROOMS[room], sorted(rooms[room], key=lambda act: act["title"])) for room in order]
        return self._pages.page("acts.html", request, rooms=shown)

    def form(self, request: Request, correlation: str, name: str) -> Reply:
        """The form, begun with what the address gives. Raises Forbidden, Unknown, BadInput: ``field_unknown``."""
        route, fields = self._found(request, name)
        typed = begun(fields)
        taken = {field.name for field in (OCCURRED, *fields) if field.kind not in ("group", "groups")}
        for field, value in request.query.items():
            if field not in taken:
                raise FIELD_UNKNOWN(field=field[:80], accepted=sorted(taken))
            typed[field] = value
        for one in fields:
            if one.kind == "groups" and one.required:
                typed |= {f"{one.name}.0._": "", **begun(one.parts, f"{one.name}.0.")}
        return self._shown(request, route, {**typed, _KEY: str(uuid4())})

    def give(self, request: Request, correlation: str, name: str) -> Reply:
        """The receipt; or the form again, as it was typed, with all that is wrong.

        Raises:
            Forbidden: ``form_foreign``, ``role_not_allowed``.
            Unknown, BadInput, WrongMedia.
        """
        route, fields = self._found(request, name)
        typed = session.entries(request)
        session.own(request, typed)
        verb, _, at = typed.get(_DO, "").partition(":")
        if verb in ("add", "drop"):
            return self._shown(request, route, _changed(fields, typed, verb, at))
        kept = {OCCURRED.name: typed.get(OCCURRED.name, ""), _KEY: typed.get(_KEY, "")} | settled(fields, typed)
        self._arrival.wait(request, (route.service,))
        reply = self._sent(request, correlation, name, kept, data_of(fields, kept))
        said = orjson.loads(reply.body)
        if reply.status != 200:
            found = _with_the_rest(said, route, data_of(fields, kept))
            wrong = faults(found, (OCCURRED, *fields), kept)
            headers = {name: value for name, value in reply.headers.items() if name == "Retry-After"}
            return self._shown(request, route, kept, wrong, said, status=reply.status, headers=headers)
        return self._done(request, route, said)

    def _found(self, request: Request, name: str) -> tuple[Route, tuple[Field, ...]]:
        actor = self._pages.verify(request.headers.get("authorization"))
        route = self._api.commands.get(name)
        if route is None:
            raise COMMAND_UNKNOWN(command=name[:80], commands="“办理”所列的事项")
        route.admit(actor)
        return route, fields_of(route.command)

    def _sent(self, request: Request, correlation: str, name: str, typed: Mapping[str, str], data: Any) -> Reply:
        headers = {
            "authorization": request.headers.get("authorization", ""),
            "idempotency-key": typed[_KEY],
            "content-type": "application/json",
        }
        body = orjson.dumps({"occurred_on": typed[OCCURRED.name], "data": data})
        try:
            return self._api.command(Request("POST", request.path, headers, {}, body), correlation, name)
        except PaizhuError as error:
            return problems.reply(error.problem(), correlation)

    def _shown(
        self,
        request: Request,
        route: Route,
        typed: Mapping[str, str],
        wrong: list[Fault] | None = None,
        problem: Mapping[str, Any] | None = None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        fields = fields_of(route.command)
        at: dict[str, list[Fault]] = {}
        for fault in wrong or ():
            at.setdefault(fault.at, []).append(fault)
        groups = {path: numbers(path, typed) for path, _, one in places(fields, typed) if one.kind == "groups"}
        entry = _entry(route)
        return self._pages.page(
            "act.html",
            request,
            status=status,
            headers=headers,
            title=entry.title,
            who_may=all_called(entry.roles),
            room=ROOMS[room_of(route.command)],
            fields=(OCCURRED, *fields),
            typed=typed,
            key=typed.get(_KEY) or str(uuid4()),
            groups=groups,
            wrong=wrong or [],
            at=at,
            problem=problem,
        )

    def _done(self, request: Request, route: Route, receipt: Mapping[str, Any]) -> Reply:
        titles = view.titles(route.service)
        carried = after.written(after.carried(request), receipt)
        result = receipt.get("result")
        return self._pages.page(
            "done.html",
            request,
            headers={"Set-Cookie": session.kept(request, after.COOKIE, carried, after.KEPT)},
            title=_entry(route).title,
            service=view.SERVICE_NAMES[receipt["service"]],
            position=receipt["position"],
            repeated=receipt.get("repeated", False),
            events=[(titles.get(kind, kind), count) for kind, count in receipt.get("events", {}).items()],
            streams=list(receipt.get("streams", {})),
            result=orjson.dumps(result, option=orjson.OPT_INDENT_2).decode() if result else "",
        )


def _costs(request: Request, names: Mapping[str, str]) -> Kind:
    return Kind.COMMANDS


def _entry(route: Route) -> Entry:
    if route.command.entry is None:
        raise TypeError(f"{route.command.__name__} is given by nobody")
    return route.command.entry


def _changed(fields: tuple[Field, ...], typed: Mapping[str, str], verb: str, at: str) -> dict[str, str]:
    """The form with one more group at ``at``, or without the one there; what was typed stays."""
    known = {where: one for where, _, one in places(fields, typed) if one.kind == "groups"}
    if verb == "drop":
        return {name: value for name, value in typed.items() if not name.startswith(f"{at}.")}
    if at not in known:
        return dict(typed)
    number = max(numbers(at, typed), default=-1) + 1
    return {**typed, **begun(known[at].parts, f"{at}.{number}."), f"{at}.{number}._": ""}


def _with_the_rest(problem: Mapping[str, Any], route: Route, data: Any) -> dict[str, Any]:
    """The problem and, where it is of the date alone, with which reading ends, all that is wrong in the data too."""
    if problem.get("field") != OCCURRED.name or not str(problem["code"]).startswith("field_"):
        return dict(problem)
    own = {name: problem[name] for name in ("field", "code", "detail", "accepted")}
    try:
        schema_of(cast(type, route.command))().load(data)
    except ma.ValidationError as error:
        more = problems.body_of(refused("", error.messages).problem(), "")["errors"]
        return {**problem, "errors": [own, *more]}
    return dict(problem)
