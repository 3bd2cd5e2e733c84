"""The place of the API for workbooks of offices: who holds which post of which organ, and who stands in, a row each."""

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

COMMAND: Final = "ImportOffices"


class OfficeDoor:
    """Answers ``/api/v1/offices``."""

    def __init__(self, api: Api, verify: Verify, commands: Mapping[str, Route], readers: Readers | None = None) -> None:
        self._api = api
        self._verify = verify
        self._route = commands[COMMAND]
        self._readers = readers or Readers()

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        given = ("area", "occurred_on", "accept")
        return (path("POST", "/api/v1/offices", self.take, ROSTER_LIMIT, given, first=self.admit),)

    def admit(self, head: Request) -> None:
        """Refuse by its head alone what would be refused anyway. Raises PaizhuError."""
        actor = self._verify(head.headers.get("authorization"))
        self._route.admit(actor)
        if not actor.areas:
            raise NO_REACH()
        for name in ("area", "occurred_on"):
            if not head.query.get(name):
                raise FIELD_MISSING(field=name, accepted=f"?{name}=")
        head.command_id()
        day(head.query["occurred_on"], "occurred_on")
        require_media(head, XLSX)
        self._readers.admit(actor.person)

    def take(self, request: Request, correlation: str) -> Reply:
        """Import the workbook: the receipt of ImportOffices, whose result names the rows that were not taken."""
        self.admit(request)
        actor = self._verify(request.headers.get("authorization"))
        accept = request.one_of("accept", "all", "good")
        rows = self._readers.rows(request.body, roster.OFFICES, actor.person, request.left, roster.MOST_OF_JOB)
        data = {"area": request.query["area"], "accept": accept, "first_row": roster.FIRST_ROW, "rows": rows}
        asked = {"command": COMMAND, "id": request.command_id(), "occurred_on": request.query["occurred_on"]}
        told = {"data": data, "actor": asdict(actor), "after": request.after(), "correlation": correlation}
        return self._api.execute(self._route.service, {**asked, **told})
