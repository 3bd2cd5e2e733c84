"""The gateway as the security administration uses it: commands and questions of personnel under the holder's token.

A token is never made here: two persons stand behind an erasure, and each brings the own one.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import click
import requests

from deploy.local.system import System

PATIENCE: Final = 60.0
"""Seconds a command is asked again, under the same id, while the system is away."""
TOKEN: Final = "PAIZHU_TOKEN"  # noqa: S105  # the name of a variable


@dataclass(frozen=True, slots=True)
class Gateway:
    """The API at ``url``, asked with ``token``."""

    url: str
    token: str

    def command(self, name: str, **data: Any) -> dict[str, Any]:
        """The receipt of a command dated today. Raises click.ClickException with the sentence of a refusal."""
        body = {"occurred_on": date.today().isoformat(), "data": data}  # noqa: DTZ011  # as the gateway takes it
        return self._ask("POST", f"commands/{name}", json=body, headers={"Idempotency-Key": str(uuid.uuid4())})

    def query(self, name: str, **params: str) -> list[dict[str, Any]]:
        """All items of a question to personnel, page by page; raises as ``command`` does."""
        items: list[dict[str, Any]] = []
        while True:
            page = self._ask("GET", f"personnel/{quote(name)}", params={**params, "limit": "1000"})
            items += page["items"]
            if page["next"] is None:
                return items
            params["cursor"] = page["next"]

    def _ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        while True:
            try:
                answer = requests.request(method, f"{self.url}/api/v1/{path}", headers=sent, timeout=60, **more)
                found: dict[str, Any] = answer.json()
                status = answer.status_code
            except (requests.RequestException, ValueError) as error:
                status, found = 503, {"detail": f"{self.url}: {type(error).__name__}"}
            if status == 200:
                return found
            if status != 503 or time.monotonic() > until:
                accepted = f"（{found['accepted']}）" if found.get("accepted") else ""
                raise click.ClickException(f"{found.get('code', 'gateway_away')}: {found.get('detail')}{accepted}")
            time.sleep(1.0)


def reached(data: Path, url: str | None, token: str | None) -> Gateway:
    """The gateway of a local system, or the one at ``url``. Raises UsageError without a token."""
    if not token:
        raise click.UsageError(f"{TOKEN} must hold the token of a security administrator (role security_admin)")
    if url is None:
        system = System(data.resolve())
        if not system.is_up():
            raise click.ClickException(f"no system runs in {data}: `paizhu up --data {data}`, or --gateway URL")
        url = system.gateway_url
    return Gateway(url.rstrip("/"), token)
