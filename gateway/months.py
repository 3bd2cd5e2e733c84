"""The place of the API for a workbook of a month: a row a cadre, a column a day, entered for a whole area (AT-031)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from gateway import roster
from gateway.api import ROSTER_LIMIT, Api, Path, Verify, path, require_media
from gateway.envelope import day
from gateway.exchange import Reply, Request
from gateway.roster_door import XLSX
from gateway.roster_reading import Readers
from gateway.routes import Route
from kernel.refusals import FIELD_MISSING, NO_REACH

COMMAND: Final = "RegisterMonth"
_NEEDED: Final = ("area", "month", "occurred_on")


class MonthDoor:
    """Answers ``/api/v1/months``."""

    def __init__(self, api: Api, verify: Verify, commands: Mapping[str, Route], readers: Readers | None = None) -> None:
        self._api = api
        self._verify = verify
        self._route = commands[COMMAND]
        self._readers = readers or Readers()

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        given = (*_NEEDED, "accept", "document")
        return (path("POST", "/api/v1/months", self.take, ROSTER_LIMIT, given, first=self.admit),)

    def admit(self, head: Request) -> None:
        """Refuse by its head alone what would be refused anyway. Raises PaizhuError."""
        actor = self._verify(head.headers.get("authorization"))
        self._route.admit(actor)
        if not actor.areas:
            raise NO_REACH()
        for name in _NEEDED:
            if not head.query.get(name):
                raise FIELD_MISSING(field=name, accepted=f"?{name}=")
        head.command_id()
        head.one_of("accept", "all", "good", "preview")
        day(head.query["occurred_on"], "occurred_on")
        require_media(head, XLSX)
        self._readers.admit(actor.person)

    def take(self, request: Request, correlation: str) -> Reply:
        """Enter the workbook: the receipt of RegisterMonth, whose result names the rows that were not taken."""
        self.admit(request)
        actor = self._verify(request.headers.get("authorization"))
        rows = self._readers.rows(request.body, roster.MONTH, actor.person, request.left)
        data = {name: request.query[name] for name in ("area", "month", "document") if name in request.query}
        told = {
            "accept": request.one_of("accept", "all", "good", "preview"),
            "first_row": roster.FIRST_ROW,
            "rows": rows,
        }
        asked = {"command": COMMAND, "id": request.command_id(), "occurred_on": request.query["occurred_on"]}
        beside = {"actor": asdict(actor), "after": request.after(), "correlation": correlation}
        return self._api.execute(self._route.service, {**asked, **beside, "data": {**data, **told}})
