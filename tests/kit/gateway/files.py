"""The doors for files before one service on a real log, as a client with a token asks them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from gateway.api import Api
from gateway.exchange import Reply, Request
from gateway.form_door import FormDoor
from gateway.ledger_door import LedgerDoor
from gateway.roster_door import XLSX
from gateway.routes import commands
from kernel.messages import Actor
from tests.kit.desk import Desk

_NUMBERS = itertools.count(1)


class Files:
    """Ledgers and forms of ``desk``; the token of an actor is the actor."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.actors: dict[str, Actor] = {}
        self.api = Api(self._services, lambda header: self.actors[str(header)], commands())
        self.api.open(*LedgerDoor(self.api, self.api.verify, commands()).paths())
        self.api.open(*FormDoor(self.api, self.api.verify).paths())

    def get(self, by: Actor, path: str, **query: str) -> Reply:
        """A file, or the problem."""
        return self._asked("GET", by, path, query, b"")

    def post(self, by: Actor, path: str, body: bytes, **query: str) -> Reply:
        """A workbook handed in."""
        return self._asked("POST", by, path, query, body)

    def _asked(self, method: str, by: Actor, path: str, query: Mapping[str, str], body: bytes) -> Reply:
        self.actors[by.person] = by
        headers = {"authorization": by.person, "content-type": XLSX, "idempotency-key": f"f-{next(_NUMBERS)}"}
        request = Request(method, path, headers, dict(query), body)
        return self.api.answer(request, "correlation")

    def _services(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        assert service == "personnel"
        answer: dict[str, Any] = getattr(self.desk.opened.door, method)(dict(request))
        return answer
