"""The door for long work: a job is asked for, answered with 202 and its place, and looked up there until it ended.

Invariant: nothing long is done while a request waits; asked twice under one Idempotency-Key it is one job.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from gateway import envelope, problems
from gateway.api import Path, Services, Verify, path, require_media
from gateway.exchange import Reply, Request

_ID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_AGAIN: Final = "1"
"""Seconds after which whoever waits for a job may ask again."""


class JobsDoor:
    """Answers below ``/api/v1/<service>/jobs``."""

    def __init__(self, services: Services, verify: Verify, service: str = "allocation") -> None:
        self._services = services
        self._verify = verify
        self._service = service
        self._base = f"/api/v1/{service}/jobs"

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        return (path("POST", self._base, self.start), *self.looking())

    def looking(self) -> tuple[Path, ...]:
        """The place where a job is looked up, of a service whose jobs are asked for elsewhere."""
        return (path("GET", f"{self._base}/(?P<job>{_ID})", self.show),)

    def start(self, request: Request, correlation: str) -> Reply:
        """202 with the job and, in ``Location``, where it is looked up.

        Raises:
            BadInput: as of a command's body, which has ``kind`` besides.
        """
        actor = self._verify(request.headers.get("authorization"))
        key, after = request.command_id(), request.after()
        require_media(request, "application/json")
        kind, occurred_on, data = envelope.job(request.body)
        asked = {"kind": kind, "key": key, "occurred_on": occurred_on, "data": data, "after": after}
        return self.begin(asked, actor, correlation)

    def begin(self, asked: Mapping[str, Any], actor: Any, correlation: str) -> Reply:
        """``start`` for what was put together elsewhere: kind, key, occurred_on, data, after."""
        return self._told({"act": "start", **asked}, actor, correlation)

    def show(self, request: Request, correlation: str, job: str) -> Reply:
        """The job: queued, working (stage, done, of), done (result), refused (problem) or failed (problem)."""
        actor = self._verify(request.headers.get("authorization"))
        return self._told({"act": "show", "id": job}, actor, correlation)

    def _told(self, asked: Mapping[str, Any], actor: Any, correlation: str) -> Reply:
        answer = self._services(self._service, "jobs", {**asked, "actor": asdict(actor), "correlation": correlation})
        if "problem" in answer:
            return problems.reply(answer["problem"], correlation)
        shown = dict(answer["job"])
        if shown["problem"] is not None:
            shown["problem"] = problems.body_of(shown["problem"], correlation)
        open_still = shown["state"] in ("queued", "working")
        headers = {"Cache-Control": "no-store", **({"Retry-After": _AGAIN} if open_still else {})}
        if asked["act"] == "start":
            return Reply.json(shown, status=202, headers={**headers, "Location": f"{self._base}/{shown['id']}"})
        return Reply.json(shown, headers=headers)
