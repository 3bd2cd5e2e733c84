"""The places of the API for rosters: one workbook in becomes one command; an empty one can be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from gateway import roster, roster_reading
from gateway.api import ROSTER_LIMIT, Api, Path, Verify, path, require_media
from gateway.envelope import day
from gateway.exchange import Reply, Request
from gateway.routes import Route
from kernel.door_refusals import COMMAND_UNKNOWN
from kernel.refusals import FIELD_MISSING

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COMMAND: Final = "ImportNominees"
_PARAMETERS: Final = frozenset({"programme", "occurred_on", "decision", "accept", "synthetic"})


class RosterDoor:
    """Answers ``/api/v1/rosters`` and ``/api/v1/rosters/template``."""

    def __init__(self, api: Api, verify: Verify, route: Route) -> None:
        self._api = api
        self._verify = verify
        self._route = route

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        return (
            path("POST", "/api/v1/rosters", self.take, ROSTER_LIMIT, _PARAMETERS),
            path("GET", "/api/v1/rosters/template", self.template, query=("programme",)),
        )

    def take(self, request: Request, correlation: str) -> Reply:
        """Import the workbook: the receipt of ImportNominees, whose result names the rows that were not taken."""
        actor = self._verify(request.headers.get("authorization"))
        command_id, after = request.command_id(), request.after()
        programme = self._given(request, "programme", roster.programmes())
        roster.form(programme)
        accept = request.one_of("accept", "all", "good")
        synthetic = request.one_of("synthetic", "false", "true")
        occurred_on = day(self._given(request, "occurred_on", ("YYYY-MM-DD",)), "occurred_on")
        require_media(request, XLSX)
        rows = roster_reading.rows(request.body, programme)
        return self._api.execute(
            self._route.service,
            {
                "command": self._route.command.__name__,
                "id": command_id,
                "occurred_on": occurred_on,
                "data": {
                    "programme": programme,
                    "rows": rows,
                    "accept": accept,
                    "decision": request.query.get("decision", ""),
                    "synthetic": synthetic == "true",
                    "first_row": roster.FIRST_ROW,
                },
                "actor": asdict(actor),
                "correlation": correlation,
                "after": after,
            },
        )

    def template(self, request: Request, correlation: str) -> Reply:
        """The empty workbook of ``programme``, for anybody with a token. Raises Unauthenticated, BadInput, Unknown."""
        self._verify(request.headers.get("authorization"))
        programme = self._given(request, "programme", roster.programmes())
        name = f"roster-{programme}.xlsx"
        body = roster.filled(roster.form(programme))
        return Reply(200, body, {"Content-Type": XLSX, "Content-Disposition": f'attachment; filename="{name}"'})

    @staticmethod
    def _given(request: Request, name: str, examples: tuple[str, ...]) -> str:
        value = request.query.get(name, "").strip()
        if not value:
            raise FIELD_MISSING(field=name, accepted=" 或 ".join(f"?{name}={example}" for example in examples))
        return value


def route(commands: Mapping[str, Route]) -> Route:
    """The route of the command rosters become. Raises Unknown where no service has it."""
    found = commands.get(COMMAND)
    if found is None:
        raise COMMAND_UNKNOWN(command=COMMAND, commands="GET /api/openapi.json 所列的命令")
    return found
