"""The gateway's door as a client sees it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from kernel.auth import Issuer
from tests.kit.waiting import BOUND

ROOT = Path(__file__).parents[3]
CITIES = ("2102", "2107", "2113")
NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Door:
    """The gateway over HTTP. ``keys`` is where tokens are signed, ``health`` where it tells how it is."""

    url: str
    keys: Path
    health: str = ""

    def token(self, role: str = "province_org", areas: tuple[str, ...] = ("21",), ttl: int = 600, **more: str) -> str:
        """A token for a synthetic official."""
        claims = {"sub": "p-synthetic", "post": "处长", "organ": "组织部", "role": role, "areas": list(areas)}
        return Issuer(self.keys).issue({**claims, "units": [], **more}, ttl)

    def get(self, path: str, token: str | None = None, **params: Any) -> requests.Response:
        """GET with a token of the province, or the one given."""
        headers = {"Authorization": f"Bearer {token or self.token()}"}
        return requests.get(self.url + path, params=params, headers=headers, timeout=BOUND)

    def post(self, path: str, body: Any, headers: Mapping[str, str] | None = None, **params: Any) -> requests.Response:
        """POST JSON (or bytes) with a token and a command id; ``headers`` take precedence."""
        given = {"Authorization": f"Bearer {self.token()}", "Idempotency-Key": f"c-{next(NUMBERS)}"}
        sent = {"data": body, "headers": {**given, **(headers or {})}}
        if not isinstance(body, bytes):
            sent = {"json": body, "headers": {**given, **(headers or {})}}
        return requests.post(self.url + path, params=params, timeout=BOUND, **sent)

    def command(self, name: str, data: Any, headers: Mapping[str, str] | None = None) -> requests.Response:
        """Give a command."""
        return self.post(f"/api/v1/commands/{name}", {"occurred_on": "2018-04-16", "data": data}, headers)
