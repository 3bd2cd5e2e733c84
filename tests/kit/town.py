"""A system as its clients see it: one command, one roster, and the positions of the logs, with any token."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from cli.office import Office, token
from demo import workbook
from demo.world import World
from deploy.local.system import System
from gateway.roster_door import XLSX
from kernel.auth import Issuer
from tests.kit import resting
from tests.kit.waiting import BOUND

PROGRAMME = "LN2018"
_NUMBERS = itertools.count(1)


@dataclass
class Town:
    """A running system in which the quotas of 2018 are set and one person is nominated."""

    system: System
    world: World
    person: dict[str, Any] = field(default_factory=dict)

    def send(self, method: str, path: str, **more: Any) -> requests.Response:
        headers = {"Idempotency-Key": f"bad-{next(_NUMBERS)}", **more.pop("headers", {})}
        return requests.request(method, self.system.gateway_url + path, headers=headers, timeout=BOUND, **more)

    def bearer(self, office: Office, ttl: int = 600) -> dict[str, str]:
        return {"Authorization": f"Bearer {token(Issuer(self.system.keys), office)}"}

    def command(
        self, name: str, data: Any, office: Office | None = None, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        body = {"occurred_on": "2018-04-18", "data": data}
        sent = {**self.bearer(office or self.world.province()), **(headers or {})}
        return self.send("POST", f"/api/v1/commands/{name}", json=body, headers=sent)

    def roster(self, body: bytes) -> requests.Response:
        params = {"programme": PROGRAMME, "occurred_on": "2018-04-18"}
        headers = {**self.bearer(self.world.province()), "Content-Type": XLSX}
        return self.send("POST", "/api/v1/rosters", params=params, data=body, headers=headers)

    def row(self, **changes: Any) -> dict[str, Any]:
        """A good row for the first unit, of a person nobody has seen."""
        place = next(p for p in self.world.places if p.kind == "village")
        row = workbook.row_of(self.world.people.next(), place.unit, "village", 500 + next(_NUMBERS))
        return {**row, **changes}

    def heads(self) -> dict[str, int]:
        """The position of every log, once nothing moves any more."""
        return resting.positions(self.world)
