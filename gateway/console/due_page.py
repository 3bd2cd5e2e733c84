"""我的待办: what the post of who looks owes, overdue first, and from each the way to its act. It asks as everybody does
(``gateway.due_door``), and waits for the browser's own last step to have arrived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from gateway import problems
from gateway.api import Path, path
from gateway.console.after import Arrival
from gateway.console.due_acts import ACTS, PERIODS
from gateway.console.fields import fields_of
from gateway.console.filters import Lookup
from gateway.console.pages import Pages
from gateway.due_door import DueDoor
from gateway.exchange import Reply, Request
from gateway.routes import Route
from kernel.errors import PaizhuError, Unauthenticated
from kernel.messages import Actor
from programmes.roles import all_called

_ROWS: Final = "50"
_TAKEN: Final = ("scope", "state", "as_of", "programme", "kind", "area", "overdue", "cursor")


class DuePage:
    """Answers ``/due``."""

    def __init__(
        self, door: DueDoor, pages: Pages, commands: Mapping[str, Route], arrival: Arrival, lookup: Lookup
    ) -> None:
        self._door = door
        self._pages = pages
        self._commands = commands
        self._arrival = arrival
        self._lookup = lookup

    def paths(self) -> tuple[Path, ...]:
        """The place of the page."""
        return (path("GET", "/due", self.show, query=_TAKEN, pages=self._pages),)

    def show(self, request: Request, correlation: str) -> Reply:
        """A page of what is due; a problem is told on it, with the way to try again."""
        actor = self._pages.verify(request.headers.get("authorization"))
        arrived = self._arrival.wait(request)
        late = request.one_of("overdue", "", "1") == "1"
        said = self._asked(request, correlation, actor)
        items = said.get("items", ())
        if late:  # these come first, so behind one that is not there is none
            whole, items = len(items), [item for item in items if item["overdue"]]
            said = said if len(items) == whole else {**said, "next": None}
        chosen = {name: value for name, value in request.query.items() if name != "cursor" and value}
        status = int(said.get("status", 200))
        return self._pages.page(
            "due.html",
            request,
            status=status,
            problem=said if status != 200 else None,
            rows=[self._row(item, actor) for item in items],
            programmes=self._lookup.programmes(actor),
            kinds=_kinds(items, request.query.get("kind", "")),
            chosen=chosen,
            late=late,
            as_of=said.get("as_of", ""),
            more="/due?" + urlencode({**chosen, "cursor": said["next"]}) if said.get("next") else "",
            again="/due?" + urlencode(chosen) if chosen else "/due",
            later=bool(request.query.get("cursor")),
            scope=request.query.get("scope", "own"),
            state=request.query.get("state") or "open",
            arrived=arrived,
        )

    def _asked(self, request: Request, correlation: str, actor: Actor) -> dict[str, Any]:
        headers = {"authorization": request.headers.get("authorization", "")}
        given = {name: value for name, value in request.query.items() if name != "overdue"}
        if given.get("area"):  # a name, where it says which one is meant
            codes = self._lookup.place(given["area"], None, actor)
            given["area"] = codes[0] if codes else given["area"]
        asked = Request("GET", "/api/v1/due", headers, {**given, "limit": _ROWS})
        try:
            reply = self._door.due(asked, correlation)
        except Unauthenticated:
            raise
        except PaizhuError as error:
            reply = problems.reply(error.problem(), correlation)
        found: dict[str, Any] = orjson.loads(reply.body)
        return found

    def _row(self, item: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        area = str(item.get("area") or "")
        named = [self._pages.named(area[:digits]) for digits in (4, 6, 9, 12) if len(area) >= digits]
        place = " ".join(named) or (self._pages.named(area) if area else "")
        return {**item, "place": place, "who": all_called(item["roles"]), "act": self._act(item, actor)}

    def _act(self, item: Mapping[str, Any], actor: Actor) -> str:
        """The address of the form by which it is met, where the role may give it; "" else."""
        name, about = ACTS.get(str(item["kind"]), ("", ""))
        route = self._commands.get(name)
        entry = route.command.entry if route else None
        if route is None or entry is None or actor.role not in entry.roles or item["met_on"]:
            return ""
        known = {field.name for field in fields_of(route.command)}
        given = {"programme": item["programme"], **dict.fromkeys(PERIODS, item["period"]), about: item["subject"]}
        filled = {field: value for field, value in given.items() if field in known and value}
        return f"/acts/{name}" + (f"?{urlencode(filled)}" if filled else "")


def _kinds(items: Iterable[Mapping[str, Any]], chosen: str) -> list[tuple[str, str]]:
    """The kinds to choose from: those on the page, by their titles, and the one that was chosen."""
    found = {str(item["kind"]): str(item["title"]) for item in items}
    if chosen and chosen not in found:
        found[chosen] = chosen
    return sorted(found.items(), key=lambda one: one[1])
