"""Heads: how far each service's log is, how far each has taken in the others', and where the feeds stand."""

from __future__ import annotations

from typing import Any, Protocol

from gateway.api import Path, Services, Verify, path
from gateway.exchange import Reply, Request
from gateway.routes import SERVICES

_BEYOND = 2**62


class FeedHeads(Protocol):
    """Where the feeds stand."""

    def heads(self) -> dict[str, Any]:
        """{"taken_in": {service: position}, "cities": {code: last sequence}}. Raises Busy."""
        ...


class Heads:
    """Answers ``GET /api/v1/heads``, for anybody with a token: positions only."""

    def __init__(self, services: Services, verify: Verify, feeds: FeedHeads) -> None:
        self._services = services
        self._verify = verify
        self._feeds = feeds

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        return (path("GET", "/api/v1/heads", self.read),)

    def read(self, request: Request, correlation: str) -> Reply:
        """{"services": {name: {"position", "taken_in"}}, "feeds": {"taken_in", "cities"}}. Raises Busy."""
        self._verify(request.headers.get("authorization"))
        return Reply.json(
            {"services": {name: self.of(name) for name in SERVICES}, "feeds": self._feeds.heads()},
            headers={"Cache-Control": "no-store"},
        )

    def of(self, service: str) -> dict[str, Any]:
        """{"position", "taken_in"} of one service. Raises Busy."""
        answer = self._services(service, "events_after", {"after": _BEYOND, "limit": 1})
        return {"position": answer["head"], "taken_in": answer.get("taken_in", {})}
