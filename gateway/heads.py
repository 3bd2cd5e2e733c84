"""Heads: how far each log is, signed and witnessed; how far each service has taken in the others'; and the feeds."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Protocol

from gateway.api import Path, Services, Verify, path
from gateway.exchange import Reply, Request
from gateway.refusals import HEADS_AWAY
from kernel.messages import Actor
from services import SERVICES

_BEYOND = 2**62
_TREE = ("signed", "signed_at", "unsigned_for", "witnessed", "unwitnessed_for", "rule", "witnesses")


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
        """{"services": {name: …}, "feeds": {"taken_in", "cities"}}; of a service what ``of`` gives. Raises Busy."""
        actor = self._verify(request.headers.get("authorization"))
        return Reply.json(
            {"services": {name: self.of(name, actor) for name in SERVICES}, "feeds": self._feeds.heads()},
            headers={"Cache-Control": "no-store"},
        )

    def of(self, service: str, actor: Actor | None) -> dict[str, Any]:
        """How far one service is, asked for ``actor``, or by the gateway itself. Raises Busy.

        ``position`` and ``taken_in``; ``signed`` and ``witnessed``, the events under the last signed and the last
        witnessed checkpoint; ``signed_at`` in microseconds; ``unsigned_for`` and ``unwitnessed_for``, the seconds that
        the first event without signature and the first checkpoint without enough witnesses have waited; ``rule``, how
        many must co-sign ("9 of 13", "none"); ``witnesses``, how far each of them is.
        """
        # The tree is asked first: the log may be further by then, never behind what is signed of it.
        by = {"actor": asdict(actor)} if actor else {}
        tree = self._services(service, "proofs", {"ask": "state", **by})
        answer = self._services(service, "events_after", {"after": _BEYOND, "limit": 1, **by})
        if "problem" in tree or "problem" in answer:
            raise HEADS_AWAY(service=service)
        return {
            "position": answer["head"],
            "taken_in": answer.get("taken_in", {}),
            **{name: tree[name] for name in _TREE},
        }
