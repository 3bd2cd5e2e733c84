"""The places of the API for rosters: one workbook in becomes one command, or one job where it is a whole province's; an
empty one can be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from gateway import roster
from gateway.api import ROSTER_LIMIT, Api, Path, Verify, path, require_media
from gateway.envelope import day
from gateway.exchange import Reply, Request
from gateway.jobs_door import JobsDoor
from gateway.roster_reading import Readers
from gateway.routes import Route
from kernel.door_refusals import COMMAND_UNKNOWN
from kernel.messages import Actor
from kernel.refusals import FIELD_MISSING, NO_REACH

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COMMAND: Final = "ImportNominees"
KIND: Final = "import_roster"
_PARAMETERS: Final = frozenset({"programme", "occurred_on", "decision", "accept", "synthetic"})


class RosterDoor:
    """Answers ``/api/v1/rosters``, ``/api/v1/rosters/template`` and, with ``jobs``, ``/api/v1/rosters/jobs``."""

    def __init__(
        self, api: Api, verify: Verify, route: Route, readers: Readers | None = None, jobs: JobsDoor | None = None
    ) -> None:
        self._jobs = jobs
        self._api = api
        self._verify = verify
        self._route = route
        self._readers = readers or Readers()
        roster.programmes()  # reading every profile takes longer than a head may

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        places = (
            path("POST", "/api/v1/rosters", self.take, ROSTER_LIMIT, _PARAMETERS, first=self.admit),
            path("GET", "/api/v1/rosters/template", self.template, query=("programme",)),
        )
        if self._jobs is None:
            return places
        return (*places, path("POST", "/api/v1/rosters/jobs", self.begin, ROSTER_LIMIT, _PARAMETERS, first=self.admit))

    def admit(self, head: Request) -> None:
        """Refuse by its head alone what would be refused anyway: no file is taken in, let alone unpacked, for that.

        Raises:
            PaizhuError: who comes, what the request asks and how, or ``roster_readers_busy``.
        """
        actor, _ = self._asked(head)
        self._readers.admit(actor.person)

    def take(self, request: Request, correlation: str) -> Reply:
        """Import the workbook: the receipt of ImportNominees, whose result names the rows that were not taken."""
        actor, asked = self._asked(request)
        programme = str(asked["data"]["programme"])
        asked["data"]["rows"] = self._readers.rows(request.body, programme, actor.person, request.left)
        return self._api.execute(self._route.service, {**asked, "correlation": correlation})

    def begin(self, request: Request, correlation: str) -> Reply:
        """Import or preview the workbook in a job: 202 with where it is looked up; a finding names its cell."""
        if self._jobs is None:
            raise RuntimeError("this door opens no jobs")
        actor, asked = self._asked(request)
        programme = str(asked["data"]["programme"])
        packed = self._readers.packed(request.body, programme, actor.person, request.left, roster.MOST_OF_JOB)
        job = {"kind": KIND, "key": asked["id"], "occurred_on": asked["occurred_on"]}
        job["data"] = {**asked["data"], **packed}
        return self._jobs.begin({**job, "after": asked["after"]}, actor, correlation)

    def _asked(self, head: Request) -> tuple[Actor, dict[str, Any]]:
        """Who gives the command, and the command but for its rows: all that the head says. Raises PaizhuError."""
        actor = self._verify(head.headers.get("authorization"))
        self._route.admit(actor)
        if not (actor.areas or actor.units):
            raise NO_REACH()
        command_id, after = head.command_id(), head.after()
        programme = given(head, "programme", roster.programmes())
        roster.form(programme)
        accept = head.one_of("accept", "all", "good", *(("preview",) if head.path.endswith("/jobs") else ()))
        synthetic = head.one_of("synthetic", "false", "true")
        occurred_on = day(given(head, "occurred_on", ("YYYY-MM-DD",)), "occurred_on")
        require_media(head, XLSX)
        return actor, {
            "command": self._route.command.__name__,
            "id": command_id,
            "occurred_on": occurred_on,
            "data": {
                "programme": programme,
                "accept": accept,
                "decision": head.query.get("decision", ""),
                "synthetic": synthetic == "true",
                "first_row": roster.FIRST_ROW,
            },
            "actor": asdict(actor),
            "after": after,
        }

    def template(self, request: Request, correlation: str) -> Reply:
        """The empty workbook of ``programme``, of "offices" or of a "month", for anybody with a token.

        Raises:
            Unauthenticated, BadInput, Unknown.
        """
        self._verify(request.headers.get("authorization"))
        programme = given(request, "programme", roster.programmes())
        name = f"roster-{programme}.xlsx"
        body = roster.filled(roster.named(programme))
        return Reply(200, body, {"Content-Type": XLSX, "Content-Disposition": f'attachment; filename="{name}"'})


def given(request: Request, name: str, examples: tuple[str, ...]) -> str:
    """The query parameter ``name``. Raises BadInput: ``field_missing`` where it is not given or empty."""
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
