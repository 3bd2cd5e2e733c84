"""A client of the gateway: one token, an idempotency key a request that acts, patience where the door is shut.

A request keeps its key over every retry, so that an answer lost on the way costs nothing but the second asking.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote, urlencode

import click

from cli.wire import FAULTS, Answer, Wire

PATIENCE: Final = 120.0
"""Seconds a request is made again while the door is shut."""
AWAY: Final = 503
SHUT: Final = (429, 502, AWAY, 504)
"""The gateway takes nothing now, or nothing of this client's, or a proxy before it does not reach it."""
JSON: Final = "application/json"
NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Refused(click.ClickException):
    """The gateway refused: ``problem`` is its problem+json body with ``status``. At the command line its sentence."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        accepted = f"（{problem['accepted']}）" if problem.get("accepted") else ""
        super().__init__(f"{problem.get('code')}: {problem.get('detail')}{accepted}")
        self.problem = problem
        self.code = str(problem.get("code"))
        self.status = int(problem.get("status", 0))


@dataclass(frozen=True, slots=True)
class Client:
    """The API behind ``wire`` as the holder of ``token`` uses it. Safe for threads; clients may share a wire.

    Paths begin after ``/api/v1/``. Every method raises Refused, also where nobody answers within ``patience`` seconds
    (code `gateway_away`); nothing was recorded by what was refused.
    """

    wire: Wire
    token: str
    patience: float = PATIENCE

    def command(self, name: str, data: Mapping[str, Any], on: str, headers: Mapping[str, str] = NONE) -> dict[str, Any]:
        """The receipt of a command dated ``on`` (YYYY-MM-DD)."""
        receipt: dict[str, Any] = self.post(f"commands/{name}", {"occurred_on": on, "data": data}, headers)
        return receipt

    def query(
        self, service: str, name: str, params: Mapping[str, Any], headers: Mapping[str, str] = NONE
    ) -> list[dict[str, Any]]:
        """All items of a question to a service, page by page."""
        items: list[dict[str, Any]] = []
        more: dict[str, Any] = {}
        while True:
            page = self.get(f"{service}/{quote(name)}", {**params, "limit": 1000, **more}, headers)
            items += page["items"]
            if page.get("next") is None:
                return items
            more = {"cursor": page["next"]}

    def get(self, path: str, params: Mapping[str, Any] = NONE, headers: Mapping[str, str] = NONE) -> Any:
        """The JSON answer to a plain question."""
        return self._json(self.download(path, params, headers))

    def download(self, path: str, params: Mapping[str, Any] = NONE, headers: Mapping[str, str] = NONE) -> bytes:
        """The answer to a plain question that is a file."""
        return self._ask("GET", f"{path}?{urlencode(params)}" if params else path, None, headers)

    def post(self, path: str, data: Mapping[str, Any], headers: Mapping[str, str] = NONE) -> Any:
        """The JSON answer to an act described by JSON."""
        return self.upload(path, json.dumps(data, ensure_ascii=False).encode(), JSON, headers)

    def upload(self, path: str, body: bytes, kind: str, headers: Mapping[str, str] = NONE) -> Any:
        """The JSON answer to an act whose body is of the media type ``kind``."""
        sent = {**headers, "Content-Type": kind, "Idempotency-Key": str(uuid.uuid4())}
        return self._json(self._ask("POST", path, body, sent))

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
        """The body of a good answer, asked for again while the door is shut."""
        sent = {**headers, "Authorization": f"Bearer {self.token}"}
        until = time.monotonic() + self.patience
        while True:
            try:
                answer = self.wire.once(method, f"/api/v1/{path}", body, sent)
            except FAULTS as fault:
                answer = Answer(AWAY, 0.5, self._away(f"does not answer: {type(fault).__name__}"))
            if answer.status not in SHUT or time.monotonic() >= until:
                break
            time.sleep(answer.retry_after)
        if not 200 <= answer.status < 300:
            problem = self._json(answer.body)
            raise Refused({"status": answer.status, **(problem if isinstance(problem, dict) else {})})
        return answer.body

    def _json(self, body: bytes) -> Any:
        try:
            return json.loads(body)
        except ValueError:
            raise Refused({"status": AWAY, **json.loads(self._away("does not answer as a gateway does"))}) from None

    def _away(self, why: str) -> bytes:
        return json.dumps({"code": "gateway_away", "detail": f"the gateway at {self.wire.url} {why}"}).encode()
