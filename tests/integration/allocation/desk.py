"""A desk in front of the real allocation service: gives commands as an organ, takes in events of other services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kernel.door import Door
from kernel.handler import Handler
from kernel.log.postgres import PostgresLog
from kernel.messages import Recorded
from kernel.service import Received
from services.allocation.wiring import SERVICE


def organ(role: str, *areas: str, units: Iterable[str] = ()) -> dict[str, Any]:
    """An actor in plain form."""
    own = tuple(units)
    name = f"{role}-{'-'.join(areas or own)}"
    return {"person": f"p-{name}", "post": "clerk", "organ": name, "role": role, "areas": areas, "units": own}


PROVINCE = organ("province_org", "21")
SYSTEM = organ("system", "21")


@dataclass
class Desk:
    """The service at ``url``. ``given`` numbers commands, ``taken`` the events of each foreign service."""

    url: str
    given: int = 0
    taken: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.log = PostgresLog(self.url, SERVICE.name, SERVICE.events, SERVICE.project)
        self.log.prepare(SERVICE.tables)
        self.handler = Handler(SERVICE, self.log, secret=b"synthetic", find=self.log.rows)
        self.door = Door(SERVICE, self.log, self.handler, self.log.rows)

    def give(self, who: Mapping[str, Any], on: str, command: str, **data: Any) -> dict[str, Any]:
        """The receipt of a command that must be accepted."""
        answer = self.ask(who, on, command, **data)
        assert "problem" not in answer, f"{command}: {answer['problem']}"
        receipt: dict[str, Any] = answer["receipt"]
        return receipt

    def refused(self, who: Mapping[str, Any], on: str, command: str, **data: Any) -> dict[str, Any]:
        """The problem of a command that must be refused; no event may come of it."""
        before = self.log.head()[0]
        answer = self.ask(who, on, command, **data)
        assert "problem" in answer, f"{command} was accepted: {answer}"
        assert self.log.head()[0] == before
        problem: dict[str, Any] = answer["problem"]
        return problem

    def ask(self, who: Mapping[str, Any], on: str, command: str, **data: Any) -> dict[str, Any]:
        """The answer to a command."""
        self.given += 1
        request = {"command": command, "id": f"c-{self.given}", "occurred_on": on, "data": data, "actor": who}
        return self.door.execute(request)

    def query(self, name: str, who: Mapping[str, Any] = PROVINCE, **params: Any) -> list[dict[str, Any]]:
        """All items of a query, page by page."""
        items: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            request = {"query": name, "params": params, "actor": who, "cursor": cursor, "limit": 300}
            page = self.door.query(request)
            assert "problem" not in page, f"{name}: {page['problem']}"
            items += page["items"]
            cursor = page["next"]
            if cursor is None:
                return items

    def hear(self, source: str, on: str, type_: str, *events: Mapping[str, Any]) -> None:
        """Take in events of another service in batches, as its reactor does."""
        first = self.taken.get(source, 0) + 1
        self.taken[source] = first + len(events) - 1
        day = date.fromisoformat(on)
        batch = [Received(source, _recorded(first + n, type_, day, data)) for n, data in enumerate(events)]
        for start in range(0, len(batch), 100):
            self.handler.react(batch[start : start + 100])

    def counts(self) -> dict[str, int]:
        """Events of the log by type."""
        rows = self.log.rows("select type, count(*) as n from log.events group by type order by type")
        return {row["type"]: row["n"] for row in rows}


def _recorded(position: int, type_: str, on: date, data: Mapping[str, Any]) -> Recorded:
    return Recorded(
        position, "s/1", position, type_, 1, on, position, {}, (), None, None, None, None, "k", "", "c", data=data
    )
