"""上传名册: the roster of a programme as a workbook, previewed, or taken in whole or as far as it is good; and the page
of a job that was asked for.

Invariant: what is uploaded goes the way of the API's rosters (``gateway.roster_door``), with its rights and refusals,
under the key that stands in the form; every finding names the row of the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import uuid4

import orjson

from gateway import problems, roster
from gateway.api import ROSTER_LIMIT, Path, path
from gateway.console import after, session
from gateway.console.cells import heading
from gateway.console.multipart import parts
from gateway.console.pages import Pages, elsewhere
from gateway.exchange import Reply, Request
from gateway.jobs_door import JobsDoor
from gateway.roster_door import XLSX, RosterDoor
from programmes import loader

_ROOM: Final = 64 << 10
"""Octets of a form beside its file."""
_ID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ROW: Final = re.compile(r"rows\[([0-9]+)\]\.?(.*)")
_WAYS: Final = (("preview", "只预览，不记录"), ("all", "全部合格才收"), ("good", "只收合格的行"))
_STATES: Final = {"queued": "排队中", "working": "办理中", "done": "已办结", "refused": "被拒绝", "failed": "失败"}
_TYPED: Final = ("programme", "occurred_on", "accept", "decision")


class UploadPage:
    """Answers ``/upload``, ``/upload/template`` and ``/jobs/<service>/<job>``."""

    def __init__(self, pages: Pages, door: RosterDoor, jobs: Mapping[str, JobsDoor]) -> None:
        self._pages = pages
        self._door = door
        self._jobs = jobs

    def paths(self) -> tuple[Path, ...]:
        """The places of the pages."""
        pages = self._pages
        job = f"/jobs/(?P<service>{'|'.join(self._jobs)})/(?P<job>{_ID})"
        return (
            path("GET", "/upload", self.form, query=_TYPED, pages=pages),
            path("POST", "/upload", self.take, limit=ROSTER_LIMIT + _ROOM, pages=pages),
            path("GET", "/upload/template", self.template, query=("programme",), pages=pages),
            path("GET", job, self.job, pages=pages),
        )

    def form(self, request: Request, correlation: str) -> Reply:
        """The form, begun with what the address gives."""
        self._pages.verify(request.headers.get("authorization"))
        return self._shown(request, {"accept": "preview", **request.query})

    def take(self, request: Request, correlation: str) -> Reply:
        """What came of the file: the job of a preview, the receipt, or the form again with every row at fault."""
        given, files = parts(request)
        file = files.get("file", b"")
        typed = {name: value.strip() for name, value in given.items()}
        session.own(request, typed)
        self._pages.verify(request.headers.get("authorization"))
        preview = typed.get("accept") == "preview"
        headers = {
            "authorization": request.headers.get("authorization", ""),
            "idempotency-key": typed.get("_key", ""),
            "content-type": XLSX,
        }
        query = {name: typed[name] for name in _TYPED if typed.get(name)}
        to = "/api/v1/rosters/jobs" if preview else "/api/v1/rosters"
        asked = Request("POST", to, headers, query, file, left=request.left)
        way = self._door.begin if preview else self._door.take
        reply = problems.tried(lambda: way(asked, correlation), correlation)
        said = orjson.loads(reply.body)
        if reply.status >= 400:
            return self._shown(request, typed, said, reply.status)
        if preview:
            return elsewhere(f"/jobs/personnel/{said['id']}")
        carried = after.written(after.carried(request), said)
        cookie = {"Set-Cookie": session.kept(request, after.COOKIE, carried, after.KEPT)}
        return self._pages.page("upload_done.html", request, headers=cookie, receipt=said, **_result(said))

    def template(self, request: Request, correlation: str) -> Reply:
        """The empty workbook of a programme."""
        return self._door.template(request, correlation)

    def job(self, request: Request, correlation: str, service: str, job: str) -> Reply:
        """How far a job is and, once it ended, what came of it; an open one is looked at again after two seconds."""
        reply = self._jobs[service].show(request, correlation, job)
        said = orjson.loads(reply.body)
        if reply.status >= 400:
            return self._pages.page("problem.html", request, status=reply.status, problem=said)
        open_still = said["state"] in ("queued", "working")
        result = said.get("result") or {}
        told = [(heading(name), value) for name, value in result.items() if isinstance(value, int | str | float)]
        more = {"Refresh": "2"} if open_still else {}
        return self._pages.page(
            "job.html",
            request,
            headers=more,
            state=_STATES.get(said["state"], said["state"]),
            job=said,
            told=told,
            plan=result.get("plan", "") if service == "allocation" else "",
            faults=_rows(result.get("refused") or ()),
            open_still=open_still,
        )

    def _shown(
        self, request: Request, typed: Mapping[str, str], problem: Mapping[str, Any] | None = None, status: int = 200
    ) -> Reply:
        titles = [(name, str(loader.load(name).title)) for name in roster.programmes()]
        return self._pages.page(
            "upload.html",
            request,
            status=status,
            programmes=titles,
            typed=typed,
            ways=_WAYS,
            key=typed.get("_key") or str(uuid4()),
            problem=problem,
            faults=[_finding(one) for one in (problem or {}).get("errors") or ()],
        )


def _result(receipt: Mapping[str, Any]) -> dict[str, Any]:
    result = receipt.get("result") or {}
    return {"faults": _rows(result.get("refused") or ())}


def _rows(refused: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What is wrong with the rows that were not taken, row by row."""
    return [
        _finding(finding, one.get("row") or one.get("item") or "")
        for one in refused
        for finding in one.get("errors") or one.get("details") or [one]
    ]


def _finding(one: Mapping[str, Any], number: Any = "") -> dict[str, str]:
    """Where in the sheet it is, what it is, what would be accepted."""
    named = str(one.get("field") or "")
    placed = _ROW.fullmatch(named)
    row = one.get("row") or (placed[1] if placed else number)
    field = (placed[2] if placed else named).partition("[")[0].partition(".")[0]
    parts = (f"第 {row} 行" if row else "", str(one.get("cell") or ""), heading(field) if field else "")
    said = str(one.get("detail") or one.get("sentence") or "")
    return {"row": "　".join(filter(None, parts)), "said": said, "accepted": str(one.get("accepted") or "")}
